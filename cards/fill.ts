import { dayAndTime } from './moments';
import { plain } from './plain';

/** What stands in the `{places}` of a sentence. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

const PLACE = /\{(\w+)\}/g;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** Puts values that are safe already (our own words, text functions, `plain` text) into the places of a sentence. */
export function fill(sentence: string, values: Facts): string {
  return sentence.replace(PLACE, (place, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}

/**
 * Like {@link fill}, for values of which nobody knows where they come from: a moment is shown as day and time, anything
 * else goes through `plain`. A place without a value reads `…`.
 */
export function fillPlain(sentence: string, facts: Facts | undefined): string {
  return sentence.replace(PLACE, (_place, name: string) => {
    const value = facts && Object.hasOwn(facts, name) ? String(facts[name]) : undefined;
    if (value === undefined) return '…';
    return MOMENT.test(value) ? dayAndTime(value) : plain(value);
  });
}

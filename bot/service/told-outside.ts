import { type OuterSettings } from '../outer-settings';
import { type OuterChannel } from '../tickets/outer';

/** Whom the events of a new ticket are told, outside of Teams; empty: numbers are typed by hand. */
export function toldOutside({ webhook, system }: OuterSettings): OuterChannel[] {
  return [...(webhook ? (['webhook'] as const) : []), ...(system ? [system.kind] : [])];
}

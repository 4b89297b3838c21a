import { type TextBlock } from './card';
import { problem } from './elements';
import { type Facts, fill, fillPlain } from './fill';
import { type FieldProblem } from './inputs';
import { plain } from './plain';
import { type Said, type Words } from './words/en';

/** The entry of a table of words, or undefined where it has none of that code. */
export function entry<T>(table: Readonly<Record<string, T>>, code: string): T | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

/** Codes whose facts may name the code of what is behind them. */
const NAMES_ITS_CAUSE: readonly string[] = ['flow-stopped', 'job-over'];

/**
 * What the words say to a code, whatever table it stands in: refusals, faults, readiness. Undefined: no words for it.
 * `flow-stopped` and `job-over` say what stopped or ended it, where `facts.code` tells.
 */
export function saidOf(code: string, facts: Facts | undefined, words: Words): Said | undefined {
  const inner = NAMES_ITS_CAUSE.includes(code) && typeof facts?.['code'] === 'string' ? facts['code'] : undefined;
  const found = (inner !== undefined ? lookUp(inner, words) : undefined) ?? lookUp(code, words);
  return found && { say: fillPlain(found.say, facts), todo: fillPlain(found.todo, facts) };
}

function lookUp(code: string, words: Words): Said | undefined {
  return entry(words.refusals, code) ?? entry(words.faults, code) ?? entry<Said>(words.readiness.items, code);
}

/** Why something happened, in a sentence; a code without words stands in brackets in one. `facts`: of the code. */
export function whyOf(code: string, facts: Facts | undefined, words: Words): string {
  return saidOf(code, facts, words)?.say ?? fill(words.history.unknownWhy, { code: plain(code, 60) });
}

/** What is wrong with a field, and what to do, as a line below it. */
export function problemLine({ code, facts }: FieldProblem, words: Words): TextBlock {
  const said = saidOf(code, facts, words) ?? words.refusal;
  return problem('generic' in said ? said.generic : `${said.say} ${said.todo}`.trim());
}

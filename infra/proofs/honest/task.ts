import { type Outside } from '../rig/played/edges';

/** What is looked at: cards after an outage, cards at every quiet moment, or buttons of cards that are past. */
export type Task = { story: string; seed: number } & (
  { kind: 'outage'; of: Outside; seconds: number } | { kind: 'quiet' } | { kind: 'stale'; afterSteps?: number }
);

export interface Told {
  violations: string[];
  /** Moments at which all cards were held against the truth. */
  moments: number;
  /** How long after the outage the last card was true: milliseconds. */
  trueAfterMs?: number;
  /** Presses on cards that are past, by `verb status`. */
  presses: Record<string, number>;
  stray: string[];
  logged: string[];
}

import { type Fate, type OutsideCall } from '../edges';

/** What can befall a call: it works and its reply gets lost, or the process dies over it. */
export const FATES = {
  'its reply lost by time-out': { when: 'after', as: 'time-out' },
  'its reply lost by 503': { when: 'after', as: { status: 503, code: 'serviceNotAvailable' } },
  'its reply lost by reset': { when: 'after', as: 'reset' },
  'death before it': { dies: 'before' },
  'death after it': { dies: 'after' },
} as const satisfies Readonly<Record<string, Fate>>;
export type FateName = keyof typeof FATES;

/** One story in which something befalls one call; where nothing does, its calls are counted. */
export interface Task {
  story: string;
  german: boolean;
  /** Entra's lists lag, and what was changed spreads late. */
  delays: boolean;
  befalls?: { number: number; fate: FateName };
}

export interface Told {
  /** The calls of the story. Empty where something befell one: nobody needs them then. */
  calls: OutsideCall[];
  /** What the call was that something befell; undefined: the story did not get there. */
  befallen?: string;
  violations: string[];
  stray: string[];
  standsStill?: string;
  playedMs: number;
  tookMs: number;
  /** The last lines of the product's log, where something was violated. */
  logged: string[];
}

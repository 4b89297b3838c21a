import { type OutsideCall } from '../rig/played/edges';

/** How a reply gets lost. */
export const KINDS = ['time-out', '503', 'reset'] as const;
export type Kind = (typeof KINDS)[number];

/** One story with the reply to one call lost; without a loss its calls are counted. */
export interface Task {
  story: string;
  german: boolean;
  loss?: { number: number; as: Kind };
}

export interface Told {
  /** The calls of the story. Empty where one got lost: nobody needs them then. */
  calls: OutsideCall[];
  /** What the call was whose reply got lost; undefined: the story did not get there. */
  lost?: string;
  violations: string[];
  stray: string[];
  standsStill?: string;
  playedMs: number;
  tookMs: number;
  /** The last lines of the product's log, where something was violated. */
  logged: string[];
}

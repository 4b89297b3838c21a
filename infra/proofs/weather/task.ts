/** One story in one storm. */
export interface Task {
  story: string;
  seed: number;
  /** Of a hundred calls to each, so many fail. */
  graph: number;
  teams: number;
  stormMinutes: number;
}

export interface Told {
  violations: string[];
  stray: number;
  standsStill?: string;
  /** Calls, those that failed, and those of them that asked for a pause. */
  calls: number;
  failed: number;
  asked: number;
  mostAttempts: number;
  kinds: Record<string, number>;
  playedMs: number;
  logged: string[];
}

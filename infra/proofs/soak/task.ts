/** A part of the soak: so many tickets over so many days, in one storage. */
export interface Task {
  seed: number;
  days: number;
  tickets: number;
  /** One of so many outside calls kills the process. */
  deathPerCalls: number;
}

export interface Day {
  tickets: number;
  /** Rows in all tables when the day is over. */
  rows: number;
  heapMb: number;
}

export interface Told {
  violations: string[];
  days: Day[];
  deaths: number;
  calls: number;
  ends: Record<string, number>;
  flows: Record<string, number>;
  stray: number;
}

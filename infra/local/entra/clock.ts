/** The stand-in's own time: the machine's, plus an offset that a test may push forward. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** How far the stand-in is ahead of the machine, in milliseconds. */
  offset(): number;
  setOffset(ms: number): void;
}

export const createClock = (base: () => number): Clock => {
  let offset = 0;
  return {
    now: () => base() + offset,
    offset: () => offset,
    setOffset: (ms) => {
      offset = ms;
    },
  };
};

/** Graph's way to write a time: ISO 8601 in UTC. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();

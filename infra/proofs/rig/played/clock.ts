/** Time that passes only when nothing else is left to do: a day of waiting costs nothing. */
export interface PlayedClock {
  now(): Date;
  /** Waits so long, in played time. */
  sleep(ms: number): Promise<void>;
  /** Runs something again and again, until the clock is closed or the returned function is called. */
  every(ms: number, run: () => void): () => void;
  /** Does a work to its end, letting time pass where everybody waits. @throws Error where nothing will ever happen. */
  drive<T>(work: () => Promise<T>): Promise<T>;
  /** Gives the machine its own timers back. */
  close(): void;
}

interface Due {
  at: number;
  every?: number;
  run: () => void;
}

/** Turns of the event loop in which nothing happens before time may pass. */
const QUIET_TURNS = 3;
/** Played time in which one work must come to its end. */
const MOST_MS = 40 * 24 * 3_600_000;
const SUBTLE = [
  ...(['sign', 'verify', 'encrypt', 'decrypt', 'digest', 'importKey', 'exportKey', 'generateKey'] as const),
  ...(['deriveBits', 'deriveKey', 'wrapKey', 'unwrapKey'] as const),
];

type AnyFunction = (...args: never[]) => unknown;

/** Counts what the crypto library does beside the event loop: while it works, nobody waits for time. */
function countCrypto(): { busy(): boolean; restore(): void } {
  const prototype = Object.getPrototypeOf(globalThis.crypto.subtle) as Record<string, AnyFunction>;
  const originals = SUBTLE.map((name) => [name, prototype[name]] as const);
  let pending = 0;
  for (const [name, original] of originals) {
    if (!original) continue;
    prototype[name] = async function (this: unknown, ...args: never[]) {
      pending += 1;
      try {
        return await original.apply(this, args);
      } finally {
        pending -= 1;
      }
    };
  }
  return {
    busy: () => pending > 0,
    restore: () => {
      for (const [name, original] of originals) if (original) prototype[name] = original;
    },
  };
}

/**
 * Puts played timers, and a played Date.now, in the place of the machine's, for this whole process, until it is closed. What is driven by it
 * must be in this process: calls over sockets take their own time.
 */
export function openPlayedClock(start: number): PlayedClock {
  const machine = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  const machineNow = Date.now;
  const crypto = countCrypto();
  let time = start;
  let lastId = 0;
  const due = new Map<number, Due>();

  function add(run: () => void, ms: number, every?: number): number {
    lastId += 1;
    due.set(lastId, { at: time + Math.max(0, ms), run, ...(every !== undefined && { every }) });
    return lastId;
  }

  const playedSetTimeout = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const id = add(() => run(...args), ms);
    const handle = { id, ref: () => handle, unref: () => handle, hasRef: () => false, [Symbol.toPrimitive]: () => id };
    return handle;
  };
  const playedClear = (handle?: { id?: unknown } | number) => {
    const id = typeof handle === 'object' ? handle.id : handle;
    if (typeof id === 'number') due.delete(id);
  };
  globalThis.setTimeout = playedSetTimeout as unknown as typeof setTimeout;
  globalThis.clearTimeout = playedClear as unknown as typeof clearTimeout;
  Date.now = () => time;

  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  /** Lets what is under way come to rest. */
  async function quiet(over: () => boolean): Promise<void> {
    for (let turns = 0; turns < QUIET_TURNS && !over(); turns = crypto.busy() ? 0 : turns + 1) await turn();
  }

  function pass(): boolean {
    let first: [number, Due] | undefined;
    for (const entry of due) if (!first || entry[1].at < first[1].at) first = entry;
    if (!first) return false;
    const [id, entry] = first;
    time = Math.max(time, entry.at);
    if (entry.every === undefined) due.delete(id);
    else entry.at = time + entry.every;
    entry.run();
    return true;
  }

  return {
    now: () => new Date(time),
    sleep: (ms) => new Promise((resolve) => void add(resolve, ms)),
    every(ms, run) {
      const id = add(run, ms, ms);
      return () => void due.delete(id);
    },
    async drive(work) {
      const until = time + MOST_MS;
      const state = { over: false };
      const done = work().finally(() => {
        state.over = true;
      });
      // Told to whoever waits for it below.
      done.catch(() => undefined);
      for (;;) {
        await quiet(() => state.over);
        if (state.over) return done;
        if (!pass()) throw new Error('everybody waits, and nothing will ever happen');
        if (time > until) throw new Error('it does not come to its end');
      }
    },
    close() {
      Object.assign(globalThis, machine);
      Date.now = machineNow;
      crypto.restore();
      due.clear();
    },
  };
}

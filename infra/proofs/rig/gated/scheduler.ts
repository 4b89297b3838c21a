import { type Dice } from '../../seed';

/** Who of those that wait goes on next is the dice's choice: the same seed is the same interleaving. */
export interface Scheduler {
  /** Waits for its turn, then does the work. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Work that nobody chooses the order of: signing takes a moment of its own. */
  busy<T>(work: () => Promise<T>): Promise<T>;
  /** A timer of the product, by the clock of the play. @returns takes it back */
  timer(ms: number, then: () => void): () => void;
  /** Lets everybody go on, one at a time, until all are done or wait for the clock. */
  drain(): Promise<void>;
  now(): number;
  /** Moves the clock; what is due then waits for its turn. */
  advance(ms: number): void;
}

/** A wait as short as this is a pause between two tries: it ends whenever its turn comes, and takes its time with it. */
const PAUSE_MS = 1_000;
/** One in so many turns, somebody who waits is left behind: a late one meets what came of all the others. */
const LEFT_BEHIND_ONE_IN = 10;
const LEFT_BEHIND_TURNS = 150;
/** By then a play runs in a circle. */
const MOST_TURNS = 60_000;

const macrotask = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createScheduler(dice: Dice, start: number): Scheduler {
  let clock = start;
  let working = 0;
  const waiting: (() => void)[] = [];
  let behind: { go: () => void; turns: number } | undefined;
  const timers = new Set<{ due: number; short: boolean; then: () => void }>();

  function ready(): void {
    for (const timer of timers) {
      if (timer.due > clock && !timer.short) continue;
      timers.delete(timer);
      waiting.push(() => {
        clock = Math.max(clock, timer.due);
        timer.then();
      });
    }
  }

  const oneOf = (): (() => void) | undefined => waiting.splice(dice.below(waiting.length), 1)[0];

  /** Lets the late one go when its time is up, or nobody else is there to go on; and now and then leaves one behind. */
  function leaveBehind(): void {
    if (behind && (behind.turns === 0 || waiting.length === 0)) {
      waiting.push(behind.go);
      behind = undefined;
    }
    if (behind) behind.turns -= 1;
    else if (waiting.length > 1 && dice.below(LEFT_BEHIND_ONE_IN) === 0) {
      const go = oneOf();
      if (go) behind = { go, turns: dice.below(LEFT_BEHIND_TURNS) };
    }
  }

  return {
    now: () => clock,
    advance: (ms) => {
      clock += ms;
    },
    turn: async (work) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return work();
    },
    busy: async (work) => {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
      }
    },
    timer(ms, then) {
      const timer = { due: clock + ms, short: ms < PAUSE_MS, then };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async drain() {
      for (let turns = 0; turns < MOST_TURNS; turns += 1) {
        do await macrotask();
        while (working > 0);
        ready();
        leaveBehind();
        if (waiting.length === 0) return;
        oneOf()?.();
      }
      throw new Error(`nothing comes to rest within ${MOST_TURNS} turns`);
    },
  };
}

/** The three worlds outside of the product. */
export type Outside = 'graph' | 'teams' | 'tables';

/** One call that leaves the product. */
export interface OutsideCall {
  /** From 1, over all worlds. */
  number: number;
  to: Outside;
  /** What it does, without anybody's id: `POST /users/{id}/authentication/temporaryAccessPassMethods`. */
  label: string;
  writes: boolean;
  /** What a Retry-After is about: the path that was asked for, or the conversation. */
  resource: string;
  /** The same for every attempt of one call, where the product says so (Graph's client-request-id). */
  flight?: string;
  /** When it left, and when its answer came: milliseconds since 1970. */
  at: number;
  endedAt?: number;
  /** What befell it. */
  fate?: Fate;
}

/** How a call fails: the line breaks, nothing ever comes back, or an answer that says so. */
export type Failure = 'reset' | 'time-out' | { status: number; code?: string; retryAfter?: string };

/** What befalls a call. After its effect the world has changed, and the caller cannot know. */
export type Fate = { when: 'before' | 'after'; as: Failure } | { dies: 'before' | 'after' };

export type Weather = (call: OutsideCall) => Fate | undefined;

/** The process is gone: whatever it still wants to do, nobody hears it. */
export class Died extends Error {
  constructor() {
    super('this process is dead');
  }
}

/** A process of the product, as far as the world sees it. */
export interface Life {
  dead: boolean;
}

/** Where all calls of the product pass, and meet what the weather holds for them. */
export interface Edges {
  weather: Weather;
  /** Every call so far, in order; `forget` empties it. */
  calls(): readonly OutsideCall[];
  forget(): void;
  /**
   * @param work does what the call is for
   * @param fail says a failure in the language of that world; it may also answer
   */
  pass<T>(
    life: Life,
    call: Omit<OutsideCall, 'number' | 'at' | 'endedAt' | 'fate'>,
    work: () => Promise<T>,
    fail: (as: Failure) => Promise<T>,
  ): Promise<T>;
}

/** @param now milliseconds since 1970 */
export function createEdges(now: () => number, options: { remember?: boolean } = {}): Edges {
  const { remember = true } = options;
  let calls: OutsideCall[] = [];
  let number = 0;
  const edges: Edges = {
    weather: () => undefined,
    calls: () => calls,
    forget: () => {
      calls = [];
      number = 0;
    },
    async pass(life, what, work, fail) {
      if (life.dead) throw new Died();
      number += 1;
      const call: OutsideCall = { ...what, number, at: now() };
      if (remember) calls.push(call);
      const fate = edges.weather(call);
      if (fate) call.fate = fate;
      if (!fate) return alive(life, await work());
      if ('dies' in fate) {
        // As a power cut: what was sent was sent.
        if (fate.dies === 'after') await answered(work);
        life.dead = true;
        throw new Died();
      }
      if (fate.when === 'after') await answered(work);
      try {
        return alive(life, await fail(fate.as));
      } finally {
        call.endedAt = now();
      }
    },
  };
  return edges;
}

/** What the world answers, a refusal as well, before its answer is lost. */
async function answered(work: () => Promise<unknown>): Promise<void> {
  await work().catch(() => undefined);
}

function alive<T>(life: Life, value: T): T {
  if (life.dead) throw new Died();
  return value;
}

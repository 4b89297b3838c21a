import { type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import { flightOf, type Flight, type Repeat, type Trouble } from './call';
import { retryAfterMs } from './retry-after';

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
/** All attempts and waits of one repeatable call together. Milliseconds. */
const BUDGET_MS = 30_000;
const TRANSIENT = new Set([408, 500, 502, 503, 504]);

/** What came of one attempt. */
export interface Attempt {
  repeat: Repeat;
  /** 1 for the first. */
  attempt: number;
  status?: number | undefined;
  trouble?: Trouble | undefined;
  retryAfterMs?: number | undefined;
  elapsedMs: number;
  timeoutMs: number;
  /** 0 to 1, for the jitter. */
  random: number;
}

/**
 * How long to wait before the call is made again; undefined: not again.
 *
 * 429 says that nothing was done, so every call may wait for it. Other failures leave open whether something was done:
 * only calls that may be repeated are. A wait that does not fit the budget is left to the caller, who has an outbox.
 */
export function waitBefore(a: Attempt): number | undefined {
  if (a.attempt >= ATTEMPTS || !worthAgain(a)) return undefined;
  const backOff = FIRST_WAIT_MS * 2 ** (a.attempt - 1);
  const wait = a.retryAfterMs === undefined ? backOff * (0.5 + a.random / 2) : a.retryAfterMs + a.random * 250;
  const budget = a.repeat === 'once' ? a.timeoutMs : Math.max(BUDGET_MS, a.timeoutMs);
  return a.elapsedMs + wait < budget ? Math.round(wait) : undefined;
}

function worthAgain({ repeat, status, trouble }: Attempt): boolean {
  if (status === 429) return true;
  if (trouble?.kind === 'wrong-origin' || trouble?.kind === 'too-long') return false;
  if (repeat === 'once') return false;
  return trouble !== undefined || (status !== undefined && TRANSIENT.has(status));
}

/** Where time comes from, so that tests need not wait. */
export interface Timing {
  /** Milliseconds since 1970. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
}

/** The retry handler of the chain: {@link waitBefore} put to work. Each attempt asks for a token anew. */
export function retrying(timing: Timing): Middleware {
  let next: Middleware | undefined;
  return {
    setNext: (middleware) => {
      next = middleware;
    },
    execute: async (context) => {
      const flight = flightOf(context);
      const started = timing.now();
      for (;;) {
        // Token and reply share one limit; a call that is made once has it for all its attempts together.
        const from = flight.call.repeat === 'once' ? started : timing.now();
        flight.left = () => Math.max(from + flight.timeoutMs - timing.now(), 1);
        flight.attempts += 1;
        flight.trouble = undefined;
        delete context.response;
        await next?.execute(context);
        const wait = waitBefore(attemptOf(context, flight, timing, started));
        if (wait === undefined) return;
        await timing.sleep(wait);
      }
    },
  };
}

function attemptOf(context: Context, flight: Flight, timing: Timing, started: number): Attempt {
  const now = timing.now();
  return {
    repeat: flight.call.repeat,
    attempt: flight.attempts,
    status: context.response?.status,
    trouble: flight.trouble,
    retryAfterMs: retryAfterMs(context.response?.headers.get('retry-after') ?? null, now),
    elapsedMs: now - started,
    timeoutMs: flight.timeoutMs,
    random: timing.random(),
  };
}

import { type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import { flightOf, type Flight, type Repeat, type Trouble } from './call';
import { createPauses, type Pauses, resourceOf } from './pauses';
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
  return a.elapsedMs + wait < budgetOf(a.repeat, a.timeoutMs) ? Math.round(wait) : undefined;
}

/** Milliseconds that a call may take with all its attempts and waits. */
function budgetOf(repeat: Repeat, timeoutMs: number): number {
  return repeat === 'once' ? timeoutMs : Math.max(BUDGET_MS, timeoutMs);
}

/** What Graph would say: it has said so to somebody else a moment ago. */
function asBefore(pauseMs: number): Response {
  return new Response(null, { status: 429, headers: { 'retry-after': String(Math.ceil(pauseMs / 1000)) } });
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

/**
 * The retry handler of the chain: {@link waitBefore} put to work. Each attempt asks for a token anew. A pause that another
 * call was asked for is kept too, where it fits the budget; else the call is answered as that other one was.
 */
export function retrying(timing: Timing, pauses: Pauses = createPauses()): Middleware {
  let next: Middleware | undefined;
  return {
    setNext: (middleware) => {
      next = middleware;
    },
    execute: async (context) => {
      const flight = flightOf(context);
      const started = timing.now();
      const resource = resourceOf(flight.call.method, flight.url);
      for (;;) {
        const pause = pauses.left(resource, timing.now());
        if (pause > 0 && timing.now() - started + pause >= budgetOf(flight.call.repeat, flight.timeoutMs)) {
          if (flight.attempts === 0) context.response = asBefore(pause);
          return;
        }
        if (pause > 0) {
          await timing.sleep(pause);
          continue;
        }
        // Token and reply share one limit; a call that is made once has it for all its attempts together.
        const from = flight.call.repeat === 'once' ? started : timing.now();
        flight.left = () => Math.max(from + flight.timeoutMs - timing.now(), 1);
        flight.attempts += 1;
        flight.trouble = undefined;
        delete context.response;
        await next?.execute(context);
        const attempt = attemptOf(context, flight, timing, started);
        if (attempt.retryAfterMs !== undefined) pauses.ask(resource, timing.now() + attempt.retryAfterMs);
        const wait = waitBefore(attempt);
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

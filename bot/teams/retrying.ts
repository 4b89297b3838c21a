import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import { patienceOf, retryAfterMs } from './patience';
import { unreachable } from './unreachable';

/** As botframework's client has them: an object with a state of its own, taken as it is. */
const Headers = z.custom<{ get(name: string): unknown }>(
  (value: unknown) => typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function',
);

/** What botframework's client throws for an HTTP status, and what Node throws for a broken connection. */
const Failure = z.object({
  statusCode: z.number().optional(),
  response: z.object({ headers: Headers }).optional().catch(undefined),
});

/** Besides all from 500 on: a time-out, an edit that somebody else was faster with, too many requests. */
const AGAIN = [408, 412, 429];
const TRIES = 4;

/** Whether Teams' own advice is to try a call again that was answered so. */
export function isWorthAgain(status: number): boolean {
  return status >= 500 || AGAIN.includes(status);
}

export interface Failed {
  status: number | undefined;
  retry: boolean;
  /** Milliseconds that Teams asks to wait before it is called again. */
  retryAfterMs?: number;
}

export function failureOf(error: unknown): Failed {
  if (error instanceof Fault) {
    const { facts, retry, retryAfterMs: wait } = error;
    const status = typeof facts['status'] === 'number' && facts['status'] > 0 ? facts['status'] : undefined;
    return { status, retry, ...(wait !== undefined && { retryAfterMs: wait }) };
  }
  const parsed = Failure.safeParse(error);
  const status = parsed.data?.statusCode;
  const wait = retryAfterMs(parsed.data?.response?.headers.get('retry-after'), Date.now());
  return {
    status,
    retry: status === undefined || isWorthAgain(status),
    ...(wait !== undefined && { retryAfterMs: wait }),
  };
}

/** A pause that is longer is left to the outbox. Milliseconds. */
const WAITS_AT_MOST_MS = 5_000;

/**
 * Does a call to the Bot Connector, again with growing pauses where that can help; never while a pause lasts that Teams
 * has asked for in this conversation.
 * @param sleep waits so many milliseconds
 * @throws Fault `teams-unreachable` with the time that is left of a longer pause; else what the call threw
 */
export async function patiently<T>(
  adapter: object,
  conversation: string,
  call: () => Promise<T>,
  sleep: (ms: number) => Promise<void>,
): Promise<T> {
  const patience = patienceOf(adapter);
  for (let attempt = 1; ; attempt += 1) {
    try {
      patience.check(conversation);
      return await call();
    } catch (error) {
      const { retry, retryAfterMs: asked = 0 } = failureOf(error);
      if (asked > 0) patience.ask(conversation, asked);
      if (!retry || attempt === TRIES || asked > WAITS_AT_MOST_MS) throw error;
      await sleep(Math.max(asked, 250 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
}

/** What went wrong with a call to the Bot Connector, for those who asked for it. */
export function teamsFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const { status, retry, retryAfterMs: wait } = failureOf(error);
  return unreachable({ status: status ?? 0, retry, retryAfterMs: wait, cause: error });
}

import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import { retryAfterMs } from './patience';

/** As botframework's client has them: an object with a state of its own, taken as it is. */
const Headers = z.custom<{ get(name: string): unknown }>(
  (value: unknown) => typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function',
);

/** What botframework's client throws for an HTTP status, and what Node throws for a broken connection. */
const Failure = z.object({
  statusCode: z.number().optional(),
  code: z.string().optional().catch(undefined),
  response: z.object({ headers: Headers }).optional().catch(undefined),
});

/** Teams' own advice: try these again, with patience (rate limits; a gateway that hiccuped). */
const AGAIN = [412, 429, 502, 503, 504];
const TRIES = 4;

export interface Failed {
  status: number | undefined;
  retry: boolean;
  /** Milliseconds that Teams asks to wait before it is called again. */
  retryAfterMs?: number;
}

function waitAskedBy(error: unknown, headers: z.infer<typeof Headers> | undefined): number | undefined {
  return error instanceof Fault ? error.retryAfterMs : retryAfterMs(headers?.get('retry-after'), Date.now());
}

export function failureOf(error: unknown): Failed {
  const parsed = Failure.safeParse(error);
  const status = parsed.success ? parsed.data.statusCode : undefined;
  const wait = waitAskedBy(error, parsed.data?.response?.headers);
  const retry = status === undefined || AGAIN.includes(status) || status >= 500;
  return { status, retry, ...(wait !== undefined && { retryAfterMs: wait }) };
}

/** A pause that is longer is left to the outbox. Milliseconds. */
const WAITS_AT_MOST_MS = 5_000;

/** Does a call to the Bot Connector, again with growing pauses where Teams asks for patience, never before it is over. */
export async function withRetries<T>(call: () => Promise<T>, sleep: (ms: number) => Promise<void>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const { retry, retryAfterMs: asked = 0 } = failureOf(error);
      if (!retry || attempt === TRIES || asked > WAITS_AT_MOST_MS) throw error;
      await sleep(Math.max(asked, 250 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
}

export function teamsFault(error: unknown): Fault {
  const { status, retry, retryAfterMs: wait } = failureOf(error);
  return new Fault({
    code: 'teams-unreachable',
    say: 'Keyvouch could not reach Teams.',
    todo: 'It tries again by itself.',
    retry,
    ...(wait !== undefined && { retryAfterMs: wait }),
    facts: { status: status ?? 0 },
    cause: error,
  });
}

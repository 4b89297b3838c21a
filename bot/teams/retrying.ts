import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';

/** What botframework's client throws for an HTTP status, and what Node throws for a broken connection. */
const Failure = z.object({
  statusCode: z.number().optional(),
  code: z.string().optional().catch(undefined),
  response: z
    .object({ headers: z.object({ get: z.function() }).passthrough() })
    .passthrough()
    .optional()
    .catch(undefined),
});

/** Teams' own advice: try these again, with patience (rate limits; a gateway that hiccuped). */
const AGAIN = [412, 429, 502, 503, 504];
const TRIES = 4;

export interface Failed {
  status: number | undefined;
  retry: boolean;
}

export function failureOf(error: unknown): Failed {
  const parsed = Failure.safeParse(error);
  const status = parsed.success ? parsed.data.statusCode : undefined;
  return { status, retry: status === undefined || AGAIN.includes(status) || status >= 500 };
}

/** Does a call to the Bot Connector, again with growing pauses where Teams asks for patience. */
export async function withRetries<T>(call: () => Promise<T>, sleep: (ms: number) => Promise<void>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const { retry } = failureOf(error);
      if (!retry || attempt === TRIES) throw error;
      await sleep(250 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}

export function teamsFault(error: unknown): Fault {
  const { status, retry } = failureOf(error);
  return new Fault({
    code: 'teams-unreachable',
    say: 'Keyvouch could not reach Teams.',
    todo: 'It tries again by itself.',
    retry,
    facts: { status: status ?? 0 },
    cause: error,
  });
}

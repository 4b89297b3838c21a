import { type TeamsAdapter } from '@microsoft/teams-ai';
import { type Log } from '../service';
import { type Turn } from './adapter';

/** A request as functions/ hands it in: the body parsed, the header names in lower case. */
export interface BotRequest {
  method: string;
  headers: Readonly<Record<string, string>>;
  body: Record<string, unknown>;
}

export interface BotResponse {
  status: number;
  body?: unknown;
}

const REFUSED: BotResponse = { status: 401, body: { error: { code: 'unauthorized' } } };
const UNAVAILABLE: BotResponse = { status: 503, body: { error: { code: 'unavailable' } } };

/** What botbuilder says when it could not fetch the channel's keys; anything else before the turn is a bad token. */
const NO_KEYS = /fetch|ENOTFOUND|ECONN|ETIMEDOUT|socket|metadata|openid/i;

/**
 * Hands one HTTP request to the adapter and catches its answer. botbuilder answers a forged signature with 500 and
 * repeats inner errors in the body; here a token that does not hold is 401, and no inner word gets out.
 */
export async function processRequest(
  adapter: TeamsAdapter,
  request: BotRequest,
  turn: Turn,
  log: Log,
): Promise<BotResponse> {
  const answer: { status: number; body?: unknown } = { status: 200 };
  const seen = { entered: false };
  const response = {
    socket: undefined,
    header: () => undefined,
    status: (code: number) => {
      answer.status = code;
    },
    send: (body: unknown) => {
      answer.body = body;
    },
    end: () => undefined,
  };
  try {
    await adapter.process(request, response, async (context) => {
      seen.entered = true;
      await turn(context);
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    log('bot-request-failed', { entered: seen.entered, unreachable: NO_KEYS.test(message) });
    if (seen.entered) return { status: 500, body: { error: { code: 'unexpected' } } };
    return NO_KEYS.test(message) ? UNAVAILABLE : REFUSED;
  }
  if (seen.entered) return answer;
  // The adapter answered by itself: a bad token (401), or one that it could not check (500).
  const unreachable = answer.status >= 500 && typeof answer.body === 'string' && NO_KEYS.test(answer.body);
  if (unreachable) return UNAVAILABLE;
  return answer.status === 400 ? { status: 400, body: { error: { code: 'bad-request' } } } : REFUSED;
}

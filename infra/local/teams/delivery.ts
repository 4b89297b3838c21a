import { type ActivityJson } from './activities';
import { type Delivery } from './answer';
import { type TokenWishes, type Tokens } from './tokens';
import { type Traffic } from './traffic';

export interface SendOptions {
  /** What the token should say instead of the truth; or the whole `authorization` header; null: none. */
  token?: TokenWishes | string | null;
  /** The body as text, instead of the activity. */
  rawBody?: string;
  /** Default: that of all activities. */
  deadlineMs?: number;
}

/** Sends an activity to the bot's messaging endpoint. Never throws: no answer is an answer too. */
export type Deliver = (activity: ActivityJson, options?: SendOptions) => Promise<Delivery>;

export interface DeliverySettings {
  botUrl: () => string;
  serviceUrl: string;
  tokens: Tokens;
  traffic: Traffic;
  /** Milliseconds; Teams gives a bot 15 seconds. */
  deadlineMs: number;
}

export function createDelivery({ botUrl, serviceUrl, tokens, traffic, deadlineMs }: DeliverySettings): Deliver {
  const authorization = async (token: SendOptions['token']): Promise<Record<string, string>> => {
    if (token === null) return {};
    if (typeof token === 'string') return { authorization: token };
    return { authorization: `Bearer ${await tokens.channelToken(serviceUrl, token)}` };
  };

  return async (activity, { token, rawBody, deadlineMs: ownMs } = {}) => {
    const url = botUrl();
    const record = (status: number, reply: unknown) =>
      traffic.add({ way: 'to-bot', method: 'POST', path: url, request: rawBody ?? activity, status, reply });
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', ...(await authorization(token)) },
        body: rawBody ?? JSON.stringify(activity),
        signal: AbortSignal.timeout(ownMs ?? deadlineMs),
      });
      const body = readBody(await response.text());
      record(response.status, body);
      return { status: response.status, body };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      record(0, reason);
      return { status: undefined, body: reason };
    }
  };
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

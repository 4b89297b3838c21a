import { OutwardEvent } from '../../../bot/outer/event-schema';
import { isFromKeyvouch } from '../../../bot/outer/verify-signature';
import { type Answer, type Asked, serve, type Served } from './serve';

export interface ReceiverOptions {
  /** The secret that this receiver has; several while it changes. */
  secrets: readonly string[];
  /** What it answers to an event that it has taken. Default: nothing. */
  answer?: (event: OutwardEvent) => unknown;
  /** Its clock, for the age of a signature. */
  now?: () => number;
  port?: number;
}

export interface Receiver extends Served {
  /** Every delivery whose signature held, in the order in which they came, also what came twice. */
  delivered: OutwardEvent[];
  /** The same without what came twice: what a receiver acts upon. */
  events(): OutwardEvent[];
}

/** A plain receiver of webhooks, as one would write it: it verifies, it knows again what it has had, it answers. */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { secrets, answer = () => undefined, now = Date.now, port } = options;
  const delivered: OutwardEvent[] = [];

  function take({ method, headers, body }: Asked): Answer {
    if (method === 'GET') return { status: 200, body: delivered.toReversed() };
    if (method !== 'POST') return { status: 405 };
    const signature = headers['keyvouch-signature'] ?? '';
    if (!secrets.some((secret) => isFromKeyvouch(signature, body, secret, now()))) return { status: 401 };
    const event = OutwardEvent.safeParse(JSON.parse(body));
    if (!event.success) return { status: 400, body: { error: event.error.message } };
    delivered.push(event.data);
    return { status: 200, body: answer(event.data) };
  }

  const served = await serve(take, port);
  return {
    ...served,
    delivered,
    events: () => [...new Map(delivered.map((event) => [event.id, event])).values()],
  };
}

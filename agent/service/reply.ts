import { type z } from 'zod';
import { printable } from '../operations/printable';
import { Fault } from '../protocol/fault';
import { ErrorReply } from '../protocol/messages';
import { clockWords } from './clock-words';
import { type HttpReply } from './connection';

const MOST_RETRY_SECONDS = 600;

/**
 * Reads a reply of the service by its schema. What the service refuses becomes a Fault with the service's code.
 * @throws Fault of the service, or `service-reply-odd`
 */
export function readReply<T extends z.ZodTypeAny>(schema: T, reply: HttpReply): z.output<T> {
  const json = parsed(reply.body);
  if (reply.status >= 200 && reply.status < 300) {
    const value = schema.safeParse(json);
    if (value.success) return value.data as z.output<T>;
    throw odd(reply.status, value.error);
  }
  const busy = reply.status === 429 || reply.status >= 500;
  const refused = ErrorReply.safeParse(json);
  // A proxy or a gateway answers in its own words, which are nobody's to read.
  if (!refused.success) throw odd(reply.status, undefined, busy);
  const { code, say, todo } = refused.data.error;
  const seconds = Number(reply.headers['retry-after']);
  throw new Fault({
    code: /^[a-z0-9-]{1,48}$/.test(code) ? code : 'service-refused',
    say: code === 'clock-off' ? clockWords(reply.headers['date'], new Date()) : printable(say),
    todo: printable(todo),
    retry: busy,
    facts: { status: reply.status },
    ...(seconds > 0 && { retryAfterMs: Math.min(seconds, MOST_RETRY_SECONDS) * 1000 }),
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function odd(status: number, cause: unknown, retry = false): Fault {
  return new Fault({
    code: 'service-reply-odd',
    say: `What answered is not the Keyvouch service, or one of another version (HTTP ${status}).`,
    todo: retry ? 'Try again in a minute.' : 'Check the address of the service and the proxy; update the agent.',
    retry,
    facts: { status },
    cause,
  });
}

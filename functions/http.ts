import { type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { type z } from 'zod';
import { Fault } from '../agent/protocol/fault';
import { BODY_AT_MOST, type ErrorReply } from '../agent/protocol/messages';

const STATUS: Readonly<Record<string, number>> = {
  'body-too-large': 413,
  'body-odd': 400,
  'proof-missing': 401,
  'proof-bad': 401,
  'proof-replayed': 401,
  'clock-off': 401,
  'workstation-not-paired': 401,
  'pairing-code-wrong': 403,
  'job-unknown': 404,
  'storage-unreachable': 503,
  'keys-unreachable': 503,
};

function statusOf(fault: Fault): number {
  return STATUS[fault.code] ?? (fault.retry ? 503 : 409);
}

/** Who calls hears nothing of how this is set up; the log does. */
const FOR_THE_LOG_ALONE = 'settings-wrong';

/** Tells the log what a client is not told: a record that was changed, a key that is out of reach, a wrong setting. */
export function note(error: unknown): void {
  const { code, say } = error instanceof Fault ? error : { code: 'unexpected', say: undefined };
  const why = code === FOR_THE_LOG_ALONE ? { why: say } : code === 'unexpected' ? { error: String(error) } : {};
  const event = { at: new Date().toISOString(), event: 'request-refused', code, ...why };
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** What a client may see of an error: our own words in one line, never a stack or an inner word. */
export function refusal(error: unknown): HttpResponseInit {
  note(error);
  const known = error instanceof Fault && error.code !== FOR_THE_LOG_ALONE;
  const { code, say, todo } = known
    ? error
    : { code: 'unexpected', say: 'Something went wrong in Keyvouch.', todo: 'Please try again.' };
  const jsonBody: ErrorReply = { error: { code, say, todo } };
  return { status: known ? statusOf(error) : 500, jsonBody };
}

function odd(code: 'body-too-large' | 'body-odd', say: string, cause?: unknown): Fault {
  return new Fault({ code, say, todo: 'Update the program that sent it.', cause });
}

/** The raw body, capped before anything is parsed. */
export async function bodyOf(request: HttpRequest, most = BODY_AT_MOST): Promise<Buffer> {
  const length = Number(request.headers.get('content-length') ?? '0');
  if (length > most) throw odd('body-too-large', `The request is larger than ${most} bytes.`);
  const body = Buffer.from(await request.arrayBuffer());
  if (body.length > most) throw odd('body-too-large', `The request is larger than ${most} bytes.`);
  return body;
}

/** Parses a body by its schema; anything odd is refused in one line that repeats nothing of it. */
export function parseBody<T extends z.ZodTypeAny>(schema: T, body: Buffer): z.output<T> {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw odd('body-odd', 'The request is not JSON.', error);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data as z.output<T>;
  const where = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ');
  throw odd('body-odd', `The request is not as it should be: ${where.slice(0, 200)}.`);
}

import { z } from 'zod';

/** What Graph says when it refuses. Branch on `status` and `code`; the text only where codes do not differ. */
export interface Problem {
  status: number;
  /** `badRequest`, `Request_ResourceNotFound`, …; empty when the reply had no error object. */
  code: string;
  message: string;
}

const ErrorReply = z.object({
  error: z.object({
    code: z.string().catch(''),
    message: z.string().catch(''),
    innerError: z.object({ message: z.string().optional() }).optional().catch(undefined),
  }),
});

/** Reads the error envelope of a reply; anything else (a gateway's HTML page) gives an empty code and text. */
export function problemOf(status: number, body: unknown): Problem {
  const reply = ErrorReply.safeParse(body);
  if (!reply.success) return { status, code: '', message: '' };
  const { code, message, innerError } = reply.data.error;
  return { status, code, message: message === '' ? (innerError?.message ?? '') : message };
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Graph's sentence for the log: shortened, and without anything that could be a secret: long runs without a space other
 * than GUIDs and plain words go.
 */
export function safeMessage(message: string): string {
  const safe = message.replaceAll(/[A-Za-z0-9+/_=.~-]{12,}/g, (run) =>
    GUID.test(run) || /^[A-Za-z]{1,40}\.?$/.test(run) ? run : '…',
  );
  return safe.slice(0, 240);
}

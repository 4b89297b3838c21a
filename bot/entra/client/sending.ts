import { type Middleware } from '@microsoft/microsoft-graph-client';
import { flightOf, type Trouble } from './call';
import { TimeOver, within } from './within';

/** Replies longer than this are not read to the end. Bytes; a full page of 999 users has about 1.5 million. */
const LONGEST_REPLY = 16 * 1024 * 1024;

/** Failures from before the request left: the host was not found, or nothing answered there. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

class TooLong extends Error {}

/**
 * The last link of the chain: sends, and reads the whole reply within the time limit, so that a reply that breaks off
 * half-way is a failed attempt and not a surprise later. Redirects are not followed: Graph has none, and a token must not
 * travel.
 */
export function sending(send: typeof fetch): Middleware {
  return {
    execute: async (context) => {
      const flight = flightOf(context);
      try {
        context.response = await within(flight.left(), async (signal) => {
          const reply = await send(flight.url, { ...(context.options as RequestInit), redirect: 'manual', signal });
          const body = await readAll(reply);
          return new Response(mayHaveBody(reply.status) ? body : null, {
            status: reply.status === 0 ? 502 : reply.status,
            headers: reply.headers,
          });
        });
      } catch (cause) {
        flight.trouble = troubleOf(cause);
      }
    },
  };
}

const mayHaveBody = (status: number): boolean => ![204, 205, 304].includes(status);

async function readAll(reply: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of reply.body ?? []) {
    const bytes = part as Uint8Array;
    length += bytes.length;
    if (length > LONGEST_REPLY) throw new TooLong(`a reply of more than ${LONGEST_REPLY} bytes`);
    parts.push(bytes);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function troubleOf(cause: unknown): Trouble {
  if (cause instanceof TimeOver) return { kind: 'timeout', sent: true, cause };
  if (cause instanceof TooLong) return { kind: 'too-long', sent: true, cause };
  return { kind: 'network', sent: !codesOf(cause).some((code) => NOT_SENT.has(code)), cause };
}

/** The codes of an error and of what caused it: fetch hides the network's own error in `cause` (and in `errors`). */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const several = error instanceof AggregateError ? error.errors.flatMap((e) => codesOf(e, depth + 1)) : [];
  return [...own, ...several, ...codesOf(error.cause, depth + 1)];
}

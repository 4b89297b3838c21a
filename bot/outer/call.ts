import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { Fault } from '../../agent/protocol/fault';
import { addressProblem, hostOf, isLoopback, isPublicAddress } from './address';
import { addressRefused, busy, certificateBad, gone, oddReply, refused, signInRefused, unreachable } from './faults';
import { retryAfterMs } from './retry-after';

/** From the first packet to the last byte of the answer. Milliseconds. */
export const CALL_MS = 10_000;
/** An answer that is longer is not read on. Bytes. */
export const REPLY_AT_MOST = 64 * 1024;

export interface Call {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Words by which a 403 is about what was sent, and not about who sent it. */
  contentRefused?: RegExp;
}

export interface Reply {
  status: number;
  /** Undefined: longer than is read. */
  text: string | undefined;
}

/** Calls an address of the outer system. Every call of this room goes through here. */
export type Caller = (call: Call) => Promise<Reply>;

export interface CallerOptions {
  /** http to this machine is fine then, and nothing else is called. */
  sandbox: boolean;
  now: () => Date;
  /** Asks for the addresses of a name; for tests. Default: the machine's resolver. */
  lookup?: LookupFunction;
  callMs?: number;
}

const BAD_CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|ERR_TLS|SSL/i;

/** What the name means at this moment, without addresses that are not to be called: checked where it is connected to. */
function guarded(allowed: (address: string) => boolean, lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const all = Array.isArray(found) ? found : [];
      if (error) return callback(error, '', 0);
      const fine = all.filter(({ address }) => allowed(address));
      const [first] = fine;
      if (!first) return callback(addressRefused('the name means an address inside a network'), '', 0);
      return options.all ? callback(null, fine) : callback(null, first.address, first.family);
    });
  };
}

/** A member of an error, whatever made it. */
function memberOf(error: unknown, name: 'code' | 'cause' | 'name'): unknown {
  return typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>)[name] : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const cause = memberOf(error, 'cause');
  if (cause instanceof Fault) return cause;
  const code = textOf(memberOf(error, 'code')) || textOf(memberOf(cause, 'code'));
  if (BAD_CERTIFICATE.test(code)) return certificateBad(error);
  return unreachable({ why: code || textOf(memberOf(error, 'name')) || 'unknown' }, undefined, error);
}

/** What a status means, where it is none of success. @throws Fault */
function check(status: number, retryAfter: string | null, fields: readonly string[], now: number): void {
  if (status >= 200 && status < 300) return;
  if (status < 400) throw addressRefused(`it answers with ${status} and leads elsewhere`);
  const wait = retryAfterMs(retryAfter, now);
  if (status === 429) throw busy(wait);
  if (status >= 500 || status === 408 || status === 425) throw unreachable({ status }, wait);
  if (status === 401 || status === 403) throw signInRefused(status);
  if (status === 404 || status === 410) throw gone(status);
  throw refused(status, fields);
}

/** Reads what is wanted of an answer, and lets go of the rest. */
async function bounded(body: AsyncIterable<Buffer> & { destroy: () => unknown }): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > REPLY_AT_MOST) {
      body.destroy();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Names of the fields that a refusal is about (Jira: `errors`), for the log; none of its words. */
function fieldsIn(text: string | undefined): string[] {
  try {
    const json = JSON.parse(text ?? '') as unknown;
    const errors = typeof json === 'object' && json !== null && 'errors' in json ? json.errors : undefined;
    const names = typeof errors === 'object' && errors !== null ? Object.keys(errors) : [];
    return names.filter((name) => /^[\w.-]{1,60}$/.test(name)).slice(0, 10);
  } catch {
    return [];
  }
}

/**
 * A caller for addresses that a tenant's administrator wrote into the settings: https with a checked certificate, only to
 * addresses on the internet, no redirects, ten seconds, and no more of an answer than 64 kB.
 *
 * @throws Fault `outer-…`; those with `retry` may go away by themselves
 */
export function createCaller({ sandbox, now, lookup = resolve, callMs = CALL_MS }: CallerOptions): {
  call: Caller;
  /** Lets go of connections that are kept open. */
  close: () => Promise<void>;
} {
  const allowed = sandbox ? isLoopback : isPublicAddress;
  const agent = new Agent({
    connections: 8,
    keepAliveTimeout: 4_000,
    connect: { timeout: Math.min(5_000, callMs), lookup: guarded(allowed, lookup), rejectUnauthorized: true },
  });
  const call: Caller = async ({ method, url, headers = {}, body, contentRefused }) => {
    const problem = addressProblem(url, sandbox);
    if (problem) throw addressRefused(problem);
    const host = hostOf(new URL(url));
    if (isIP(host) !== 0 && !allowed(host)) throw addressRefused('an address inside a network');
    let reply: Reply;
    let retryAfter: string | null;
    try {
      const signal = AbortSignal.timeout(callMs);
      const answer = await request(url, {
        ...{ method, dispatcher: agent, signal, headers: { 'user-agent': 'Keyvouch', ...headers } },
        ...(body !== undefined && { body }),
      });
      const after = answer.headers['retry-after'];
      retryAfter = typeof after === 'string' ? after : null;
      reply = { status: answer.statusCode, text: await bounded(answer.body) };
    } catch (error) {
      throw faultOf(error);
    }
    if (reply.status === 403 && contentRefused?.test(reply.text ?? '')) throw refused(403);
    check(reply.status, retryAfter, fieldsIn(reply.text), now().getTime());
    return reply;
  };
  return { call, close: () => agent.close() };
}

/** The JSON of an answer. @throws Fault `outer-odd-reply` */
export function jsonOf({ text }: Reply): unknown {
  if (text === undefined) throw oddReply('longer than 64 kB');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw oddReply('no JSON', error);
  }
}

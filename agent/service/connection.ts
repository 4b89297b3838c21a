import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { Fault } from '../protocol/fault';
import { isLoopback } from '../protocol/service-address';
import { connectionFault } from './connection-faults';

/** The longest reply: creation options with a long exclude list. Bytes. */
const REPLY_AT_MOST = 512 * 1024;
const LIMIT_MS = 15_000;

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  signal?: AbortSignal | undefined;
}

export interface HttpReply {
  status: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

/** Sends one request. @throws Fault `service-unreachable`, `service-tls`, `service-redirects`, `service-reply-odd` */
export interface Connection {
  send(request: HttpRequest): Promise<HttpReply>;
  close(): Promise<void>;
}

/**
 * The way to the service: through the proxy of HTTP(S)_PROXY and NO_PROXY, but never to this machine itself; trusting
 * the roots of Node, of NODE_EXTRA_CA_CERTS and of `caFile`. It follows no redirect: what is signed is for one address.
 */
export function openConnection(service: string, options: { caFile?: string; limitMs?: number } = {}): Connection {
  const { caFile, limitMs = LIMIT_MS } = options;
  let opening: ReturnType<typeof dispatcherFor> | undefined;

  return {
    async send({ method, url, headers, body, signal }) {
      // Loaded at the first call: most commands never dial.
      const { request } = await import('undici');
      opening ??= dispatcherFor(service, caFile);
      const dispatcher = await opening;
      const late = AbortSignal.timeout(limitMs);
      try {
        const reply = await request(url, {
          method,
          headers: { accept: 'application/json', 'user-agent': 'keyvouch-agent', ...headers },
          ...(method === 'POST' && { body }),
          dispatcher,
          signal: signal ? AbortSignal.any([late, signal]) : late,
        });
        const text = await capped(reply.body);
        if (reply.statusCode >= 300 && reply.statusCode < 400) throw redirects();
        const lines = Object.entries(reply.headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
        return { status: reply.statusCode, headers: Object.fromEntries(lines) as HttpReply['headers'], body: text };
      } catch (error) {
        throw connectionFault(error, { cancelled: signal?.aborted === true });
      }
    },
    async close() {
      // One that never opened has told why already.
      const dispatcher = await opening?.catch(() => undefined);
      await dispatcher?.destroy();
    },
  };
}

async function dispatcherFor(service: string, caFile: string | undefined) {
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const trust = caFile === undefined ? {} : { ca: await roots(caFile) };
  if (isLoopback(new URL(service))) return new Agent({ connect: trust });
  return new EnvHttpProxyAgent({ connect: trust, requestTls: trust, proxyTls: trust });
}

/** A list of our own takes the place of Node's, so it begins with Node's. */
async function roots(caFile: string): Promise<string[]> {
  const extra = process.env['NODE_EXTRA_CA_CERTS'];
  const files = extra ? [caFile, extra] : [caFile];
  const read = files.map((path) =>
    readFile(path, 'utf8').catch((cause: unknown) => {
      throw new Fault({
        code: 'ca-unreadable',
        say: `The file of certificates ${path} cannot be read.`,
        todo: 'Check the path that --ca or NODE_EXTRA_CA_CERTS names.',
        cause,
      });
    }),
  );
  return [...rootCertificates, ...(await Promise.all(read))];
}

async function capped(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > REPLY_AT_MOST) throw new Error(`a reply above ${REPLY_AT_MOST} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function redirects(): Fault {
  return new Fault({
    code: 'service-redirects',
    say: 'The service points to another address, and the agent follows none.',
    todo: 'Check the address of the service; a proxy that wants a sign-in can cause this too.',
  });
}

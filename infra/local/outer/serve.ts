import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** What a stand-in is asked. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text is sent as it is. */
  body?: unknown;
}

/**
 * Something that goes wrong with one request: an answer of its own instead of the work, no connection any more before or
 * after the work, or silence.
 */
export type Mishap = Answer | 'drop-before' | 'drop-after' | 'hang';

export interface Served {
  url: string;
  /** What was asked, in order, also what went wrong. */
  asked: Asked[];
  /** The next requests that fit go wrong, one each. */
  mishap(mishap: Mishap, fits?: (asked: Asked) => boolean): void;
  close(): Promise<void>;
}

const BODY_AT_MOST = 1024 * 1024;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_AT_MOST) throw new Error('a body of more than 1 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}

/** Serves a stand-in on loopback, at a port that the system chooses, or at a given one. */
export async function serve(work: (asked: Asked) => Answer, port = 0): Promise<Served> {
  const asked: Asked[] = [];
  const mishaps: { mishap: Mishap; fits: (asked: Asked) => boolean }[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const body = await bodyOf(request);
    const one: Asked = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers, body };
    asked.push(one);
    const at = mishaps.findIndex(({ fits }) => fits(one));
    const mishap = at < 0 ? undefined : mishaps.splice(at, 1)[0]?.mishap;
    if (mishap === 'hang') return;
    if (mishap === 'drop-before') {
      request.socket.destroy();
      return;
    }
    if (typeof mishap === 'object') {
      reply(response, mishap);
      return;
    }
    const answer = work(one);
    if (mishap === 'drop-after') request.socket.destroy();
    else reply(response, answer);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${chosen}`,
    asked,
    mishap: (mishap, fits = () => true) => {
      mishaps.push({ mishap, fits });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

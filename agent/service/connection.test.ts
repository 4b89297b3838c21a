import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { z } from 'zod';
import { Fault } from '../protocol/fault';
import { openConnection } from './connection';
import { readReply } from './reply';

const open: (() => Promise<unknown> | void)[] = [];
const before = { ...process.env };
afterEach(async () => {
  process.env = { ...before };
  for (const close of open.splice(0).reverse()) await close();
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const http = (answer: (request: IncomingMessage, response: ServerResponse) => void) => listening(createServer(answer));

async function get(url: string, options: { limitMs?: number; signal?: AbortSignal; caFile?: string } = {}) {
  const connection = openConnection(new URL(url).origin, options);
  open.push(() => connection.close());
  return connection.send({ method: 'GET', url, headers: {}, body: '', signal: options.signal });
}

async function fault(promise: Promise<unknown>): Promise<Fault> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Fault)) throw new Error(`expected a Fault, got ${String(error)}`);
  return error;
}

describe('the way to the service', () => {
  it('gives status, headers and text', async () => {
    const port = await http((_, response) => response.writeHead(201, { 'Retry-After': '7' }).end('{"a":1}'));
    const reply = await get(`http://127.0.0.1:${port}/x`);
    expect(reply).toMatchObject({ status: 201, body: '{"a":1}' });
    expect(reply.headers['retry-after']).toBe('7');
  });

  it('follows no redirect', async () => {
    const asked: string[] = [];
    const port = await http((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect((await fault(get(`http://127.0.0.1:${port}/x`))).code).toBe('service-redirects');
    expect(asked).toEqual(['/x']);
  });

  it('gives up on silence, on a reply without end, and on nobody', async () => {
    const silent = await http(() => undefined);
    expect(await fault(get(`http://127.0.0.1:${silent}/`, { limitMs: 100 }))).toMatchObject({
      code: 'service-unreachable',
      retry: true,
      facts: { code: 'timed out' },
    });
    const endless = await http((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => clearInterval(timer));
    });
    expect((await fault(get(`http://127.0.0.1:${endless}/`))).code).toBe('service-unreachable');
    expect((await fault(get('http://127.0.0.1:9/'))).facts).toEqual({ code: 'ECONNREFUSED' });
  });

  it('ends when it is called off', async () => {
    const port = await http(() => undefined);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    expect((await fault(get(`http://127.0.0.1:${port}/`, { signal: stop.signal }))).code).toBe('key-cancelled');
  });

  it('goes through the proxy, and says so when that is what fails; never for this machine itself', async () => {
    const asked: string[] = [];
    const proxy = createTcp((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        asked.push(data.toString('latin1').split('\r\n')[0] ?? '');
        socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      });
    });
    await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
    open.push(() => void proxy.close());
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    process.env = { ...before, HTTPS_PROXY: address, HTTP_PROXY: address, NO_PROXY: 'direct.invalid' };
    const refused = await fault(get('https://keyvouch.invalid/'));
    expect(refused.code).toBe('service-unreachable');
    expect(refused.todo).toMatch(/HTTPS_PROXY/);
    expect(asked).toEqual(['CONNECT keyvouch.invalid:443 HTTP/1.1']);
    await fault(get('https://direct.invalid/'));
    const port = await http((_, response) => response.end('{}'));
    expect((await get(`http://127.0.0.1:${port}/`)).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  it('says which file of certificates cannot be read', async () => {
    const missing = get('https://keyvouch.invalid/', { caFile: '/nowhere/ca.pem' });
    expect(await fault(missing)).toMatchObject({ code: 'ca-unreadable' });
  });
});

describe('a reply', () => {
  const schema = z.object({ a: z.number() });
  const reply = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
    status,
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const error = (code: string) => ({ error: { code, say: 'Say\u001b[31m.', todo: 'Do.' } });

  it('as it should be is its value', () => {
    expect(readReply(schema, reply(200, { a: 1 }))).toEqual({ a: 1 });
  });

  it.each<[string, ReturnType<typeof reply>, Partial<Fault>]>([
    ['of another shape', reply(200, { b: 1 }), { code: 'service-reply-odd', retry: false }],
    ['of a captive portal', reply(200, '<html>'), { code: 'service-reply-odd', retry: false }],
    ['of a gateway', reply(502, '<html>'), { code: 'service-reply-odd', retry: true }],
    ['that refuses', reply(409, error('number-wrong')), { code: 'number-wrong', say: 'Say?[31m.', retry: false }],
    ['with a code that is none', reply(409, error('<b>')), { code: 'service-refused' }],
    ['that is busy', reply(429, error('busy'), { 'retry-after': '3' }), { retry: true, retryAfterMs: 3000 }],
    ['that is busy for a year', reply(503, error('busy'), { 'retry-after': '31536000' }), { retryAfterMs: 600_000 }],
  ])('%s is a Fault', (_, from, expected) => {
    const refusal = (() => {
      try {
        return readReply(schema, from);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(refusal).toBeInstanceOf(Fault);
    expect(refusal).toMatchObject(expected);
  });
});

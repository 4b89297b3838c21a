import { createServer } from 'node:https';
import { type AddressInfo, type LookupFunction } from 'node:net';
import { makeTls } from '../../infra/local/entra/certificates';
import { serve, type Served } from '../../infra/local/outer/serve';
import { type Call, createCaller, jsonOf, REPLY_AT_MOST } from './call';

let there: Served;
beforeAll(async () => {
  there = await serve(({ path }) => ({ status: 200, body: { path } }));
});
afterAll(() => there.close());

const now = () => new Date('2026-03-02T08:00:00.000Z');
const sandbox = createCaller({ sandbox: true, now, callMs: 2000 });
const get = (path = '/'): Call => ({ method: 'GET', url: `${there.url}${path}` });
afterAll(() => sandbox.close());

test('an answer is given back as it came', async () => {
  const reply = await sandbox.call({ ...get('/x'), method: 'POST', headers: { 'x-a': 'b' }, body: '{}' });
  expect(jsonOf(reply)).toEqual({ path: '/x' });
  expect(there.asked.at(-1)).toMatchObject({
    method: 'POST',
    body: '{}',
    headers: { 'x-a': 'b', 'user-agent': 'Keyvouch' },
  });
});

test.each([
  ['301', { status: 301, headers: { location: 'https://elsewhere.example/' } }, 'outer-address', false],
  ['400', { status: 400, body: { errors: { summary: 'secret words', 'x y': '' } } }, 'outer-refused', false],
  ['401', { status: 401 }, 'outer-sign-in', false],
  ['403', { status: 403 }, 'outer-sign-in', false],
  ['404', { status: 404 }, 'outer-gone', false],
  ['410', { status: 410 }, 'outer-gone', false],
  ['429', { status: 429, headers: { 'retry-after': '7' } }, 'outer-busy', true],
  ['500', { status: 500 }, 'outer-unreachable', true],
  ['503', { status: 503, headers: { 'retry-after': 'Mon, 02 Mar 2026 08:00:07 GMT' } }, 'outer-unreachable', true],
  ['a connection that breaks', 'drop-before', 'outer-unreachable', true],
  ['an answer that gets lost', 'drop-after', 'outer-unreachable', true],
  ['silence', 'hang', 'outer-unreachable', true],
] as const)('%s: %j is %s, to be tried again: %p', async (_, mishap, code, retry) => {
  there.mishap(mishap);
  const fault = await sandbox.call(get()).catch((error: unknown) => error);
  expect(fault).toMatchObject({ code, retry });
  const asks = typeof mishap === 'object' && 'headers' in mishap && 'retry-after' in mishap.headers;
  if (asks) expect(fault).toMatchObject({ retryAfterMs: 7000 });
});

test('of a refusal the log hears which fields, and none of its words', async () => {
  there.mishap({ status: 400, body: { errors: { summary: 'secret words', 'odd name': '' } } });
  const fault = await sandbox.call(get()).catch((error: unknown) => error);
  expect(fault).toMatchObject({ facts: { status: 400, fields: 'summary' } });
  expect(JSON.stringify(fault)).not.toContain('secret words');
});

test('a redirect is not followed', async () => {
  const before = there.asked.length;
  there.mishap({ status: 302, headers: { location: `${there.url}/elsewhere` } });
  await expect(sandbox.call(get())).rejects.toMatchObject({ code: 'outer-address' });
  expect(there.asked.slice(before).map(({ path }) => path)).toEqual(['/']);
});

test('of a long answer no more than 64 kB is read', async () => {
  there.mishap({ status: 200, body: 'x'.repeat(REPLY_AT_MOST) });
  expect((await sandbox.call(get())).text).toHaveLength(REPLY_AT_MOST);
  there.mishap({ status: 200, body: 'x'.repeat(REPLY_AT_MOST + 1) });
  const long = await sandbox.call(get());
  expect(long.text).toBeUndefined();
  expect(() => jsonOf(long)).toThrow('outer-odd-reply');
});

/** A resolver that answers with these addresses. */
const means =
  (...addresses: string[]): LookupFunction =>
  (_name, _options, callback) => {
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

describe('outside the sandbox', () => {
  test.each([
    ['http://it.example/'],
    ['https://127.0.0.1/'],
    ['https://[::ffff:10.0.0.1]/'],
    ['https://169.254.169.254/metadata'],
  ])('%s is not called', async (url) => {
    const { call, close } = createCaller({ sandbox: false, now, lookup: means('8.8.8.8') });
    await expect(call({ method: 'GET', url })).rejects.toMatchObject({ code: 'outer-address', retry: false });
    await close();
  });

  test.each([['10.0.0.1'], ['127.0.0.1'], ['fd00::1']])('a name that means %s is not called', async (address) => {
    const { call, close } = createCaller({ sandbox: false, now, lookup: means(address) });
    await expect(call({ method: 'GET', url: 'https://it.example/' })).rejects.toMatchObject({ code: 'outer-address' });
    await close();
  });
});

test('who cannot prove to be who they are is told nothing', async () => {
  const { certPem: cert, keyPem: key } = await makeTls();
  let heard = 0;
  const server = createServer({ cert, key }, (_request, response) => {
    heard += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { call, close } = createCaller({ sandbox: true, now });
  try {
    const fault = await call({ method: 'GET', url: `https://127.0.0.1:${port}/` }).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'outer-certificate', retry: false });
    expect(heard).toBe(0);
  } finally {
    await close();
    await new Promise((resolve) => server.close(resolve));
  }
});

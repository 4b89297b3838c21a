import { type ChildProcess, spawn } from 'node:child_process';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** The host as the sandbox runs it: its own process, with a small app of ours in it. */
let child: ChildProcess;
let url = '';

beforeAll(async () => {
  const args = [
    '--import',
    'tsx',
    resolve(__dirname, 'main.ts'),
    '--entry',
    resolve(__dirname, 'sample-app.fixture.ts'),
  ];
  child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  url = await new Promise((ready) => {
    createInterface({ input: child.stdout! }).once('line', (line) => {
      ready(`http://127.0.0.1:${(JSON.parse(line) as { port: number }).port}/api`);
    });
  });
}, 30_000);

afterAll(() => child.kill('SIGKILL'));

test('a request and its reply go through the library’s own conversion', async () => {
  const reply = await fetch(`${url}/echo/hello%20there?q=1`, { method: 'POST', body: 'a body' });
  expect(reply.status).toBe(201);
  expect(reply.headers.get('x-word')).toBe('hello there');
  expect(await reply.json()).toEqual({ method: 'POST', body: 'a body', query: '1' });
});

test('a literal route wins over a parameter', async () => {
  expect(await (await fetch(`${url}/echo/fixed`)).text()).toBe('fixed');
  expect(await (await fetch(`${url}/echo/other`)).text()).toBe('variable');
});

test.each([
  ['an unknown path', 'GET', '/nowhere'],
  ['a wrong method', 'PUT', '/echo/hello'],
  ['a path without the prefix', 'GET', '/../ticks'],
])('%s is 404, as on the real host', async (_what, method, path) => {
  expect((await fetch(url + path, { method })).status).toBe(404);
});

test('a chunked upload arrives empty, as on the real host', async () => {
  const body = await new Promise<string>((done, failed) => {
    const out = request(`${url}/echo/chunked`, { method: 'POST' }, (reply) => {
      let text = '';
      reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
      reply.on('end', () => done(text));
    }).on('error', failed);
    out.write('never ');
    out.end('seen');
  });
  expect(JSON.parse(body)).toMatchObject({ body: '' });
});

test('what a function throws is 500 without a word of it', async () => {
  const reply = await fetch(`${url}/throws`);
  expect(reply.status).toBe(500);
  expect(await reply.text()).toBe('');
});

test('timers tick on their six-field schedule', async () => {
  const ticks = async () => ((await (await fetch(`${url}/ticks`)).json()) as { ticks: number }).ticks;
  const before = await ticks();
  await new Promise((later) => setTimeout(later, 2_200));
  expect(await ticks()).toBeGreaterThanOrEqual(before + 2);
});

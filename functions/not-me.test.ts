import { HttpRequest } from '@azure/functions';
import { ALL_WORDS } from '../cards';
import { createWorld, WHO, type World } from '../bot/service/testing/world';
import { product, type Product } from './compose';
import { notMe } from './not-me';

jest.mock('./compose', () => ({ product: jest.fn() }));

const PASS = { flow: 'pass', reason: 'My phone is broken' } as const;
const [en, de] = ALL_WORDS;
let world: World;
let id: string;

beforeEach(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  world = await createWorld({ settings: { KEYVOUCH_MAILBOX: 'keyvouch@contoso.example' } });
  world.entra.people.get(WHO.ada)!.displayName = '<img src=x onerror=alert(1)> "Ada" & www.evil.example';
  jest.mocked(product).mockImplementation(() => Promise.resolve({ deps: world.deps } as Product));
  id = (await world.ask('ada', PASS)).id;
  await world.rest();
});
afterEach(async () => {
  await world.rest();
  jest.restoreAllMocks();
});

const token = () => /\/api\/not-me\/([^"]+)"/.exec(world.entra.mails.at(-1)?.html ?? '')?.[1] ?? 'none';

async function call(method: 'GET' | 'POST', link = token(), headers: Record<string, string> = {}) {
  const url = `https://keyvouch.example/api/not-me/${link}`;
  const reply = await notMe(new HttpRequest({ method, url, params: { token: link }, headers }));
  return {
    status: reply.status,
    body: typeof reply.body === 'string' ? reply.body : '',
    headers: reply.headers as Record<string, string>,
  };
}

test('GET shows a page that asks, and does nothing', async () => {
  const { status, body } = await call('GET');
  await call('GET');
  await world.rest();
  expect(status).toBe(200);
  expect(body).toContain('<form method="post"><button type="submit">Stop this request</button></form>');
  expect(body).toContain(world.ticket(id).shortId);
  expect(world.ticket(id).status).toBe('waiting');
});

test('POST stops it; a second POST, and a GET after it, find it stopped', async () => {
  const answers = [await call('POST'), await call('POST'), await call('GET')];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  for (const { body } of answers) {
    expect(body).toContain(en!.notMe.stopped);
    expect(body).not.toContain('<form');
  }
  await world.rest();
  expect(world.kinds(id).filter((kind) => kind === 'frozen')).toHaveLength(1);
});

test.each<['GET' | 'POST']>([['GET'], ['POST']])(
  '%s of a link that is not ours, of another ticket, or over',
  async (method) => {
    const real = token();
    const { id: other } = await world.ask('bob', { ...PASS, subject: WHO.bob });
    expect((await call(method, 'nonsense')).status).toBe(404);
    expect((await call(method, token().replace(/.$/, '*'))).status).toBe(404);
    expect((await call(method, other + real.slice(26))).status).toBe(404);
    world.wait(30 * 86_400);
    expect((await call(method, real)).status).toBe(410);
    expect(world.ticket(id).status).toBe('waiting');
  },
);

test('what cannot be stopped any more says why', async () => {
  await world.press('ada', id, 'cancel');
  await world.rest();
  const { status, body } = await call('POST');
  expect(status).toBe(409);
  expect(body).toContain(en!.refusals['nothing-to-freeze'].say);
});

test('an outage is said in the language of the browser, and tells nothing else', async () => {
  jest.mocked(product).mockRejectedValue(new Error('AccountKey=secret'));
  const { status, body } = await call('POST', token(), { 'accept-language': 'de-AT,en;q=0.8' });
  expect(status).toBe(503);
  expect(body).toContain(de!.notMe.again);
  expect(body).not.toContain('AccountKey');
});

test('the page is in the language of whoever the link was sent to', async () => {
  world.entra.people.get(WHO.bob)!.preferredLanguage = 'de-DE';
  const { body } = await call('GET', token(), { 'accept-language': 'en' });
  expect(body).toContain('<html lang="de">');
  expect(body).toContain('Diese Anfrage anhalten');
});

test('names are text: on the page and in the mail no tag, attribute or link comes out of them', async () => {
  for (const text of [(await call('GET')).body, world.entra.mails.at(-1)!.html]) {
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;Ada&quot; &amp; www');
    expect(text).not.toMatch(/<img|www\.evil\.example/);
  }
  expect(world.entra.mails.at(-1)!.subject).not.toMatch(/www\.evil\.example|[\r\n]/);
});

test('the address goes into no referrer, cache, frame or index, and nothing runs or loads', async () => {
  const { headers, body } = await call('GET');
  expect(headers).toMatchObject({
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; form-action 'self'/);
  const tags = body.match(/<[^>]*>/g)?.join('') ?? '';
  expect(tags).not.toMatch(/<(script|img|link|iframe)|\s(src|href|on\w+)=/);
});

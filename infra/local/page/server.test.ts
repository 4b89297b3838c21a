import { request } from 'node:http';
import { startTeams, type TeamsStandIn } from '../teams';
import { listen, readBody, sendJson } from '../teams/http';
import { type EntraPort, type KeyPort } from './ports';
import { startPage, type Page } from './server';
import { type Piece } from './wire';

const ROBIN = '11111111-1111-4111-8111-111111111111';
const EVIL = 'https://evil.example';

interface Reply {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

/** Bare HTTP, because fetch does not let a caller lie about Host and Origin. */
const send = (url: string, method: string, headers: Record<string, string>, body = ''): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

describe('the page server', () => {
  let teams: TeamsStandIn;
  let page: Page;
  let bot: Awaited<ReturnType<typeof listen>>;
  let seen: unknown[];
  const touched = jest.fn();
  const signedIn = jest.fn();
  const key: KeyPort = {
    state: () => ({ plugged: true, light: 'off', model: 'Test' }),
    touch: touched,
    power: async () => undefined,
    subscribe: () => () => undefined,
  };
  const entra: EntraPort = {
    view: async () => {
      throw new Error('secret inner details');
    },
    signInWithPass: async () => ({ ok: true, say: 'In.', session: 's' }),
    signInWithKey: async (user, { pin }) => {
      signedIn(user, pin);
      return { ok: true, say: 'In.' };
    },
    registerAtSecurityInfo: async () => ({ ok: true, say: 'Added.' }),
    subscribe: () => () => undefined,
  };

  beforeAll(async () => {
    bot = await listen(0, (incoming, response) => {
      void readBody(incoming).then((raw) => {
        seen.push(JSON.parse(raw?.toString('utf8') ?? 'null'));
        sendJson(response, 200, {});
      });
    });
    teams = await startTeams({
      appId: 'app',
      tenantId: 'tenant',
      botUrl: `${bot.url}/api/messages`,
      people: [{ aadObjectId: ROBIN, name: '<img src=x>', title: 'Employee' }],
    });
    page = await startPage({ port: 0, teams, key, entra });
  });
  beforeEach(() => {
    seen = [];
    touched.mockReset();
    teams.clear();
  });
  afterAll(async () => {
    await page.close();
    await teams.close();
    await bot.close();
  });

  const own = () => ({ origin: page.url, 'content-type': 'application/json' });
  const post = (name: string, body: unknown, headers: Record<string, string> = own()) =>
    send(`${page.url}/api/${name}`, 'POST', headers, JSON.stringify(body));

  test.each<[string, () => Record<string, string>, number]>([
    ['the page itself', own, 200],
    ['another site', () => ({ ...own(), origin: EVIL }), 403],
    ['nobody says where from', () => ({ 'content-type': 'application/json' }), 403],
    ['a sandboxed frame', () => ({ ...own(), origin: 'null' }), 403],
    ['a name that was bound anew', () => ({ ...own(), host: 'evil.example', origin: 'http://evil.example' }), 403],
    ['another site, as the browser says', () => ({ ...own(), 'sec-fetch-site': 'cross-site' }), 403],
    ['a form', () => ({ ...own(), 'content-type': 'text/plain' }), 415],
  ])('a POST from %s', async (_name, headers, status) => {
    const reply = await post('key', { do: 'touch' }, headers());
    expect(reply.status).toBe(status);
    expect(touched).toHaveBeenCalledTimes(status === 200 ? 1 : 0);
  });

  test.each([
    ['/', {}, 200],
    ['/page.js', {}, 200],
    ['/page.css', {}, 200],
    ['/nothing', {}, 404],
    ['/events', { 'sec-fetch-site': 'cross-site' }, 403],
    ['/events', { host: 'evil.example' }, 403],
  ])('GET %s %j answers %s', async (path, headers, status) => {
    const reply = await send(page.url + path, 'GET', headers);
    expect(reply.status).toBe(status);
    expect(reply.headers['content-security-policy']).toContain("script-src 'self'");
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each([
    ['nothing-like-this', {}, 404],
    ['__proto__', {}, 404],
    ['say', { person: ROBIN }, 400],
    ['say', 'text', 400],
    ['key', { do: 'melt' }, 400],
    ['workstation-stop', {}, 404],
    ['account', { user: ROBIN }, 500],
  ])('POST /api/%s %j answers %s', async (name, body, status) => {
    const complain = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const reply = await post(name, body);
    expect(reply.status).toBe(status);
    expect(reply.text).not.toContain('inner details');
    complain.mockRestore();
  });

  test('what is said and pressed reaches the bot as that person', async () => {
    expect((await post('say', { person: ROBIN, text: 'hi' })).status).toBe(200);
    expect(seen[0]).toMatchObject({ type: 'message', text: 'hi', from: { aadObjectId: ROBIN } });
    const pressed = { type: 'Action.Execute', verb: 'approve', data: { ticket: 'T', reason: 'x' } };
    const onNothing = await post('press', { person: ROBIN, message: 'gone', action: pressed });
    expect(onNothing).toMatchObject({ status: 409, text: expect.stringContaining('no longer there') as string });
    expect((await post('sign-in-with-key', { user: ROBIN, pin: '1234' })).text).toContain('In.');
    expect(signedIn).toHaveBeenCalledWith(ROBIN, '1234');
  });

  test('the stream begins with everything and goes on with every change', async () => {
    const pieces: Piece[] = [];
    const stop = new AbortController();
    const response = await fetch(`${page.url}/events`, { signal: stop.signal });
    const text = response.body!.pipeThrough(new TextDecoderStream());
    let buffer = '';
    const until = async (wanted: (piece: Piece) => boolean) => {
      for await (const chunk of text.values({ preventCancel: true })) {
        buffer += chunk;
        const events = buffer.split('\n\n');
        buffer = events.pop() ?? '';
        for (const event of events) if (event.startsWith('data: ')) pieces.push(JSON.parse(event.slice(6)) as Piece);
        if (pieces.some(wanted)) return;
      }
    };
    await until(({ kind }) => kind === 'ready');
    expect(pieces.map(({ kind }) => kind)).toEqual(['setup', 'people', 'groups', 'chat', 'key', 'ready']);
    await post('say', { person: ROBIN, text: 'news' });
    await until((piece) => piece.kind === 'chat' && piece.messages.length === 1);
    expect(pieces.at(-1)).toMatchObject({ kind: 'chat', person: ROBIN, messages: [{ text: 'news', from: 'person' }] });
    stop.abort();
  });
});

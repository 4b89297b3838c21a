import { inspect } from 'node:util';
import { Fault } from '../../../agent/protocol/fault';
import { noting } from './noting';
import { networkError, refusal, scripted, TOKEN, type Answer, type Scripted } from '../scripted-fetch.fixture';

const user = (id: string) => ({ id, displayName: 'Ana', userPrincipalName: 'ana@contoso.com', accountEnabled: true });
const aPass = {
  id: 'p1',
  temporaryAccessPass: 'S3cr3t-P4ss',
  createdDateTime: '2026-11-21T12:00:00Z',
  startDateTime: '2026-11-21T12:00:00Z',
  lifetimeInMinutes: 60,
  isUsableOnce: true,
};
const ok = (body: unknown): Answer => ({ status: 200, body });
const busy = (headers?: Record<string, string>): Answer =>
  refusal(429, 'TooManyRequests', 'Too many requests', headers);

const faultFrom = async (promise: Promise<unknown>): Promise<Fault> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Fault)) throw new Error(`not a Fault: ${inspect(error)}`);
  return error;
};

const read = ({ entra }: Scripted) => entra.people.get('u1');
const remove = ({ entra }: Scripted) => entra.passes.delete('u1', 'p1');
const make = ({ entra }: Scripted) => entra.passes.create('u1', {}, { timeoutMs: 6_000 });
const register = ({ entra }: Scripted) =>
  entra.passkeys.create('u1', {
    displayName: 'key',
    credentialId: Uint8Array.of(1),
    clientDataJSON: Uint8Array.of(2),
    attestationObject: Uint8Array.of(3),
  });

describe('what is tried again', () => {
  test.each<[string, (s: Scripted) => Promise<unknown>, Answer, number]>([
    ['a read after 429', read, busy({ 'retry-after': '2' }), 2],
    ['a read after 429 without Retry-After', read, busy(), 2],
    ['a read after 503', read, refusal(503, 'serviceNotAvailable', ''), 2],
    ['a read after 504', read, { status: 504, text: '<html>gateway</html>' }, 2],
    ['a read after a reset', read, networkError('ECONNRESET'), 2],
    ['a read after a refusal', read, refusal(403, 'Authorization_RequestDenied', ''), 1],
    ['a DELETE after 503', remove, refusal(503, '', ''), 2],
    ['a DELETE after a reset', remove, networkError('ECONNRESET'), 2],
    ['a pass after 429', make, busy({ 'retry-after': '2' }), 2],
    ['a pass after 503', make, refusal(503, '', ''), 1],
    ['a pass after 500', make, refusal(500, '', ''), 1],
    ['a pass after 504', make, { status: 504 }, 1],
    ['a pass after a reset', make, networkError('ECONNRESET'), 1],
    ['a pass after a refused connection', make, networkError('ECONNREFUSED'), 1],
    ['a passkey after 503', register, refusal(503, '', ''), 1],
    ['a passkey after a reset', register, networkError('UND_ERR_SOCKET'), 1],
  ])('%s', async (_name, act, first, attempts) => {
    const good: Answer = act === read ? ok(user('u1')) : act === make ? { status: 201, body: aPass } : { status: 204 };
    const script = scripted([first, good]);
    await act(script).catch(() => undefined);
    expect(script.asked).toHaveLength(attempts);
  });

  test('the wait is the one asked for, in seconds or as a date; else it doubles', async () => {
    const inThree = new Date(Date.parse('2026-11-21T12:00:03Z')).toUTCString();
    const bySeconds = scripted([busy({ 'retry-after': '7' }), ok(user('u1'))]);
    const byDate = scripted([busy({ 'retry-after': inThree }), ok(user('u1'))]);
    const untold = scripted([busy(), busy(), busy(), ok(user('u1'))]);
    await Promise.all([read(bySeconds), read(byDate), read(untold)]);
    expect(bySeconds.slept).toEqual([7_000]);
    expect(byDate.slept).toEqual([3_000]);
    expect(untold.slept).toEqual([250, 500, 1_000]);
  });

  test('a wait longer than the budget is left to the caller, with its length', async () => {
    const script = scripted([busy({ 'retry-after': '120' })]);
    const fault = await faultFrom(read(script));
    expect(script.slept).toEqual([]);
    expect(fault).toMatchObject({ code: 'graph-throttled', retry: true, retryAfterMs: 120_000 });
  });

  test('four attempts are all', async () => {
    const script = scripted([networkError('ECONNRESET')]);
    const fault = await faultFrom(read(script));
    expect(script.asked).toHaveLength(4);
    expect(fault).toMatchObject({ code: 'graph-unreachable', retry: true });
    expect(fault.facts).toMatchObject({ attempts: 4 });
  });
});

test('whoever listens is told of the calls that change something, and of their own alone', async () => {
  const script = scripted((one) => (one.method === 'GET' ? ok(user('u1')) : { status: 204 }));
  const idOf = (url: string) => script.asked.find((one) => one.url.endsWith(url))?.headers['client-request-id'];
  const [first, second] = [new Set<string>(), new Set<string>()];
  const [done] = await Promise.all([
    noting(first, async () => {
      await read(script);
      await script.entra.passes.delete('u1', 'p1');
      return 'done';
    }),
    noting(second, () => script.entra.passes.delete('u1', 'p2')),
    script.entra.passes.delete('u1', 'p3'),
  ]);
  expect([done, [...first], [...second]]).toEqual(['done', [idOf('/p1')], [idOf('/p2')]]);
});

describe('what a failure is called', () => {
  test.each<[string, (s: Scripted) => Promise<unknown>, Answer, string, boolean]>([
    ['403 on a read', read, refusal(403, 'accessDenied', 'Request Authorization failed'), 'graph-denied', false],
    ['401', read, refusal(401, 'InvalidAuthenticationToken', ''), 'graph-denied', false],
    ['a strange 4xx', read, refusal(418, 'teapot', ''), 'graph-refused', false],
    ['a redirect', read, { status: 302, headers: { location: 'https://evil.example/' } }, 'graph-odd-reply', false],
    ['text that is no JSON', read, { status: 200, text: 'hello' }, 'graph-odd-reply', false],
    ['a user without id', read, ok({ displayName: 'x' }), 'graph-odd-reply', false],
    ['a lost read', read, networkError('ECONNRESET'), 'graph-unreachable', false],
    ['a lost pass', make, networkError('ECONNRESET'), 'graph-unreachable', true],
    ['a pass that never left', make, networkError('ECONNREFUSED'), 'graph-unreachable', false],
    ['a pass and 503', make, refusal(503, '', ''), 'graph-unreachable', true],
    ['a pass refused', make, refusal(403, 'accessDenied', ''), 'graph-denied', false],
    ['a pass throttled', make, busy({ 'retry-after': '60' }), 'graph-throttled', false],
    [
      'a pass without its text',
      make,
      { status: 201, body: { ...aPass, temporaryAccessPass: null } },
      'graph-odd-reply',
      true,
    ],
    ['a pass and half a reply', make, { status: 201, text: '{"id":"p1"' }, 'graph-odd-reply', true],
    ['a lost DELETE', remove, networkError('ECONNRESET'), 'graph-unreachable', true],
  ])('%s', async (_name, act, answer, code, ambiguous) => {
    const fault = await faultFrom(act(scripted([answer])));
    expect(fault.code).toBe(code);
    expect(fault.facts['ambiguous'] ?? false).toBe(ambiguous);
    expect(fault.facts['requestId']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a time-out of a write is ambiguous and comes in time', async () => {
    const started = Date.now();
    const fault = await faultFrom(scripted(['hang']).entra.passes.create('u1', {}, { timeoutMs: 40 }));
    expect(fault).toMatchObject({ code: 'graph-timeout', retry: true, facts: { ambiguous: true, attempts: 1 } });
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  test('waiting for a 429 counts: a pass has one limit for all its attempts', async () => {
    const script = scripted([busy({ 'retry-after': '4' }), 'hang']);
    const started = Date.now();
    const fault = await faultFrom(script.entra.passes.create('u1', {}, { timeoutMs: 4_050 }));
    expect(fault).toMatchObject({ code: 'graph-timeout', facts: { attempts: 2 } });
    expect(Date.now() - started).toBeLessThan(3_500);
  });

  test('no token: nothing is sent', async () => {
    const script = scripted([ok(user('u1'))], { credential: { getToken: () => Promise.resolve(null) } });
    const fault = await faultFrom(make(script));
    expect(fault.code).toBe('graph-no-token');
    expect(fault.facts['ambiguous']).toBeUndefined();
    expect(script.asked).toHaveLength(0);
  });
});

describe('where the token goes', () => {
  test('to https alone', async () => {
    const script = scripted([ok(user('u1'))], { graphUrl: 'http://127.0.0.1:8080' });
    expect((await faultFrom(read(script))).code).toBe('graph-wrong-origin');
    expect(script.asked).toHaveLength(0);
  });

  test.each(['https://evil.example/v1.0/x', 'http://graph.microsoft.com/v1.0/x', 'https://graph.microsoft.com:8443/x'])(
    'never after a nextLink to %s',
    async (nextLink) => {
      const script = scripted([ok({ value: [], '@odata.nextLink': nextLink })]);
      const fault = await faultFrom(script.entra.people.members('g1'));
      expect(fault.code).toBe('graph-wrong-origin');
      expect(script.asked).toHaveLength(1);
    },
  );

  test('with every request, and a request id', async () => {
    const script = scripted([ok(user('u1'))]);
    await read(script);
    expect(script.asked[0]?.redirect).toBe('manual');
    expect(script.asked[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });
});

describe('pages', () => {
  const page = (id: string, nextLink?: string): Answer =>
    ok({
      value: [{ '@odata.type': '#microsoft.graph.user', ...user(id) }],
      ...(nextLink && { '@odata.nextLink': nextLink }),
    });

  test('a nextLink is taken as it is, not taken apart', async () => {
    const link = 'https://graph.microsoft.com/v1.0/groups/g/transitiveMembers?$skiptoken=a%2Bb&$top=999&$skiptoken=c';
    const script = scripted([page('u1', link), page('u2')]);
    expect((await script.entra.people.members('g')).map(({ id }) => id)).toEqual(['u1', 'u2']);
    expect(script.asked[1]?.url).toBe(link);
  });

  test('a list that goes in a circle is no list', async () => {
    const link = 'https://graph.microsoft.com/v1.0/groups/g/transitiveMembers?$skiptoken=1';
    const script = scripted([page('u1', link)]);
    expect((await faultFrom(script.entra.people.members('g'))).code).toBe('graph-odd-reply');
    expect(script.asked.length).toBeLessThan(5);
  });
});

test('no token, no pass and no body in any log line, fault or its text', async () => {
  const secret = 'S3cr3t-P4ss-canary';
  const scripts = [
    scripted([{ status: 201, body: { ...aPass, temporaryAccessPass: secret } }]),
    scripted([{ status: 201, body: { ...aPass, id: 7, temporaryAccessPass: secret } }]),
    scripted([refusal(400, 'badRequest', `no: ${secret} Bearer ${TOKEN}`)]),
    scripted([{ status: 201, text: `{"temporaryAccessPass":"${secret}"` }]),
  ];
  for (const script of scripts) {
    const outcome: unknown = await make(script).catch((error: unknown) => error);
    const seen = [inspect(outcome, { depth: 9, showHidden: true }), JSON.stringify(outcome), ...script.logged].join(
      '\n',
    );
    expect(seen).not.toContain(secret);
    expect(seen).not.toContain(TOKEN);
    expect(script.logged).toHaveLength(1);
  }
});

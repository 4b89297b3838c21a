import { setTimeout as sleep } from 'node:timers/promises';
import { people } from '.';
import { startRig, type Answer, type Rig } from './graph-client.fixture';

const ada = `/v1.0/users/${people.ada.id}`;
const passes = `${ada}/authentication/temporaryAccessPassMethods`;
let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

const statuses = async (count: number, path = ada): Promise<number[]> => {
  const seen: number[] = [];
  for (let at = 0; at < count; at++) seen.push((await rig.get(path)).status);
  return seen;
};
const alive = (): number => rig.entra.view(people.ada.id).passes.filter((pass) => pass.alive).length;

describe('throttling', () => {
  test('the next calls, with Retry-After', async () => {
    rig.entra.switches.set({ throttle: { path: '^/v1.0/', next: 2, retryAfterSeconds: 7 } });
    const first = await rig.get(ada);
    expect(first).toMatchObject({
      status: 429,
      headers: { 'retry-after': '7' },
      body: { error: { code: 'TooManyRequests' } },
    });
    expect(await statuses(2)).toEqual([429, 200]);
  });

  test('every third call, without Retry-After', async () => {
    rig.entra.switches.set({ throttle: { path: '^/v1.0/', every: 3, retryAfterSeconds: null } });
    expect(await statuses(6)).toEqual([200, 200, 429, 200, 200, 429]);
    rig.entra.switches.set({ throttle: { path: '^/v1.0/', next: 1, retryAfterSeconds: null } });
    expect((await rig.get(ada)).headers['retry-after']).toBeUndefined();
  });

  test('with a Retry-After that is a date of HTTP', async () => {
    rig.entra.switches.set({ throttle: { path: '^/v1.0/', next: 1, retryAfterSeconds: 7, retryAfterAs: 'date' } });
    const busy = { act: 'refuse', status: 503, retryAfterSeconds: 7, retryAfterAs: 'date' } as const;
    rig.entra.switches.fail({ path: '^/v1.0/', then: busy });
    for (const status of [503, 429]) {
      const asked = Date.now();
      const reply = await rig.get(ada);
      const said = reply.headers['retry-after'] ?? '';
      expect([reply.status, said]).toEqual([status, new Date(said).toUTCString()]);
      expect(Date.parse(said) - asked).toBeGreaterThan(6_000);
      expect(Date.parse(said) - asked).toBeLessThan(15_000);
    }
  });

  test('the published limits of an area', async () => {
    let now = Date.now();
    const limited = await startRig({ clock: () => now, switches: { rateLimits: 'documented' } });
    const read = async (): Promise<Answer> => limited.get(passes);
    const first = [];
    for (let at = 0; at < 6; at++) first.push((await read()).status);
    expect(first).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await read()).headers['retry-after']).toBe('10');
    now += 10_000;
    expect((await read()).status).toBe(200);
    await limited.close();
  });
});

describe('faults', () => {
  test('a status, after some calls, for some calls, of one kind of call only', async () => {
    rig.entra.switches.fail({
      method: 'get',
      path: '/users/',
      skip: 1,
      times: 2,
      then: { act: 'refuse', status: 503 },
    });
    expect((await rig.post(passes, {})).status).toBe(201);
    expect(await statuses(4)).toEqual([200, 503, 503, 200]);
  });

  test('a reset before: nothing was done', async () => {
    rig.entra.switches.fail({ method: 'POST', path: 'temporaryAccessPass', then: { act: 'reset' } });
    await expect(rig.post(passes, {})).rejects.toThrow();
    expect([alive(), rig.entra.effects().length]).toEqual([0, 0]);
  });

  test('a lost reply: the pass is there, the caller never heard', async () => {
    rig.entra.switches.fail({ method: 'POST', path: 'temporaryAccessPass', then: { act: 'loseReply' } });
    await expect(rig.post(passes, {})).rejects.toThrow();
    expect(alive()).toBe(1);
    expect(rig.entra.effects()).toEqual([expect.objectContaining({ method: 'POST', status: 201, replied: false })]);
  });

  test('a lost reply that reads as 504', async () => {
    rig.entra.switches.fail({ method: 'POST', path: 'temporaryAccessPass', then: { act: 'loseReply', as: 504 } });
    expect((await rig.post(passes, {})).status).toBe(504);
    expect(alive()).toBe(1);
  });

  test('no answer at all', async () => {
    rig.entra.switches.fail({ method: 'POST', path: 'temporaryAccessPass', then: { act: 'loseReply', as: 'hang' } });
    const call = rig.post(passes, {}).then(
      () => 'answered',
      () => 'cut',
    );
    for (let n = 0; n < 250 && alive() === 0; n += 1) await sleep(20);
    expect(alive()).toBe(1);
    expect(await Promise.race([call, sleep(300, 'silence')])).toBe('silence');
    await rig.entra.close();
    expect(await call).toBe('cut');
  });

  test('a delay', async () => {
    rig.entra.switches.fail({ path: '^/v1.0/', then: { act: 'delay', ms: 200 } });
    const from = Date.now();
    expect((await rig.get(ada)).status).toBe(200);
    expect(Date.now() - from).toBeGreaterThanOrEqual(195);
  });

  test('the token service can fail too', async () => {
    rig.entra.switches.fail({ path: 'oauth2', then: { act: 'refuse', status: 503 } });
    expect((await rig.token()).status).toBe(503);
    expect((await rig.token()).status).toBe(200);
  });

  test('inside a batch one item is throttled, the others are not', async () => {
    rig.entra.switches.fail({ path: '/manager', then: { act: 'refuse', status: 429, retryAfterSeconds: 3 } });
    const url = `/users/${people.ada.id}`;
    const { body } = await rig.post('/v1.0/$batch', {
      requests: [
        { id: '1', method: 'GET', url },
        { id: '2', method: 'GET', url: `${url}/manager` },
      ],
    });
    expect(body.responses).toEqual([
      expect.objectContaining({
        id: '2',
        status: 429,
        headers: { 'Retry-After': '3', 'Content-Type': 'application/json' },
      }),
      expect.objectContaining({ id: '1', status: 200 }),
    ]);
  });
});

test('effects are counted by route', async () => {
  await rig.post(passes, {});
  await rig.post(passes, { lifetimeInMinutes: 1 });
  await rig.get(passes);
  expect(rig.entra.counts()).toEqual({
    'POST /users/{id}/authentication/temporaryAccessPassMethods': { calls: 2, effects: 1 },
    'GET /users/{id}/authentication/temporaryAccessPassMethods': { calls: 1, effects: 0 },
  });
  rig.entra.clearEffects();
  expect([rig.entra.counts(), rig.entra.effects()]).toEqual([{}, []]);
});

test('a wrong switch is refused and changes nothing', () => {
  expect(() => rig.entra.switches.set({ listDelayMs: -1 })).toThrow();
  expect(() => rig.entra.switches.set({ nonsense: 1 } as never)).toThrow();
  expect(rig.entra.switches.get().listDelayMs).toBe(0);
});

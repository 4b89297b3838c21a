import { people } from '../../infra/local/entra/index';
import { type AtStandIn, openAtStandIn } from '../../infra/local/entra/product-client.fixture';

/** Calls whose answers are late, lost or refused for a while. */

jest.setTimeout(30_000);

let at: AtStandIn;
let standIn: AtStandIn['standIn'];
let entra: AtStandIn['entra'];
let slept: AtStandIn['slept'];

beforeEach(async () => {
  at = await openAtStandIn();
  ({ standIn, entra, slept } = at);
});
afterEach(() => at.close());

const { ada } = people;

test.each(['reset', 503, 500] as const)('a pass whose reply is lost (%s) is not asked for twice', async (as) => {
  const path = 'temporaryAccessPassMethods';
  standIn.switches.fail({ method: 'POST', path, then: { act: 'loseReply', as } });
  const create = entra.passes.create(ada.id, {});
  await expect(create).rejects.toMatchObject({ code: 'graph-unreachable', facts: { ambiguous: true, attempts: 1 } });
  expect(await entra.passes.list(ada.id)).toHaveLength(1);
});

test('a hanging Graph: the limit holds', async () => {
  standIn.switches.fail({ method: 'POST', path: 'temporaryAccessPassMethods', then: { act: 'hang' } });
  const create = entra.passes.create(ada.id, {}, { timeoutMs: 300 });
  await expect(create).rejects.toMatchObject({ code: 'graph-timeout', facts: { ambiguous: true } });
});

test('reads and deletes ride out bad weather', async () => {
  const refuse = (status: number, retryAfterSeconds: number | null) =>
    standIn.switches.fail({ path: '/v1.0/', then: { act: 'refuse', status, retryAfterSeconds } });
  refuse(429, 2);
  refuse(503, null);
  standIn.switches.fail({ path: '/v1.0/', then: { act: 'reset' } });
  expect((await entra.people.get(ada.id)).id).toBe(ada.id);
  expect(slept).toHaveLength(3);
  expect(slept[0]).toBeGreaterThanOrEqual(2_000);

  const made = await entra.passes.create(ada.id, {});
  standIn.switches.fail({ method: 'DELETE', then: { act: 'loseReply' } });
  expect(await entra.passes.delete(ada.id, made.id)).toBe('gone');
});

test.each([429, 503])('a %d that names a date is waited for, as one that names seconds is', async (status) => {
  standIn.switches.fail({
    path: '/v1.0/',
    then: { act: 'refuse', status, retryAfterSeconds: 4, retryAfterAs: 'date' },
  });
  expect((await entra.people.get(ada.id)).id).toBe(ada.id);
  expect(slept).toHaveLength(1);
  expect(slept[0]).toBeGreaterThan(3_000);
  expect(slept[0]).toBeLessThan(6_000);
});

test('a date beyond the time that a pass may take is not waited for, and no pass is made', async () => {
  standIn.switches.fail({
    method: 'POST',
    path: 'temporaryAccessPassMethods',
    then: { act: 'refuse', status: 429, retryAfterSeconds: 120, retryAfterAs: 'date' },
  });
  const late = entra.passes.create(ada.id, {}, { timeoutMs: 6_000 });
  await expect(late).rejects.toMatchObject({ code: 'graph-throttled', retry: true });
  expect(slept).toEqual([]);
  expect(standIn.view(ada.id).passes).toHaveLength(0);
});

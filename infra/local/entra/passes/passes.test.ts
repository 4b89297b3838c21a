import { people, groups } from '..';
import { EVERY_PERMISSION, startRig, type Answer, type Rig } from '../graph-client.fixture';

const MINUTE = 60_000;
const passesOf = (who: { id: string }): string => `/v1.0/users/${who.id}/authentication/temporaryAccessPassMethods`;
const POLICY = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass';
const TYPE = '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration';

let rig: Rig;
let now = 0;
beforeEach(async () => {
  now = Date.parse('2026-03-02T09:00:00Z');
  rig = await startRig({
    clock: () => now,
    switches: { grantedPermissions: EVERY_PERMISSION, tokenLifetimeSeconds: 1e6 },
  });
});
afterEach(() => rig.close());

const policy = (changes: object): Promise<Answer> => rig.call('PATCH', POLICY, { '@odata.type': TYPE, ...changes });
const make = (body: object = {}, who: { id: string } = people.ada): Promise<Answer> => rig.post(passesOf(who), body);
const list = async (): Promise<Record<string, unknown>[]> => (await rig.get(passesOf(people.ada))).body.value as never;

test('the value is in the answer that made it and nowhere else', async () => {
  const { status, body } = await make();
  expect(status).toBe(201);
  expect(body).toMatchObject({
    temporaryAccessPass: expect.stringMatching(/^.{8}$/) as unknown,
    lifetimeInMinutes: 60,
    isUsableOnce: false,
    isUsable: true,
    methodUsabilityReason: 'EnabledByPolicy',
    startDateTime: '2026-03-02T09:00:00.000Z',
  });
  expect(await list()).toEqual([expect.objectContaining({ id: body.id, temporaryAccessPass: null })]);
  const one = await rig.get(`${passesOf(people.ada)}/${String(body.id)}`);
  expect(one.body.temporaryAccessPass).toBeNull();
  expect(JSON.stringify(rig.entra.view(people.ada.id))).not.toContain(String(body.temporaryAccessPass));
});

test('there is one per user: another replaces it, and the earlier value is dead', async () => {
  const first = await make();
  const second = await make();
  expect(second.body.id).not.toBe(first.body.id);
  expect((await list()).map((row) => row['id'])).toEqual([second.body.id]);
  expect((await rig.get(`${passesOf(people.ada)}/${String(first.body.id)}`)).status).toBe(404);
  expect(rig.entra.signInWithPass(people.ada.upn, String(first.body.temporaryAccessPass)).ok).toBe(false);
  expect(rig.entra.signInWithPass(people.ada.upn, String(second.body.temporaryAccessPass)).ok).toBe(true);
});

test('deleted: gone, 404 for the second delete', async () => {
  const { body } = await make();
  const path = `${passesOf(people.ada)}/${String(body.id)}`;
  expect((await rig.call('DELETE', path)).status).toBe(204);
  expect((await rig.call('DELETE', path)).status).toBe(404);
  expect(await list()).toEqual([]);
  expect(rig.entra.signInWithPass(people.ada.upn, String(body.temporaryAccessPass)).ok).toBe(false);
});

describe('refusals', () => {
  test.each<[string, object, object, { id: string }, string]>([
    [
      'below the policy’s minimum',
      {},
      { lifetimeInMinutes: 9 },
      people.ada,
      'Invalid LifetimeInMinutes specified. The valid range between 10 and 480.',
    ],
    [
      'above the policy’s maximum',
      {},
      { lifetimeInMinutes: 481 },
      people.ada,
      'Invalid LifetimeInMinutes specified. The valid range between 10 and 480.',
    ],
    [
      'multi-use where the policy says once',
      { isUsableOnce: true },
      { isUsableOnce: false },
      people.ada,
      'isUsableOnce',
    ],
    [
      'the method is off',
      { state: 'disabled' },
      {},
      people.ada,
      'Converged UserCredentialPolicy does not allow creating or updating this authentication method. AuthMethodType [TemporaryAccessPass].',
    ],
    [
      'out of scope',
      { includeTargets: [{ id: groups.helpdesk, targetType: 'group' }] },
      {},
      people.ada,
      'Converged UserCredentialPolicy',
    ],
    [
      'excluded',
      { excludeTargets: [{ id: groups.newcomers, targetType: 'group' }] },
      {},
      people.ada,
      'Converged UserCredentialPolicy',
    ],
    ['an external guest', {}, {}, people.gael, 'Temporary Access Pass cannot be added to an external guest user.'],
    ['a fraction of a minute', {}, { lifetimeInMinutes: 60.5 }, people.ada, 'lifetimeInMinutes'],
    ['a start in the past', {}, { startDateTime: '2026-03-01T00:00:00Z' }, people.ada, 'StartDateTime'],
    ['a start that is no time', {}, { startDateTime: 'tomorrow' }, people.ada, 'startDateTime'],
    ['a value of its own', {}, { temporaryAccessPass: 'letmein' }, people.ada, 'Unrecognized'],
  ])('%s', async (_what, changes, body, who, message) => {
    expect((await policy(changes)).status).toBe(204);
    const answer = await make(body, who);
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'badRequest']);
    expect(answer.body.error?.message).toContain(message);
    expect(answer.body.error?.innerError['message']).toBe(answer.body.error?.message);
    expect(rig.entra.view(who.id).passes).toEqual([]);
  });

  test('an unknown user', async () => {
    expect((await make({}, { id: 'nobody@nowhere.example' })).body.error?.code).toBe('Request_ResourceNotFound');
  });
});

test('length, lifetime and one-time come from the policy where they are not asked for', async () => {
  await policy({ defaultLength: 20, defaultLifetimeInMinutes: 120, isUsableOnce: true });
  const { body } = await make();
  expect(body).toMatchObject({
    temporaryAccessPass: expect.stringMatching(/^.{20}$/) as unknown,
    lifetimeInMinutes: 120,
    isUsableOnce: true,
  });
});

test('states: not yet valid, enabled, used once, expired, disabled by policy', async () => {
  const { body } = await make({ startDateTime: '2026-03-02T10:00:00Z', lifetimeInMinutes: 30, isUsableOnce: true });
  const state = async (): Promise<unknown[]> => {
    const [row] = await list();
    return [row?.['methodUsabilityReason'], row?.['isUsable']];
  };
  const value = String(body.temporaryAccessPass);
  expect(await state()).toEqual(['NotYetValid', false]);
  expect(rig.entra.signInWithPass(people.ada.upn, value)).toMatchObject({ ok: false, failure: 'passExpired' });
  now += 60 * MINUTE;
  expect(await state()).toEqual(['EnabledByPolicy', true]);
  expect(rig.entra.signInWithPass(people.ada.upn, value).ok).toBe(true);
  expect(await state()).toEqual(['OneTimeUsed', false]);
  expect(rig.entra.signInWithPass(people.ada.upn, value)).toMatchObject({ ok: false, failure: 'passBlocked' });
  now += 30 * MINUTE;
  expect(await state()).toEqual(['Expired', false]);
  await policy({ state: 'disabled' });
  expect(await state()).toEqual(['DisabledByPolicy', false]);
});

test('a changed policy and a new membership count only after they spread; what is read is what was written', async () => {
  rig.entra.switches.set({ policyPropagationMs: 10 * MINUTE });
  await policy({ includeTargets: [{ id: groups.helpdesk, targetType: 'group' }] });
  expect((await rig.get(POLICY)).body.includeTargets).toEqual([expect.objectContaining({ id: groups.helpdesk })]);
  expect((await make()).status).toBe(201);
  now += 10 * MINUTE;
  expect((await make()).status).toBe(400);
  rig.entra.edit({ user: people.ada.id, addToGroups: [groups.helpdesk] });
  expect((await make()).status).toBe(400);
  now += 10 * MINUTE;
  expect((await make()).status).toBe(201);
});

test('lists lag behind a create and behind a delete', async () => {
  rig.entra.switches.set({ listDelayMs: MINUTE });
  const { body } = await make();
  expect(await list()).toEqual([]);
  now += MINUTE;
  expect(await list()).toHaveLength(1);
  await rig.call('DELETE', `${passesOf(people.ada)}/${String(body.id)}`);
  expect(await list()).toHaveLength(1);
  now += MINUTE;
  expect(await list()).toEqual([]);
});

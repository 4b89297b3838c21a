import { run } from '../../agent/service/job-run.fixture';
import { lockForEver, lockUntilReplug } from '../../infra/local/play/lock-key';
import {
  approved,
  begin,
  diagnosed,
  end,
  erased,
  left,
  LOCKED,
  type LockedKey,
  registered,
  setClock,
  stationOf,
  withKey,
} from '../../infra/local/play/locked-key.fixture';
import { jobNumberOf } from './details';
import { WHO } from './testing/world';

let at: LockedKey;
beforeEach(async () => {
  at = await begin();
});
afterEach(() => end(at));

test('locked for ever: looked at, approved, erased, exactly its passkey gone, registered anew', async () => {
  const old = await withKey(at);
  await lockForEver(at.key);
  const { id, outcome } = await at.world.ask('ada', LOCKED);
  expect(outcome.refusal).toBeUndefined();
  expect(at.world.messenger.latest(WHO.bob, 'approval')?.details.view.id).not.toBe(id);
  await diagnosed(at, id);
  expect(at.world.ticket(id).diagnosis).toMatchObject({ verdict: 'blocked-for-ever', matchedBy: 'silent' });
  expect(at.world.messenger.latest(WHO.bob, 'approval')?.details.view).toMatchObject({
    diagnosis: { verdict: 'blocked-for-ever' },
    removals: [{ passkey: { methodId: old } }],
  });
  await approved(at, id);
  expect(left(at)).toContain(old);
  await erased(at, id);
  expect(left(at)).not.toContain(old);
  expect(left(at)).toHaveLength(1);
  expect(at.world.entra.calls).not.toContain('sessions.revoke');
  const { settled } = await registered(at, id);
  expect(settled).toMatchObject([{ state: 'registered' }]);
  expect(at.world.ticket(id)).toMatchObject({ status: 'done', reset: { state: 'erased' } });
  expect(left(at)).toHaveLength(2);
  expect(at.results.map(({ outcome: came }) => came)).toEqual(['made', 'inspected', 'erased', 'made']);
  expect(await at.world.store.verifyAudit(id)).toEqual([]);
});

describe('the look', () => {
  test('only wants to be unplugged: nobody is asked, nothing is written, and it is closed', async () => {
    const old = await withKey(at);
    await lockUntilReplug(at.key);
    const { id } = await at.world.ask('ada', LOCKED);
    const { settled } = await diagnosed(at, id);
    expect(settled).toMatchObject([{ state: 'done' }]);
    expect(at.world.ticket(id).diagnosis).toMatchObject({ verdict: 'blocked-until-replug', pin: { retriesLeft: 5 } });
    expect(at.world.messenger.latest(WHO.bob, 'approval')?.details.view.id).not.toBe(id);
    await at.world.press('ada', id, 'not-needed');
    expect(at.world.ticket(id).status).toBe('cancelled');
    expect(left(at)).toContain(old);
  });

  test('forgotten: it goes on, and the PIN is not tried', async () => {
    await withKey(at);
    const { id } = await at.world.ask('ada', LOCKED);
    await diagnosed(at, id);
    expect(at.world.ticket(id).diagnosis).toMatchObject({ verdict: 'tries-left', pin: { retriesLeft: 8 } });
    await at.world.press('ada', id, 'forgotten');
    await at.world.rest();
    expect((await at.world.view('bob', id)).can).toContain('approve');
  });

  test('a key that tells nothing: its person picks, and a word that is not on the list counts for nothing', async () => {
    await withKey(at);
    at.world.entra.passkeys.set(WHO.ada, [...(at.world.entra.passkeys.get(WHO.ada) ?? [])].slice(1));
    await lockForEver(at.key);
    const { id } = await at.world.ask('ada', LOCKED);
    await diagnosed(at, id);
    expect((await at.world.press('ada', id, 'pick-passkey', { passkey: 'of-another' })).refusal?.code).toBe(
      'passkey-not-there',
    );
    const [red] = left(at);
    await at.world.press('ada', id, 'pick-passkey', { passkey: red! });
    expect(at.world.ticket(id)).toMatchObject({
      diagnosis: { matchedBy: 'person' },
      removals: [{ passkey: { methodId: red } }],
    });
  });

  test.each<[string, () => void, string]>([
    ['was promoted', () => at.world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    ['was switched off', () => (at.world.entra.people.get(WHO.ada)!.accountEnabled = false), 'subject-disabled'],
  ])('is not begun for somebody who %s since', async (_, change, code) => {
    await withKey(at);
    const { id } = await at.world.ask('ada', LOCKED);
    await at.world.press('ada', id, 'diagnose');
    await at.world.rest();
    change();
    const number = jobNumberOf(at.world.deps, at.world.ticket(id).job!.id);
    const { settled } = await run(at.station, at.key, { script: { answers: [number] } });
    expect(settled).toMatchObject([{ state: 'failed', code }]);
    expect(at.world.ticket(id).diagnosis).toBeUndefined();
  });

  test('a wrong number ends it, and another may be started', async () => {
    await withKey(at);
    const { id } = await at.world.ask('ada', LOCKED);
    await at.world.press('ada', id, 'diagnose');
    await at.world.rest();
    const wrong = jobNumberOf(at.world.deps, at.world.ticket(id).job!.id) === '11' ? '12' : '11';
    await run(at.station, at.key, { script: { answers: [wrong] } });
    expect(at.world.ticket(id).job).toMatchObject({ state: 'failed', code: 'number-wrong' });
    await diagnosed(at, id);
    expect(at.world.ticket(id).diagnosis).toBeDefined();
  });

  test('a model that may not come back is not erased', async () => {
    await withKey(at);
    await lockForEver(at.key);
    at.world.entra.fido2.keyRestrictions = { isEnforced: true, enforcementType: 'allow', aaguids: ['x'] };
    const { id } = await at.world.ask('ada', LOCKED);
    await diagnosed(at, id);
    expect(at.world.ticket(id).diagnosis).toMatchObject({ modelAllowed: false });
    expect((await at.world.view('ada', id)).can).toContain('not-needed');
  });
});

test('a key that hides its passkey, picked by hand: erased by the word of its person, as it was', async () => {
  const { creationOptions } = at.world.deps.entra.passkeys;
  at.world.deps.entra.passkeys.creationOptions = async (...given) => {
    const { publicKey, ...options } = await creationOptions(...given);
    return {
      ...options,
      publicKey: { ...publicKey, extensions: { credentialProtectionPolicy: 'userVerificationRequired' } },
    };
  };
  const old = await withKey(at);
  await lockForEver(at.key);
  const { id } = await at.world.ask('ada', LOCKED);
  await diagnosed(at, id);
  expect(at.world.ticket(id).diagnosis?.matchedBy).toBeUndefined();
  await at.world.press('ada', id, 'pick-passkey', { passkey: old });
  await approved(at, id);
  // Are you sure: yes.
  const { prompts } = await erased(at, id, 'ada', { answers: ['ERASE'], confirms: [true, false] });
  expect(prompts.log.join('\n')).toContain('a key that shows one, or is of another model, is refused.');
  expect(at.world.ticket(id)).toMatchObject({ reset: { state: 'erased' }, removals: [{ state: 'removed' }] });
  expect(left(at)).not.toContain(old);
});

test('on behalf: the hander looks, erases and registers at the desk; the manager’s manager approves', async () => {
  const old = await withKey(at);
  await lockForEver(at.key);
  const desk = await at.world.addWorkstation('helen', { id: 'ws-desk', kind: 'desk', name: 'Helpdesk' });
  const { id, outcome } = await at.world.ask('bob', { ...LOCKED, subject: WHO.ada, hander: WHO.hugo, desk: desk.id });
  expect(outcome.refusal).toBeUndefined();
  at.station = await stationOf(at.world, desk, at.results);
  await diagnosed(at, id, 'hugo');
  await at.world.pass(8 * 3600);
  setClock(at);
  await approved(at, id, 'hugo', 'carol');
  expect(at.world.ticket(id).approvedFor).toMatchObject([{ id: 'ws-desk' }]);
  await erased(at, id, 'hugo');
  await registered(at, id, 'hugo');
  expect(at.world.ticket(id).status).toBe('done');
  expect(left(at)).not.toContain(old);
  expect(left(at)).toHaveLength(2);
});

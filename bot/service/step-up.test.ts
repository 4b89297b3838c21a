import { decodeJwt } from 'jose';
import { approverKey } from '../../agent/protocol/approval.fixture';
import { type Fault } from '../../agent/protocol/fault';
import { type Job } from '../../agent/protocol/job';
import { type ResultRequest } from '../../agent/protocol/messages';
import { bobSigns, closeAll, PIN, register, RULES, type Setting, setUp } from '../../infra/local/play/signing.fixture';
import { jobsFor } from './jobs';
import { createWorld, WHO } from './testing/world';
import { jobState } from './workstation-jobs';

afterEach(closeAll);

const stepUp = ({ world, id }: Setting) => world.ticket(id).stepUps?.[0];

test("the approver's own key approves, the signature travels in the job, and the subject's agent checks it", async () => {
  const at = await setUp();
  const { world, ada, id } = at;
  const pressed = await world.press('bob', id, 'approve', { how: 'in-person' });
  expect(pressed.vouchCode).toBeUndefined();
  expect(pressed.details?.view).toMatchObject({ status: 'waiting', stepUp: { mine: { state: 'offered' } } });
  expect(pressed.details?.jobNumber).toMatch(/^\d\d$/);
  await world.rest();
  expect(world.messenger.latest('bob' in WHO ? WHO.bob : '', 'approval')?.details.jobNumber).toBe(
    pressed.details?.jobNumber,
  );

  const signed = await at.bob.run({ pins: [PIN], answers: [pressed.details!.jobNumber!] });
  expect(signed.settled).toMatchObject([{ state: 'done' }]);
  expect(signed.log).toContain('Sign your approval for Ada (ada@contoso.example): they get one more way to sign in');
  expect(world.ticket(id)).toMatchObject({
    status: 'approved',
    approvals: [{ by: { id: WHO.bob }, how: 'in-person' }],
  });

  const { vouchCode } = await world.press('bob', id, 'show-vouch-code');
  const made = await register(world, 'ada', ada, id, vouchCode!.reveal(), [PIN, PIN]);
  expect(made.settled).toMatchObject([{ state: 'registered' }]);
  expect(made.log).toContain('approved by Bob with their security key');
  const job: Job = decodeJwt(ada.seen.jobs.at(-1)!);
  expect(job).toMatchObject({
    act: 'register',
    stepUp: true,
    approvals: [{ statement: { approver: { id: WHO.bob } } }],
  });
  expect(Object.keys((await ada.pairings.read()).pairing?.approvers ?? {})).toEqual([WHO.bob]);
  expect(world.ticket(id).status).toBe('done');
  expect(await world.store.verifyAudit(id)).toEqual([]);
}, 60_000);

describe('what the workstation sends is no approval where', () => {
  const changed =
    (part: 'authenticatorData' | 'signature', change: (bytes: Buffer) => void) => (result: ResultRequest) => {
      if (result.outcome !== 'approved') return result;
      const bytes = Buffer.from(result[part], 'base64url');
      change(bytes);
      return { ...result, [part]: bytes.toString('base64url') };
    };
  test.each<[string, (at: Setting) => ((result: ResultRequest) => ResultRequest) | void, string]>([
    [
      'a bit of the signature is another',
      () => changed('signature', (bytes) => void (bytes[20]! ^= 1)),
      'approval-not-signed',
    ],
    [
      'the flag of the touch is off',
      () => changed('authenticatorData', (bytes) => void (bytes[32] = 4)),
      'approval-not-signed',
    ],
    [
      'the flag of the PIN is off',
      () => changed('authenticatorData', (bytes) => void (bytes[32] = 1)),
      'approval-not-signed',
    ],
    [
      'another key has signed, under the name of his',
      (at) => (result) => {
        if (result.outcome !== 'approved') return result;
        const { authenticatorData, signature } = approverKey().sign(stepUp(at)!.statement, { signCount: 99 });
        return { ...result, authenticatorData, signature };
      },
      'approval-not-signed',
    ],
    [
      'the passkey is gone from Entra at that moment',
      ({ world }) => void world.entra.passkeys.set(WHO.bob, []),
      'approval-key-unknown',
    ],
    [
      'it is signed with a passkey that was not asked',
      () => (result) => ({ ...result, ...(result.outcome === 'approved' && { credentialId: 'AAAA' }) }),
      'result-odd',
    ],
    ['Bob is no longer her manager', ({ world }) => void world.entra.managers.set(WHO.ada, WHO.carol), 'not-in-rule'],
    ['she has become an administrator', ({ world }) => void world.entra.privileged.add(WHO.ada), 'subject-privileged'],
  ])(
    '%s',
    async (_, spoil, code) => {
      const at = await setUp();
      const { world, bob, id } = at;
      bob.spoil.result = (result) => spoil(at)?.(result) ?? result;
      const { settled } = await bobSigns(at);
      expect(settled).toMatchObject([{ state: 'failed' }]);
      expect(world.ticket(id)).toMatchObject({
        status: 'waiting',
        approvals: [],
        stepUps: [{ state: 'failed', code }],
      });
    },
    60_000,
  );

  test('the counter of the key went back', async () => {
    const at = await setUp();
    const [known] = await at.world.deps.passkeys.ofPerson(WHO.bob);
    await at.world.deps.passkeys.put({ ...known!.value, signCount: 10_000 }, known!.etag);
    await bobSigns(at);
    expect(stepUp(at)).toMatchObject({ state: 'failed', code: 'approval-key-copied' });
  }, 60_000);

  test('it was made for another ticket', async () => {
    const at = await setUp();
    const { world, bob } = at;
    await bobSigns(at);
    const signed = bob.seen.results.at(-1)!;
    const { id } = await world.ask('ada', { flow: 'pass', reason: 'My phone is broken' });
    bob.spoil.result = ({ jobDigest }) => ({ ...signed, jobDigest });
    await bobSigns({ ...at, id });
    expect(world.ticket(id)).toMatchObject({ status: 'waiting', stepUps: [{ code: 'approval-not-signed' }] });
  }, 60_000);
});

test('the counter of the key is remembered', async () => {
  const at = await setUp();
  const before = (await at.world.deps.passkeys.ofPerson(WHO.bob))[0]!.value.signCount;
  await bobSigns(at);
  expect((await at.world.deps.passkeys.ofPerson(WHO.bob))[0]!.value.signCount).toBeGreaterThan(before);
}, 60_000);

test('a wrong number ends it, and nothing is asked of the key', async () => {
  const at = await setUp();
  const { details } = await at.world.press('bob', at.id, 'approve', { how: 'video' });
  await at.world.rest();
  const wrong = String((Number(details!.jobNumber) + 1) % 100).padStart(2, '0');
  const { settled } = await at.bob.run({ pins: [PIN], answers: [wrong] });
  expect(settled).toMatchObject([{ state: 'failed', code: 'number-wrong' }]);
  expect(stepUp(at)).toMatchObject({ state: 'failed', code: 'number-wrong' });
}, 60_000);

test('where the pass way is taken the service checks the signature by itself, before each effect', async () => {
  const at = await setUp();
  const { world, id } = at;
  await bobSigns(at);
  const { vouchCode } = await world.press('bob', id, 'show-vouch-code');
  await world.press('ada', id, 'choose-pass');
  await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
  expect((await world.press('ada', id, 'prepare-show')).refusal).toBeUndefined();
  // Whoever could write the tables, and even had the seal, cannot put another signature in.
  world.store.tamper(id, (ticket) => {
    const [approval] = ticket.approvals;
    const proof = approverKey().sign(approval!.proof!.statement);
    return { ...ticket, approvals: [{ ...approval!, proof }] };
  });
  const shown = await world.press('ada', id, 'show').catch((error: unknown) => (error as Fault).code);
  expect(shown).toBe('signature-bad');
  expect(world.entra.passes.size).toBe(0);
}, 60_000);

test("a pass is shown on the approver's signature", async () => {
  const at = await setUp();
  const { world, id } = at;
  await bobSigns(at);
  const { vouchCode } = await world.press('bob', id, 'show-vouch-code');
  await world.press('ada', id, 'choose-pass');
  await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
  await world.press('ada', id, 'prepare-show');
  expect((await world.press('ada', id, 'show')).pass?.text.reveal()).toContain('CANARY-PASS');
}, 60_000);

describe('an approver is told at once', () => {
  test('without a key that came through Keyvouch', async () => {
    const world = await createWorld({ settings: { KEYVOUCH_RULES: RULES } });
    world.addPasskey('bob', 'bought-elsewhere');
    world.addPasskey('ada', 'adas-old-key');
    await world.addWorkstation('bob');
    const { id } = await world.ask('ada', { flow: 'spare-key', reason: 'A second key, please' });
    expect(await world.press('bob', id, 'approve', { how: 'video' })).toMatchObject({
      refusal: { code: 'step-up-no-key' },
    });
    expect(world.kinds(id)).toEqual(['opened']);
  });

  test('with several workstations, until one is chosen; and without any', async () => {
    const at = await setUp();
    const { world, id, bob } = at;
    await world.addWorkstation('bob', { id: 'ws-bob-2', name: 'Second' });
    const refused = await world.press('bob', id, 'approve', { how: 'video' });
    expect(refused.refusal?.code).toBe('step-up-choose-workstation');
    await world.press('bob', id, 'approve', { how: 'video', workstation: 'ws-bob-2' });
    expect(stepUp(at)?.workstation.name).toBe('Second');
    // Not at that one after all: the same button, another workstation, and how he recognised her is still known.
    const { details } = await world.press('bob', id, 'approve', { workstation: 'ws-bob' });
    expect(details?.view.stepUp?.mine?.workstation.id).toBe('ws-bob');
    expect(stepUp(at)?.how).toBe('video');
    await world.rest();
    expect(await jobsFor(world.deps, { ...bob.record, id: 'ws-bob-2' })).toMatchObject({ jobs: [] });
    for (const ws of ['ws-bob', 'ws-bob-2']) {
      const found = await world.deps.workstations.get(ws);
      await world.deps.workstations.put({ ...found!.value, state: 'removed' }, found!.etag);
    }
    const none = await world.press('bob', id, 'approve', { how: 'video' });
    expect(none.refusal?.code).toBe('step-up-no-workstation');
  }, 60_000);
});

test('his workstation looks out for jobs while something waits for him', async () => {
  const { world, bob } = await setUp();
  expect(await jobsFor(world.deps, bob.record)).toMatchObject({ askAgainIn: 5 });
}, 60_000);

test('where step-up is on and the ticket is over meanwhile, no job is given to the workstation', async () => {
  const at = await setUp();
  const { world, bob, id } = at;
  await world.press('bob', id, 'approve', { how: 'video' });
  await world.rest();
  expect((await jobsFor(world.deps, bob.record)).jobs).toHaveLength(1);
  await world.press('ada', id, 'cancel');
  expect((await jobsFor(world.deps, bob.record)).jobs).toEqual([]);
  expect(await jobState(world.deps, bob.record, stepUp(at)!.job)).toMatchObject({ state: 'failed', code: 'cancelled' });
}, 60_000);

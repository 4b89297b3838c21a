import {
  makeMaker,
  type Maker,
  softwareKey,
  type Spoils,
} from '../../infra/local/entra/software-authenticator.fixture';
import { type Fault } from '../../agent/protocol/fault';
import { jobsFor, jobState, startJob, takeResult } from './jobs';
import { type WorkstationRecord } from './ports';
import { type AtWorkstation, atWorkstation, type RegisterKey } from './testing/at-workstation';
import { createWorld, WHO, type World } from './testing/world';

let maker: Maker;
beforeAll(async () => {
  maker = await makeMaker();
});

const key =
  (spoils: Spoils = {}): RegisterKey =>
  (clientDataJSON) =>
    softwareKey(maker, { attestation: 'none', ...spoils }).register({
      clientDataJSON,
      user: { id: Buffer.from('u') },
    } as never);

let world: World;
let id: string;
let workstation: WorkstationRecord;
let at: AtWorkstation;
beforeEach(async () => {
  world = await createWorld();
  await setUp();
});
afterEach(() => world.rest());

async function setUp() {
  at = await atWorkstation(world, key());
  ({ id, workstation } = at);
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error as Fault).code,
  );
const job = () => world.ticket(id).job;
const registered = () => world.entra.passkeys.get(WHO.ada) ?? [];

describe('a job', () => {
  test('is signed, names who asked and who approved, and carries no challenge', async () => {
    const { jws, jobId } = await at.offered();
    const claims = await world.deps.keys.verify('keyvouch-job+jwt', jws);
    expect(claims).toMatchObject({
      jti: jobId,
      aud: 'ws-ada',
      act: 'register',
      requestedBy: 'Ada',
      approvedBy: ['Bob'],
    });
    expect(JSON.stringify(claims)).not.toContain('challenge');
  });

  test('ends in a passkey that Entra lists, and everybody is told', async () => {
    const { jobId } = await at.brought();
    expect(await jobState(world.deps, workstation, jobId)).toEqual({ state: 'registered', removeCredential: false });
    expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { model: 'YubiKey 5 Series' } });
    expect(registered()).toHaveLength(1);
    expect(world.messenger.latest(WHO.bob, 'approval')?.details.view.status).toBe('done');
    expect(await jobsFor(world.deps, workstation)).toMatchObject({ jobs: [], askAgainIn: 60 });
  });

  test('needs the number from the chat: one try, and the job is over', async () => {
    const { jobId, number } = await at.offered();
    const wrong = number === '00' ? '01' : '00';
    expect(await codeOf(startJob(world.deps, workstation, jobId, wrong))).toBe('number-wrong');
    expect(await codeOf(startJob(world.deps, workstation, jobId, number))).toBe('job-over');
    expect(job()).toMatchObject({ state: 'failed', code: 'number-wrong', orphan: false });
    expect((await world.view('ada', id)).can).toContain('start-job');
  });

  test('is not another workstation’s', async () => {
    const { jobId, number } = await at.offered();
    const stranger = await world.addWorkstation('mallory');
    expect(await codeOf(startJob(world.deps, stranger, jobId, number))).toBe('job-unknown');
    expect((await jobsFor(world.deps, stranger)).jobs).toEqual([]);
  });

  test('waits ten minutes for its workstation; then another can be started', async () => {
    const first = await at.offered();
    expect((await world.press('ada', id, 'start-job')).refusal?.code).toBe('job-runs');
    await world.pass(600);
    expect(job()).toMatchObject({ state: 'failed', code: 'job-lapsed' });
    expect((await at.offered()).jobId).not.toBe(first.jobId);
    expect(await jobState(world.deps, workstation, first.jobId)).toMatchObject({
      state: 'failed',
      removeCredential: false,
    });
  });

  test('that has started is not replaced while its challenge lives: the key may be writing', async () => {
    const { jobId, number } = await at.offered();
    world.wait(599);
    await startJob(world.deps, workstation, jobId, number);
    world.wait(60);
    expect((await world.press('ada', id, 'start-job')).refusal?.code).toBe('job-runs');
    await world.pass(7 * 60);
    expect(job()).toMatchObject({ state: 'failed', code: 'job-lapsed', orphan: true });
  });

  test('that another has replaced says so, and that what it made is to be removed', async () => {
    const { jobId, challenge, jobDigest } = await at.started();
    await world.pass(8 * 60);
    await at.offered();
    const late = await at.made(challenge, jobDigest);
    expect(await codeOf(takeResult(world.deps, workstation, jobId, late))).toBe('job-unknown');
    expect(await jobState(world.deps, workstation, jobId)).toMatchObject({ state: 'failed', removeCredential: true });
  });

  test('to register that is answered with the result of another act is over', async () => {
    const { jobId, jobDigest } = await at.started();
    const aaguid = '00000000-0000-0000-0000-000000000000';
    const matched: string[] = [];
    const odd = { outcome: 'erased', erased: true, matched, matchedBy: 'person', aaguid, jobDigest } as const;
    expect(await codeOf(takeResult(world.deps, workstation, jobId, odd))).toBe('result-odd');
    expect(job()).toMatchObject({ state: 'failed', code: 'result-odd' });
    expect(registered()).toEqual([]);
  });

  test.each(['offered', 'started'] as const)(
    'of a ticket cancelled while it is %s is given to nobody',
    async (state) => {
      const { jobId } = state === 'started' ? await at.started() : await at.offered();
      await world.press('helen', id, 'cancel');
      await world.rest();
      expect((await jobsFor(world.deps, workstation)).jobs).toEqual([]);
      expect(await jobState(world.deps, workstation, jobId)).toEqual({
        state: 'failed',
        code: 'cancelled',
        removeCredential: state === 'started',
      });
    },
  );

  test('whose ticket is cancelled while the key writes: refused, and the credential is to be removed', async () => {
    const { jobId, challenge, jobDigest } = await at.started();
    await world.press('helen', id, 'cancel');
    expect(await codeOf(takeResult(world.deps, workstation, jobId, await at.made(challenge, jobDigest)))).toBe(
      'cancelled',
    );
    expect(await jobState(world.deps, workstation, jobId)).toMatchObject({ state: 'failed', removeCredential: true });
    expect(registered()).toEqual([]);
  });

  test('that failed at the workstation says why, and can be started again', async () => {
    const { jobId, jobDigest } = await at.started();
    const failed = { outcome: 'failed', jobDigest, code: 'key-pin-blocked', orphan: false } as const;
    expect(await takeResult(world.deps, workstation, jobId, failed)).toEqual({
      state: 'failed',
      code: 'key-pin-blocked',
      removeCredential: false,
    });
    await world.rest();
    expect(world.messenger.latest(WHO.ada, 'progress')?.details.view.job?.code).toBe('key-pin-blocked');
    expect((await world.view('ada', id)).can).toEqual(expect.arrayContaining(['start-job', 'choose-pass']));
  });

  test('with a failure sent after the key was accepted stays accepted', async () => {
    world.entra.lagMs = 60_000;
    const { jobId, result } = await at.brought();
    const { jobDigest } = result;
    await takeResult(world.deps, workstation, jobId, { outcome: 'failed', jobDigest, code: 'key-gone', orphan: true });
    expect(job()?.state).toBe('made');
    await world.pass(120);
    expect(world.ticket(id).status).toBe('done');
  });

  test('cannot be cancelled between the key’s answer and Entra’s', async () => {
    world.entra.lagMs = 60_000;
    await at.brought();
    expect((await world.press('helen', id, 'cancel')).refusal?.code).toBe('too-late-to-cancel');
    expect((await world.view('helen', id)).can).not.toContain('cancel');
  });
});

describe('the start of a job is refused where, in between,', () => {
  test.each<[string, () => void, string]>([
    ['the subject is promoted', () => world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    ['the approver is gone from the rule', () => world.entra.managers.clear(), 'flow-stopped'],
  ])('%s', async (_, change, code) => {
    const { jobId, number } = await at.offered();
    change();
    expect(await codeOf(startJob(world.deps, workstation, jobId, number))).toBe(code);
    expect((await world.press('ada', id, 'start-job')).refusal?.code).toBe('job-runs');
    await world.pass(600);
    expect((await world.press('ada', id, 'start-job')).refusal?.code).toBe(code);
  });

  test('the approval is over', async () => {
    const { jobId, number } = await at.offered();
    world.wait(73 * 3600);
    expect(await codeOf(startJob(world.deps, workstation, jobId, number))).toBe('job-over');
  });
});

test('a job that cannot be given out is parked, and given out when the helpdesk has mended the reason', async () => {
  world = await createWorld({
    after: ({ events }) => {
      if (events[0]?.kind === 'job-offered') world.entra.managers.delete(WHO.ada);
    },
  });
  await setUp();
  await world.press('ada', id, 'start-job');
  await world.rest();
  expect(world.ticket(id).parked).toMatchObject({ step: 'register', code: 'flow-stopped' });
  expect((await jobsFor(world.deps, workstation)).jobs).toEqual([]);
  world.entra.managers.set(WHO.ada, WHO.bob);
  await world.press('helen', id, 'take-over');
  await world.press('helen', id, 'retry');
  await world.rest();
  expect(world.ticket(id).parked).toBeUndefined();
  expect((await jobsFor(world.deps, workstation)).jobs).toHaveLength(1);
});

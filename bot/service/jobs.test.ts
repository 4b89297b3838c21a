import { createHash } from 'node:crypto';
import {
  makeMaker,
  type Maker,
  softwareKey,
  type Spoils,
} from '../../infra/local/entra/software-authenticator.fixture';
import { type ResultRequest } from '../../agent/protocol/messages';
import { type Fault } from '../../agent/protocol/fault';
import { jobsFor, jobState, startJob, takeResult } from './jobs';
import { type WorkstationRecord } from './ports';
import { refusedBy, unclear } from './testing/scripted-entra';
import { createWorld, vouched, WHO, type World } from './testing/world';

let maker: Maker;
beforeAll(async () => {
  maker = await makeMaker();
});

let world: World;
let id: string;
let workstation: WorkstationRecord;
beforeEach(async () => {
  world = await createWorld();
  await setUp();
});
afterEach(() => world.rest());

async function setUp() {
  workstation = await world.addWorkstation('ada');
  id = await vouched(world, 'choose-workstation');
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error as Fault).code,
  );
const job = () => world.ticket(id).job;

/** The person presses Start, and the workstation fetches the job. */
async function offered() {
  const { refusal, details } = await world.press('ada', id, 'start-job');
  expect(refusal).toBeUndefined();
  await world.rest();
  const { jobs } = await jobsFor(world.deps, workstation);
  const jws = jobs[0]!;
  return { jws, jobId: job()!.id, number: details!.jobNumber!, jobDigest: sha256(jws) };
}

async function started() {
  const one = await offered();
  const { options } = await startJob(world.deps, workstation, one.jobId, one.number);
  return { ...one, challenge: String(options['challenge']) };
}

/** What a key makes of a challenge. */
async function made(challenge: string, jobDigest: string, spoils: Spoils = {}): Promise<ResultRequest> {
  const client = { type: 'webauthn.create', challenge, origin: 'https://login.microsoft.com', crossOrigin: false };
  const clientDataJSON = Buffer.from(JSON.stringify(client));
  const key = softwareKey(maker, { attestation: 'none', ...spoils });
  const { credentialId, attestationObject } = await key.register({
    clientDataJSON,
    user: { id: Buffer.from('u') },
  } as never);
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  return {
    outcome: 'made',
    jobDigest,
    credentialId: text(credentialId),
    clientDataJSON: text(clientDataJSON),
    attestationObject: text(attestationObject),
    transports: ['usb'],
  };
}

async function brought(): Promise<{ jobId: string; result: ResultRequest }> {
  const { jobId, challenge, jobDigest } = await started();
  const result = await made(challenge, jobDigest);
  await takeResult(world.deps, workstation, jobId, result);
  await world.rest();
  return { jobId, result };
}

const registered = () => world.entra.passkeys.get(WHO.ada) ?? [];

describe('a job', () => {
  test('is signed, names who asked and who approved, and carries no challenge', async () => {
    const { jws, jobId } = await offered();
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
    const { jobId } = await brought();
    expect(await jobState(world.deps, workstation, jobId)).toEqual({ state: 'registered', removeCredential: false });
    expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { model: 'YubiKey 5 Series' } });
    expect(registered()).toHaveLength(1);
    expect(world.messenger.latest(WHO.bob, 'approval')?.details.view.status).toBe('done');
    expect(await jobsFor(world.deps, workstation)).toMatchObject({ jobs: [], askAgainIn: 60 });
  });

  test('needs the number from the chat: one try, and the job is over', async () => {
    const { jobId, number } = await offered();
    const wrong = number === '00' ? '01' : '00';
    expect(await codeOf(startJob(world.deps, workstation, jobId, wrong))).toBe('number-wrong');
    expect(await codeOf(startJob(world.deps, workstation, jobId, number))).toBe('job-over');
    expect(job()).toMatchObject({ state: 'failed', code: 'number-wrong', orphan: false });
    expect((await world.view('ada', id)).can).toContain('start-job');
  });

  test('is not another workstation’s', async () => {
    const { jobId, number } = await offered();
    const stranger = await world.addWorkstation('mallory');
    expect(await codeOf(startJob(world.deps, stranger, jobId, number))).toBe('job-unknown');
    expect((await jobsFor(world.deps, stranger)).jobs).toEqual([]);
  });

  test('waits ten minutes for its workstation; then another can be started', async () => {
    const first = await offered();
    expect((await world.press('ada', id, 'start-job')).refusal?.code).toBe('job-runs');
    await world.pass(600);
    expect(job()).toMatchObject({ state: 'failed', code: 'job-lapsed' });
    expect((await offered()).jobId).not.toBe(first.jobId);
    expect(await jobState(world.deps, workstation, first.jobId)).toMatchObject({
      state: 'failed',
      removeCredential: false,
    });
  });

  test('that has started is not replaced while its challenge lives: the key may be writing', async () => {
    const { jobId, number } = await offered();
    world.wait(599);
    await startJob(world.deps, workstation, jobId, number);
    world.wait(60);
    expect((await world.press('ada', id, 'start-job')).refusal?.code).toBe('job-runs');
    await world.pass(7 * 60);
    expect(job()).toMatchObject({ state: 'failed', code: 'job-lapsed', orphan: true });
  });

  test('that another has replaced says so, and that what it made is to be removed', async () => {
    const { jobId, challenge, jobDigest } = await started();
    await world.pass(8 * 60);
    await offered();
    const late = await made(challenge, jobDigest);
    expect(await codeOf(takeResult(world.deps, workstation, jobId, late))).toBe('job-unknown');
    expect(await jobState(world.deps, workstation, jobId)).toMatchObject({ state: 'failed', removeCredential: true });
  });

  test.each(['offered', 'started'] as const)(
    'of a ticket cancelled while it is %s is given to nobody',
    async (state) => {
      const { jobId } = state === 'started' ? await started() : await offered();
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
    const { jobId, challenge, jobDigest } = await started();
    await world.press('helen', id, 'cancel');
    expect(await codeOf(takeResult(world.deps, workstation, jobId, await made(challenge, jobDigest)))).toBe(
      'cancelled',
    );
    expect(await jobState(world.deps, workstation, jobId)).toMatchObject({ state: 'failed', removeCredential: true });
    expect(registered()).toEqual([]);
  });

  test('that failed at the workstation says why, and can be started again', async () => {
    const { jobId, jobDigest } = await started();
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
    const { jobId, result } = await brought();
    const { jobDigest } = result;
    await takeResult(world.deps, workstation, jobId, { outcome: 'failed', jobDigest, code: 'key-gone', orphan: true });
    expect(job()?.state).toBe('made');
    await world.pass(120);
    expect(world.ticket(id).status).toBe('done');
  });

  test('cannot be cancelled between the key’s answer and Entra’s', async () => {
    world.entra.lagMs = 60_000;
    await brought();
    expect((await world.press('helen', id, 'cancel')).refusal?.code).toBe('too-late-to-cancel');
    expect((await world.view('helen', id)).can).not.toContain('cancel');
  });
});

describe('what a key has made is refused, and to be removed, where', () => {
  test.each<[string, (challenge: string, digest: string) => Promise<ResultRequest>, string]>([
    ['the challenge is not of this job', (_, digest) => made('other', digest), 'registration-bad'],
    ['it is for another relying party', (c, digest) => made(c, digest, { rpId: 'evil.example' }), 'registration-bad'],
    ['nobody was there', (c, digest) => made(c, digest, { flags: 0x44 }), 'registration-bad'],
    ['the person was not verified', (c, digest) => made(c, digest, { flags: 0x41 }), 'registration-bad'],
  ])('%s', async (_, make, code) => {
    const { jobId, challenge, jobDigest } = await started();
    expect(await codeOf(takeResult(world.deps, workstation, jobId, await make(challenge, jobDigest)))).toBe(code);
    expect(await jobState(world.deps, workstation, jobId)).toMatchObject({ state: 'failed', removeCredential: true });
    expect(registered()).toEqual([]);
  });

  test('it is the result of another job', async () => {
    const { jobId, challenge } = await started();
    expect(await codeOf(takeResult(world.deps, workstation, jobId, await made(challenge, sha256('x'))))).toBe(
      'job-unknown',
    );
    expect(job()?.state).toBe('started');
  });

  test('the tenant wants attested keys, and it is none', async () => {
    world = await createWorld({
      settings: { KEYVOUCH_UNATTESTED: 'refuse', KEYVOUCH_ATTESTATION_ROOTS: maker.rootPem },
    });
    await setUp();
    const { jobId, challenge, jobDigest } = await started();
    const bare = await made(challenge, jobDigest);
    expect(await codeOf(takeResult(world.deps, workstation, jobId, bare))).toBe('key-not-attested');
  });

  test('the model is not on the list', async () => {
    world.entra.fido2.keyRestrictions = { isEnforced: true, enforcementType: 'allow', aaguids: ['x'] };
    const { jobId, challenge, jobDigest } = await started();
    const result = await made(challenge, jobDigest);
    expect(await codeOf(takeResult(world.deps, workstation, jobId, result))).toBe('passkey-model-not-allowed');
  });
});

test('an attested key of an allowed model is taken where attestation is wanted', async () => {
  world = await createWorld({ settings: { KEYVOUCH_UNATTESTED: 'refuse', KEYVOUCH_ATTESTATION_ROOTS: maker.rootPem } });
  await setUp();
  world.entra.fido2.keyRestrictions = { isEnforced: true, enforcementType: 'allow', aaguids: [maker.aaguid] };
  const { jobId, challenge, jobDigest } = await started();
  await takeResult(world.deps, workstation, jobId, await made(challenge, jobDigest, { attestation: 'packed' }));
  await world.rest();
  expect(world.ticket(id).status).toBe('done');
  expect(world.store.events(id).find(({ kind }) => kind === 'key-made')).toMatchObject({ attested: true });
});

describe('registering in Entra', () => {
  const creates = () => world.entra.calls.filter((call) => call === 'passkeys.create');

  test('the same result sent twice counts once', async () => {
    const { jobId, challenge, jobDigest } = await started();
    const result = await made(challenge, jobDigest);
    await Promise.all([1, 2, 3].map(() => takeResult(world.deps, workstation, jobId, result)));
    await world.rest();
    expect(await takeResult(world.deps, workstation, jobId, result)).toMatchObject({ state: 'registered' });
    expect(creates()).toHaveLength(1);
  });

  test('a lost reply: the same attestation is sent again, never a new one made, and found', async () => {
    world.entra.lagMs = 30_000;
    world.entra.script('passkeys.create', { kind: 'lost', fault: unclear() });
    await brought();
    await world.pass(90);
    expect(creates().length).toBeGreaterThan(1);
    expect(registered()).toHaveLength(1);
    expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { methodId: registered()[0]!.id } });
  });

  test('a list that stays behind beyond the challenge still settles it', async () => {
    world.entra.lagMs = 6 * 60_000;
    await brought();
    await world.pass(8 * 60);
    expect(world.ticket(id).status).toBe('done');
  });

  test('nothing ever arrives: the job fails, the credential is to be removed, and a new job may start', async () => {
    world.entra.script('passkeys.create', { kind: 'fails', fault: unclear() }, 500);
    const { jobId } = await brought();
    await world.pass(10 * 60);
    expect(await jobState(world.deps, workstation, jobId)).toEqual({
      state: 'failed',
      code: 'passkey-challenge-expired',
      removeCredential: true,
    });
    expect((await world.view('ada', id)).can).toContain('start-job');
  });

  test('refused by Entra: said at once, nothing is tried again', async () => {
    world.entra.script('passkeys.create', { kind: 'fails', fault: refusedBy('passkey-model-not-allowed') });
    await brought();
    expect(job()).toMatchObject({ state: 'failed', code: 'passkey-model-not-allowed', orphan: true });
    expect(creates()).toHaveLength(1);
  });

  test.each<[string, () => void, string]>([
    ['the subject is promoted', () => world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    ['the subject is disabled', () => (world.entra.people.get(WHO.ada)!.accountEnabled = false), 'subject-disabled'],
    ['the approver is gone from the rule', () => world.entra.managers.clear(), 'approver-no-longer-allowed'],
    ['passkeys are switched off', () => (world.entra.fido2.enabled = false), 'passkey-method-off'],
  ])('not where, between the key and Entra, %s', async (_, change, code) => {
    const { jobId, challenge, jobDigest } = await started();
    const result = await made(challenge, jobDigest);
    world.entra.script('passkeys.list', { kind: 'first', work: change });
    await takeResult(world.deps, workstation, jobId, result);
    await world.rest();
    expect(job()).toMatchObject({ state: 'failed', code, orphan: true });
    expect(registered()).toEqual([]);
  });

  test('Entra is down: parked for the helpdesk, done once it is back, and the mark is gone', async () => {
    world.entra.script('passkeys.create', { kind: 'fails', fault: refusedBy('graph-throttled', true) }, 6);
    await brought();
    await world.pass(75);
    expect(world.kinds(id)).toContain('parked');
    await world.pass(150);
    expect(world.ticket(id).status).toBe('done');
    expect(world.ticket(id).parked).toBeUndefined();
  });
});

describe('the start of a job is refused where, in between,', () => {
  test.each<[string, () => void, string]>([
    ['the subject is promoted', () => world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    ['the approver is gone from the rule', () => world.entra.managers.clear(), 'flow-stopped'],
  ])('%s', async (_, change, code) => {
    const { jobId, number } = await offered();
    change();
    expect(await codeOf(startJob(world.deps, workstation, jobId, number))).toBe(code);
    expect((await world.press('ada', id, 'start-job')).refusal?.code).toBe('job-runs');
    await world.pass(600);
    expect((await world.press('ada', id, 'start-job')).refusal?.code).toBe(code);
  });

  test('the approval is over', async () => {
    const { jobId, number } = await offered();
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

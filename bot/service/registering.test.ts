import {
  makeMaker,
  type Maker,
  softwareKey,
  type Spoils,
} from '../../infra/local/entra/software-authenticator.fixture';
import { type ResultRequest } from '../../agent/protocol/messages';
import { type Fault } from '../../agent/protocol/fault';
import { jobState, takeResult } from './jobs';
import { type WorkstationRecord } from './ports';
import { type AtWorkstation, atWorkstation, type RegisterKey, sha256 } from './testing/at-workstation';
import { refusedBy, unclear } from './testing/scripted-entra';
import { PASS } from './testing/thief';
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

const credentialOf = (result: ResultRequest) => (result.outcome === 'made' ? result.credentialId : '');
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error as Fault).code,
  );
const job = () => world.ticket(id).job;
const registered = () => world.entra.passkeys.get(WHO.ada) ?? [];

describe('what a key has made is refused, and to be removed, where', () => {
  test.each<[string, (challenge: string, digest: string) => Promise<ResultRequest>, string]>([
    ['the challenge is not of this job', (_, digest) => at.made('other', digest), 'registration-bad'],
    [
      'it is for another relying party',
      (c, digest) => at.made(c, digest, key({ rpId: 'evil.example' })),
      'registration-bad',
    ],
    ['nobody was there', (c, digest) => at.made(c, digest, key({ flags: 0x44 })), 'registration-bad'],
    ['the person was not verified', (c, digest) => at.made(c, digest, key({ flags: 0x41 })), 'registration-bad'],
  ])('%s', async (_, make, code) => {
    const { jobId, challenge, jobDigest } = await at.started();
    expect(await codeOf(takeResult(world.deps, workstation, jobId, await make(challenge, jobDigest)))).toBe(code);
    expect(await jobState(world.deps, workstation, jobId)).toMatchObject({ state: 'failed', removeCredential: true });
    expect(registered()).toEqual([]);
  });

  test('it is the result of another job', async () => {
    const { jobId, challenge } = await at.started();
    expect(await codeOf(takeResult(world.deps, workstation, jobId, await at.made(challenge, sha256('x'))))).toBe(
      'job-unknown',
    );
    expect(job()?.state).toBe('started');
  });

  test('the tenant wants attested keys, and it is none', async () => {
    world = await createWorld({
      settings: { KEYVOUCH_UNATTESTED: 'refuse', KEYVOUCH_ATTESTATION_ROOTS: maker.rootPem },
    });
    await setUp();
    const { jobId, challenge, jobDigest } = await at.started();
    const bare = await at.made(challenge, jobDigest);
    expect(await codeOf(takeResult(world.deps, workstation, jobId, bare))).toBe('key-not-attested');
  });

  test('the model is not on the list', async () => {
    world.entra.fido2.keyRestrictions = { isEnforced: true, enforcementType: 'allow', aaguids: ['x'] };
    const { jobId, challenge, jobDigest } = await at.started();
    const result = await at.made(challenge, jobDigest);
    expect(await codeOf(takeResult(world.deps, workstation, jobId, result))).toBe('passkey-model-not-allowed');
  });
});

test('an attested key of an allowed model is taken where attestation is wanted', async () => {
  world = await createWorld({ settings: { KEYVOUCH_UNATTESTED: 'refuse', KEYVOUCH_ATTESTATION_ROOTS: maker.rootPem } });
  await setUp();
  world.entra.fido2.keyRestrictions = { isEnforced: true, enforcementType: 'allow', aaguids: [maker.aaguid] };
  const { jobId, challenge, jobDigest } = await at.started();
  await takeResult(world.deps, workstation, jobId, await at.made(challenge, jobDigest, key({ attestation: 'packed' })));
  await world.rest();
  expect(world.ticket(id).status).toBe('done');
  expect(world.store.events(id).find(({ kind }) => kind === 'key-made')).toMatchObject({ attested: true });
});

describe('registering in Entra', () => {
  const creates = () => world.entra.calls.filter((call) => call === 'passkeys.create');

  test('the same result sent twice counts once', async () => {
    const { jobId, challenge, jobDigest } = await at.started();
    const result = await at.made(challenge, jobDigest);
    await Promise.all([1, 2, 3].map(() => takeResult(world.deps, workstation, jobId, result)));
    await world.rest();
    expect(await takeResult(world.deps, workstation, jobId, result)).toMatchObject({ state: 'registered' });
    expect(creates()).toHaveLength(1);
  });

  test('a lost reply: the same attestation is sent again, never a new one made, and found', async () => {
    world.entra.lagMs = 30_000;
    world.entra.script('passkeys.create', { kind: 'lost', fault: unclear() });
    await at.brought();
    await world.pass(90);
    expect(creates().length).toBeGreaterThan(1);
    expect(registered()).toHaveLength(1);
    expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { methodId: registered()[0]!.id } });
  });

  test('a list that stays behind beyond the challenge still settles it', async () => {
    world.entra.lagMs = 6 * 60_000;
    await at.brought();
    await world.pass(8 * 60);
    expect(world.ticket(id).status).toBe('done');
  });

  test('nothing ever arrives: the job fails, the credential is to be removed, and a new job may start', async () => {
    world.entra.script('passkeys.create', { kind: 'fails', fault: unclear() }, 500);
    const { jobId } = await at.brought();
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
    await at.brought();
    expect(job()).toMatchObject({ state: 'failed', code: 'passkey-model-not-allowed', orphan: true });
    expect(creates()).toHaveLength(1);
  });

  test.each<[string, () => void, string]>([
    ['the subject is promoted', () => world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    ['the subject is disabled', () => (world.entra.people.get(WHO.ada)!.accountEnabled = false), 'subject-disabled'],
    ['the approver is gone from the rule', () => world.entra.managers.clear(), 'approver-no-longer-allowed'],
    ['passkeys are switched off', () => (world.entra.fido2.enabled = false), 'passkey-method-off'],
  ])('not where, between the key and Entra, %s', async (_, change, code) => {
    const { jobId, challenge, jobDigest } = await at.started();
    const result = await at.made(challenge, jobDigest);
    world.entra.script('passkeys.list', { kind: 'first', work: change });
    await takeResult(world.deps, workstation, jobId, result);
    await world.rest();
    expect(job()).toMatchObject({ state: 'failed', code, orphan: true });
    expect(registered()).toEqual([]);
  });

  test('Entra is down: parked for the helpdesk, done once it is back, and the mark is gone', async () => {
    world.entra.script('passkeys.create', { kind: 'fails', fault: refusedBy('graph-throttled', true) }, 6);
    await at.brought();
    await world.pass(75);
    expect(world.kinds(id)).toContain('parked');
    await world.pass(150);
    expect(world.ticket(id).status).toBe('done');
    expect(world.ticket(id).parked).toBeUndefined();
  });
});

describe('once a registration may have arrived', () => {
  const creates = () => world.entra.calls.filter((call) => call === 'passkeys.create').length;
  let dies = false;
  beforeEach(async () => {
    dies = false;
    const before = (call: string) => {
      if (dies && call === 'postpone') throw new Error('the process died');
    };
    world = await createWorld({ before });
    await setUp();
    world.entra.lagMs = 60_000;
  });
  const lost = () => world.entra.script('passkeys.create', { kind: 'lost', fault: unclear() });
  const died = () => {
    lost();
    dies = true;
  };
  const frozen = async () => {
    const { id: other } = await world.ask('ada', PASS);
    await world.press('ada', other, 'not-me');
  };
  const gone = () => {
    world.entra.people.get(WHO.bob)!.accountEnabled = false;
  };

  test.each<[string, () => void, () => Promise<void> | void, string]>([
    ['another ticket was frozen', lost, frozen, 'other-ticket-frozen'],
    ['the approver is gone', lost, gone, 'approver-no-longer-allowed'],
    ['the approver is gone, and the process died', died, gone, 'approver-no-longer-allowed'],
  ])('and %s: nothing new is sent, and what comes to light is taken off the account', async (_, how, change, code) => {
    how();
    const { jobId } = await at.brought();
    await change();
    dies = false;
    await world.pass(15);
    expect([job()?.state, registered().length]).toEqual(['made', 1]);
    await world.pass(120);
    expect(registered()).toEqual([]);
    expect(creates()).toBe(1);
    expect(await jobState(world.deps, workstation, jobId)).toEqual({ state: 'failed', code, removeCredential: true });
    expect(world.ticket(id).passkey).toBeUndefined();
  });

  test('and roles cannot be read for a while: it is left as it is, and registered when they can', async () => {
    lost();
    await at.brought();
    world.entra.script('privileged', { kind: 'fails', fault: unclear() }, 6);
    await world.pass(70);
    expect([job()?.state, registered().length]).toEqual(['made', 1]);
    await world.pass(600);
    expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { methodId: registered()[0]?.id } });
  });

  test('and the approval’s time is over: it was sent while that held, and is registered', async () => {
    world = await createWorld({ settings: { KEYVOUCH_RULES: '{"onboarding":{"useWithin":1}}' } });
    await setUp();
    world.entra.lagMs = 90_000;
    lost();
    await at.brought();
    await world.pass(80);
    expect(job()?.state).toBe('made');
    await world.pass(60);
    expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { methodId: registered()[0]?.id } });
  });

  test('and the second sending is refused for good: it is registered all the same', async () => {
    lost();
    world.entra.script('passkeys.create', { kind: 'fails', fault: refusedBy('graph-denied') });
    await at.brought();
    await world.pass(120);
    expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { methodId: registered()[0]?.id } });
  });

  test('but has not, and it is stopped: it fails once nothing can come to light any more', async () => {
    world.entra.script('passkeys.create', { kind: 'fails', fault: unclear() });
    await at.brought();
    gone();
    await world.pass(8 * 60);
    expect(job()?.state).toBe('made');
    await world.pass(2 * 60);
    expect(job()).toMatchObject({ state: 'failed', code: 'approver-no-longer-allowed', orphan: true });
    expect(creates()).toBe(1);
  });

  test('a passkey that was there before is never taken off, whatever the workstation says it has made', async () => {
    const { jobId, challenge, jobDigest } = await at.started();
    const result = await at.made(challenge, jobDigest);
    const before = {
      ...world.addPasskey('ada', 'blue'),
      credentialIds: [Buffer.from(credentialOf(result), 'base64url')],
    };
    world.entra.passkeys.set(WHO.ada, [before]);
    world.store.tamper(id, (ticket) => ({ ...ticket, passkeysBefore: ['blue'] }));
    world.entra.lagMs = 0;
    world.entra.script('passkeys.list', { kind: 'first', work: gone });
    await takeResult(world.deps, workstation, jobId, result);
    await world.rest();
    expect(registered()).toEqual([before]);
    expect(job()).toMatchObject({ state: 'failed', code: 'approver-no-longer-allowed' });
  });
});

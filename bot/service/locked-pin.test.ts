import { randomBytes } from 'node:crypto';
import { onKey, run, type RunMore, replugs } from '../../agent/service/job-run.fixture';
import { scriptedPrompts } from '../../agent/operations/scripted-prompts.fixture';
import { setPin } from '../../agent/operations/set-pin';
import { firstPins } from '../../agent/service/pinned-keys';
import { type Pairing } from '../../agent/service/pairing-file';
import { type Service } from '../../agent/service/service';
import { closeAll, open, workstation } from '../../agent/service/workstation.fixture';
import { type ResultRequest } from '../../agent/protocol/messages';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { lockForEver, lockUntilReplug } from '../../infra/local/play/lock-key';
import { type TicketId } from '../tickets/ids';
import { jobNumberOf } from './details';
import { jobsFor, jobState, serviceKeys, startJob, takeResult } from './jobs';
import { type WorkstationRecord } from './ports';
import { refusedBy } from './testing/scripted-entra';
import { createWorld, type Name, START, vouched, WHO, type World } from './testing/world';

/** The service in memory, and the agent as it is at a workstation with a virtual key: only HTTP is left out. */

const PIN = 'grün-4711';
const NEW_PIN = 'blau-0815';
const LOCKED = { flow: 'locked-pin', reason: 'I typed it wrong' } as const;

let world: World;
let key: VirtualKey;
let record: WorkstationRecord;
let station: Parameters<typeof run>[0];
/** The results that the agent has sent. */
let results: ResultRequest[];

const REAL = ['nextTick', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout'] as const;
beforeEach(async () => {
  // The agent reads the clock of the machine: it is to be the one of the world.
  jest.useFakeTimers({
    now: Date.parse(START),
    doNotFake: [...REAL, 'clearTimeout', 'queueMicrotask', 'performance', 'hrtime'],
  });
  key = await startVirtualKey({ touch: 'auto' });
  open.push(() => key.close());
  await setUp();
});
afterEach(async () => {
  await world.rest();
  await closeAll();
  jest.useRealTimers();
});

async function setUp(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  world = await createWorld({ settings });
  results = [];
  const { passkeys } = world.deps.entra;
  const { creationOptions } = passkeys;
  passkeys.creationOptions = async (...given) => {
    const options = await creationOptions(...given);
    return { ...options, publicKey: { ...options.publicKey, challenge: randomBytes(32).toString('base64url') } };
  };
  record = await world.addWorkstation('ada');
  station = await stationOf(record);
}

async function stationOf(one: WorkstationRecord): ReturnType<typeof Promise.resolve<Parameters<typeof run>[0]>> {
  const { deps } = world;
  const service = deps.settings.publicUrl;
  const pairing: Pairing = {
    ...{ service, workstation: one.id, name: one.name, person: one.person, kind: one.kind, state: 'active' },
    ...{ thumbprint: 'thumbprint', pinned: await firstPins(await serviceKeys(deps)), pairedAt: START },
  };
  const client: Service = {
    jobs: () => jobsFor(deps, one),
    start: (job, number) => startJob(deps, one, job, number),
    async result(job, result) {
      results.push(result);
      return takeResult(deps, one, job, result);
    },
    async state(job) {
      await world.rest();
      return jobState(deps, one, job);
    },
    nameNextKey: () => Promise.reject(new Error('no key is turned here')),
    signedBy: () => client,
  };
  return { at: workstation(service), pairing, client };
}

/** Presses what starts a job, and does it at the workstation: the number is typed, then what the script says. */
async function atStation(id: TicketId, who: Name, verb: 'diagnose' | 'start-job', more: RunMore = {}) {
  const { refusal } = await world.press(who, id, verb);
  if (refusal) throw new Error(refusal.code);
  await world.rest();
  const number = jobNumberOf(world.deps, world.ticket(id).job?.id ?? '');
  const answers = [number, ...(more.script?.answers ?? [])];
  const ran = await run(station, key, { ...more, script: { ...more.script, answers } });
  await world.rest();
  return ran;
}

const diagnosed = (id: TicketId, who: Name = 'ada') => atStation(id, who, 'diagnose');
const erased = (
  id: TicketId,
  who: Name = 'ada',
  script: RunMore['script'] = { answers: ['ERASE'], confirms: [false] },
) => atStation(id, who, 'start-job', { script, does: replugs(key) });
const registered = (id: TicketId, who: Name = 'ada', pin = NEW_PIN) =>
  atStation(id, who, 'start-job', { script: { pins: [pin, pin] } });

const left = () => (world.entra.passkeys.get(WHO.ada) ?? []).map(({ id }) => id);
const passkeyIds = () => (world.entra.passkeys.get(WHO.ada) ?? []).map((one) => Buffer.from(one.credentialIds[0]!));

/** Ada has a key with a PIN, and a passkey on it that Entra lists under its credential's id. */
async function withKey(): Promise<string> {
  const id = await vouched(world, 'choose-workstation');
  await registered(id, 'ada', PIN);
  expect(world.ticket(id).status).toBe('done');
  const [passkey] = world.entra.passkeys.get(WHO.ada) ?? [];
  if (!passkey) throw new Error('no passkey');
  const methodId = Buffer.from(passkey.credentialIds[0]!).toString('base64url');
  world.entra.passkeys.set(WHO.ada, [{ ...passkey, id: methodId, aaguid: key.aaguid }]);
  world.addPasskey('ada', Buffer.alloc(32, 9).toString('base64url'));
  return methodId;
}

async function approved(id: TicketId, recipient: Name = 'ada', approver: Name = 'bob'): Promise<void> {
  const { vouchCode, refusal } = await world.press(approver, id, 'approve', { how: 'video' });
  if (!vouchCode) throw new Error(refusal?.code ?? 'no code');
  await world.press(recipient, id, 'vouch', { code: vouchCode.reveal() });
  await world.rest();
}

test('locked for ever: looked at, approved, erased, exactly its passkey gone, registered anew', async () => {
  const old = await withKey();
  await lockForEver(key);
  const { id, outcome } = await world.ask('ada', LOCKED);
  expect(outcome.refusal).toBeUndefined();
  expect(world.messenger.latest(WHO.bob, 'approval')?.details.view.id).not.toBe(id);
  await diagnosed(id);
  expect(world.ticket(id).diagnosis).toMatchObject({ verdict: 'blocked-for-ever', matchedBy: 'silent' });
  expect(world.messenger.latest(WHO.bob, 'approval')?.details.view).toMatchObject({
    diagnosis: { verdict: 'blocked-for-ever' },
    removals: [{ passkey: { methodId: old } }],
  });
  await approved(id);
  expect(left()).toContain(old);
  await erased(id);
  expect(left()).not.toContain(old);
  expect(left()).toHaveLength(1);
  expect(world.entra.calls).not.toContain('sessions.revoke');
  const { settled } = await registered(id);
  expect(settled).toMatchObject([{ state: 'registered' }]);
  expect(world.ticket(id)).toMatchObject({ status: 'done', reset: { state: 'erased' } });
  expect(left()).toHaveLength(2);
  expect(results.map(({ outcome: came }) => came)).toEqual(['made', 'inspected', 'erased', 'made']);
  expect(await world.store.verifyAudit(id)).toEqual([]);
});

describe('the look', () => {
  test('only wants to be unplugged: nobody is asked, nothing is written, and it is closed', async () => {
    const old = await withKey();
    await lockUntilReplug(key);
    const { id } = await world.ask('ada', LOCKED);
    const { settled } = await diagnosed(id);
    expect(settled).toMatchObject([{ state: 'done' }]);
    expect(world.ticket(id).diagnosis).toMatchObject({ verdict: 'blocked-until-replug', pin: { retriesLeft: 5 } });
    expect(world.messenger.latest(WHO.bob, 'approval')?.details.view.id).not.toBe(id);
    await world.press('ada', id, 'not-needed');
    expect(world.ticket(id).status).toBe('cancelled');
    expect(left()).toContain(old);
  });

  test('forgotten: it goes on, and the PIN is not tried', async () => {
    await withKey();
    const { id } = await world.ask('ada', LOCKED);
    await diagnosed(id);
    expect(world.ticket(id).diagnosis).toMatchObject({ verdict: 'tries-left', pin: { retriesLeft: 8 } });
    await world.press('ada', id, 'forgotten');
    await world.rest();
    expect((await world.view('bob', id)).can).toContain('approve');
  });

  test('a key that tells nothing: its person picks, and a word that is not on the list counts for nothing', async () => {
    await withKey();
    world.entra.passkeys.set(WHO.ada, [...(world.entra.passkeys.get(WHO.ada) ?? [])].slice(1));
    await lockForEver(key);
    const { id } = await world.ask('ada', LOCKED);
    await diagnosed(id);
    expect((await world.press('ada', id, 'pick-passkey', { passkey: 'of-another' })).refusal?.code).toBe(
      'passkey-not-there',
    );
    const [red] = left();
    await world.press('ada', id, 'pick-passkey', { passkey: red! });
    expect(world.ticket(id)).toMatchObject({
      diagnosis: { matchedBy: 'person' },
      removals: [{ passkey: { methodId: red } }],
    });
  });

  test.each<[string, () => void, string]>([
    ['was promoted', () => world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    ['was switched off', () => (world.entra.people.get(WHO.ada)!.accountEnabled = false), 'subject-disabled'],
  ])('is not begun for somebody who %s since', async (_, change, code) => {
    await withKey();
    const { id } = await world.ask('ada', LOCKED);
    await world.press('ada', id, 'diagnose');
    await world.rest();
    change();
    const number = jobNumberOf(world.deps, world.ticket(id).job!.id);
    const { settled } = await run(station, key, { script: { answers: [number] } });
    expect(settled).toMatchObject([{ state: 'failed', code }]);
    expect(world.ticket(id).diagnosis).toBeUndefined();
  });

  test('a wrong number ends it, and another may be started', async () => {
    await withKey();
    const { id } = await world.ask('ada', LOCKED);
    await world.press('ada', id, 'diagnose');
    await world.rest();
    const wrong = jobNumberOf(world.deps, world.ticket(id).job!.id) === '11' ? '12' : '11';
    await run(station, key, { script: { answers: [wrong] } });
    expect(world.ticket(id).job).toMatchObject({ state: 'failed', code: 'number-wrong' });
    await diagnosed(id);
    expect(world.ticket(id).diagnosis).toBeDefined();
  });

  test('a model that may not come back is not erased', async () => {
    await withKey();
    await lockForEver(key);
    world.entra.fido2.keyRestrictions = { isEnforced: true, enforcementType: 'allow', aaguids: ['x'] };
    const { id } = await world.ask('ada', LOCKED);
    await diagnosed(id);
    expect(world.ticket(id).diagnosis).toMatchObject({ modelAllowed: false });
    expect((await world.view('ada', id)).can).toContain('not-needed');
  });
});

describe('erasing', () => {
  let id: TicketId;
  let old: string;
  beforeEach(async () => {
    old = await withKey();
    await lockForEver(key);
    ({ id } = await world.ask('ada', LOCKED));
    await diagnosed(id);
  });

  test.each<[string, () => void, string]>([
    ['the approver is gone from the rule', () => world.entra.managers.clear(), 'approver-no-longer-allowed'],
    ['the subject was promoted', () => world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    [
      'the model may not come back',
      () => (world.entra.fido2.keyRestrictions = { isEnforced: true, enforcementType: 'block', aaguids: [key.aaguid] }),
      'passkey-model-not-allowed',
    ],
  ])('is not begun where %s since the approval', async (_, change) => {
    await approved(id);
    await world.press('ada', id, 'start-job');
    await world.rest();
    change();
    const number = jobNumberOf(world.deps, world.ticket(id).job!.id);
    const { settled } = await run(station, key, { script: { answers: [number, 'ERASE'] }, does: replugs(key) });
    expect(settled).toMatchObject([{ state: 'failed' }]);
    expect(world.ticket(id).reset).toBeUndefined();
    expect(left()).toContain(old);
  });

  test('declined there: the key and the account are as they were', async () => {
    await approved(id);
    await erased(id, 'ada', { answers: ['no'], confirms: [false] });
    expect(world.ticket(id)).toMatchObject({ job: { state: 'failed', code: 'reset-declined' } });
    expect(left()).toContain(old);
    await erased(id);
    expect(left()).not.toContain(old);
  });

  test('a ticket that was changed by hand to name another passkey removes nothing', async () => {
    await approved(id);
    const other = left().find((one) => one !== old)!;
    world.store.tamper(id, (ticket) => ({
      ...ticket,
      removals: ticket.removals.map((one) => ({ ...one, passkey: { ...one.passkey, methodId: other } })),
    }));
    await expect(world.press('ada', id, 'start-job')).rejects.toMatchObject({ code: 'signature-bad' });
    expect(left()).toEqual(expect.arrayContaining([old, other]));
  });

  test('another of their keys is plugged in: refused before anything is erased, and the right one may follow', async () => {
    await approved(id);
    const right = key;
    key = await startVirtualKey({ touch: 'auto' });
    open.push(() => key.close());
    await onKey(key, (opened) => setPin(opened, { prompts: scriptedPrompts({ pins: [PIN, PIN] }) }));
    const { prompts } = await erased(id, 'ada', { answers: ['ERASE'], confirms: [true, false] });
    expect(prompts.log.join('\n')).toContain(`whose id ends in ${old.slice(-8)} is erased`);
    expect(results.at(-1)).toMatchObject({ outcome: 'failed', code: 'key-not-expected', orphan: false });
    expect(world.ticket(id)).toMatchObject({ job: { state: 'failed', code: 'key-not-expected' }, status: 'approved' });
    expect(world.ticket(id).reset).toBeUndefined();
    expect(world.ticket(id).parked).toBeUndefined();
    expect(key.condition()).toMatchObject({ pinSet: true, pinRetries: 8 });
    expect(left()).toContain(old);
    key = right;
    await erased(id);
    expect(left()).not.toContain(old);
  });

  test('an agent that erased another all the same: nothing goes, and the helpdesk is called', async () => {
    await approved(id);
    const other = left().find((one) => one !== old)!;
    const send = station.client.result;
    station.client.result = (job, result) =>
      send(job, result.outcome === 'erased' ? { ...result, matched: [other] } : result);
    await erased(id);
    expect(world.ticket(id).parked).toMatchObject({ step: 'remove', code: 'erased-another-key' });
    expect(left()).toEqual(expect.arrayContaining([old, other]));
    expect(world.messenger.latest(WHO.helen, 'helpdesk')?.details.view.parked?.code).toBe('erased-another-key');
  });

  test('a ticket that was changed by hand to take a person’s word for the key erases nothing', async () => {
    await approved(id);
    world.store.tamper(id, (ticket) => ({ ...ticket, diagnosis: { ...ticket.diagnosis!, matchedBy: 'person' } }));
    await expect(world.press('ada', id, 'start-job')).rejects.toMatchObject({ code: 'signature-bad' });
  });

  test('the same result sent twice counts once', async () => {
    await approved(id);
    await erased(id);
    const result = results.at(-1)!;
    const { job } = world.ticket(id);
    const again = await takeResult(world.deps, record, job!.id, result);
    await world.rest();
    expect(again).toEqual({ state: 'done', removeCredential: false });
    expect(world.kinds(id).filter((kind) => kind === 'key-erased')).toHaveLength(1);
    expect(world.entra.calls.filter((call) => call === 'passkeys.delete')).toHaveLength(1);
  });

  test('Entra is down when the passkey is to go: it goes later, and registering need not wait', async () => {
    await approved(id);
    const down = {
      kind: 'fails' as const,
      fault: refusedBy('graph-throttled', true),
    };
    world.entra.script('passkeys.delete', down, 3);
    await erased(id);
    expect(left()).toContain(old);
    await registered(id);
    expect(world.ticket(id)).toMatchObject({ status: 'approved' });
    await world.pass(120);
    expect(left()).not.toContain(old);
    expect(world.ticket(id).status).toBe('done');
  });

  test('the agent dies right after it was noted that the key is erased: its word comes at the next start', async () => {
    await approved(id);
    await world.press('ada', id, 'start-job');
    await world.rest();
    const number = jobNumberOf(world.deps, world.ticket(id).job!.id);
    const script = { answers: [number, 'ERASE'], confirms: [false] };
    await expect(
      run(station, key, { script, does: replugs(key), die: { when: 'after', phase: 'result' } }),
    ).rejects.toThrow('killed');
    await world.pass(21 * 60);
    jest.setSystemTime(Date.parse(world.now()));
    expect(world.ticket(id)).toMatchObject({ reset: { state: 'unknown' }, job: { code: 'job-lapsed' } });
    await world.press('ada', id, 'start-job');
    await world.rest();
    expect(world.ticket(id).job?.act).toBe('inspect');
    const { settled } = await run(station, key, {});
    expect(settled).toMatchObject([{ state: 'done' }]);
    await world.rest();
    expect(world.ticket(id)).toMatchObject({ reset: { state: 'erased' }, removals: [{ state: 'removed' }] });
    await registered(id);
    expect(world.ticket(id).status).toBe('done');
  });

  test('the agent and its journal are gone for good: a look finds the key empty, and it is not erased again', async () => {
    await approved(id);
    await world.press('ada', id, 'start-job');
    await world.rest();
    const number = jobNumberOf(world.deps, world.ticket(id).job!.id);
    const script = { answers: [number, 'ERASE'], confirms: [false] };
    await expect(
      run(station, key, { script, does: replugs(key), die: { when: 'before', phase: 'result' } }),
    ).rejects.toThrow('killed');
    await world.pass(21 * 60);
    jest.setSystemTime(Date.parse(world.now()));
    station = await stationOf(record);
    await atStation(id, 'ada', 'start-job');
    expect(world.kinds(id)).toContain('key-erased');
    expect(left()).not.toContain(old);
    await registered(id);
    expect(world.ticket(id).status).toBe('done');
  });
});

test('a key that hides its passkey, picked by hand: erased by the word of its person, as it was', async () => {
  const { creationOptions } = world.deps.entra.passkeys;
  world.deps.entra.passkeys.creationOptions = async (...given) => {
    const { publicKey, ...options } = await creationOptions(...given);
    return {
      ...options,
      publicKey: { ...publicKey, extensions: { credentialProtectionPolicy: 'userVerificationRequired' } },
    };
  };
  const old = await withKey();
  await lockForEver(key);
  const { id } = await world.ask('ada', LOCKED);
  await diagnosed(id);
  expect(world.ticket(id).diagnosis?.matchedBy).toBeUndefined();
  await world.press('ada', id, 'pick-passkey', { passkey: old });
  await approved(id);
  // Are you sure: yes.
  const { prompts } = await erased(id, 'ada', { answers: ['ERASE'], confirms: [true, false] });
  expect(prompts.log.join('\n')).not.toContain('Only the key');
  expect(world.ticket(id)).toMatchObject({ reset: { state: 'erased' }, removals: [{ state: 'removed' }] });
  expect(left()).not.toContain(old);
});

test('on behalf: the hander looks, erases and registers at the desk; the manager’s manager approves', async () => {
  const old = await withKey();
  await lockForEver(key);
  const desk = await world.addWorkstation('helen', { id: 'ws-desk', kind: 'desk', name: 'Helpdesk' });
  const { id, outcome } = await world.ask('bob', { ...LOCKED, subject: WHO.ada, hander: WHO.hugo, desk: desk.id });
  expect(outcome.refusal).toBeUndefined();
  station = await stationOf(desk);
  await diagnosed(id, 'hugo');
  await world.pass(8 * 3600);
  jest.setSystemTime(Date.parse(world.now()));
  await approved(id, 'hugo', 'carol');
  expect(world.ticket(id).approvedFor).toMatchObject([{ id: 'ws-desk' }]);
  await erased(id, 'hugo');
  await registered(id, 'hugo');
  expect(world.ticket(id).status).toBe('done');
  expect(left()).not.toContain(old);
  expect(passkeyIds()).toHaveLength(2);
});

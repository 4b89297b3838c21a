import { randomBytes } from 'node:crypto';
import { type ResultRequest } from '../../../agent/protocol/messages';
import { replugs, run, type RunMore } from '../../../agent/service/job-run.fixture';
import { type Pairing } from '../../../agent/service/pairing-file';
import { firstPins } from '../../../agent/service/pinned-keys';
import { type Service } from '../../../agent/service/service';
import { closeAll, open, workstation } from '../../../agent/service/workstation.fixture';
import { jobNumberOf } from '../../../bot/service/details';
import { jobsFor, jobState, serviceKeys, startJob, takeResult } from '../../../bot/service/jobs';
import { modelsAt } from '../../../bot/service/models';
import { type WorkstationRecord } from '../../../bot/service/ports';
import { createWorld, type Name, START, vouched, WHO, type World } from '../../../bot/service/testing/world';
import { type TicketId } from '../../../bot/tickets/ids';
import { startVirtualKey, type VirtualKey } from '../key';

export const PIN = 'grün-4711';
const NEW_PIN = 'blau-0815';
export const LOCKED = { flow: 'locked-pin', reason: 'I typed it wrong' } as const;

const REAL = ['nextTick', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout'] as const;

type Station = Parameters<typeof run>[0];

/** The service in memory, and the agent as it is at a workstation with a virtual key: only HTTP is left out. */
export interface LockedKey {
  world: World;
  /** The one that is plugged in. */
  key: VirtualKey;
  record: WorkstationRecord;
  station: Station;
  /** The results that the agent has sent. */
  results: ResultRequest[];
}

/** Closed with the test. */
export async function plugIn(): Promise<VirtualKey> {
  const key = await startVirtualKey({ touch: 'auto' });
  open.push(() => key.close());
  return key;
}

/** The agent reads the clock of the machine: it is to be the one of the world. */
export function setClock({ world }: LockedKey): void {
  jest.setSystemTime(Date.parse(world.now()));
}

export async function begin(): Promise<LockedKey> {
  jest.useFakeTimers({
    now: Date.parse(START),
    doNotFake: [...REAL, 'clearTimeout', 'queueMicrotask', 'performance', 'hrtime'],
  });
  const key = await plugIn();
  const world = await createWorld();
  const { passkeys } = world.deps.entra;
  const { creationOptions } = passkeys;
  passkeys.creationOptions = async (...given) => {
    const options = await creationOptions(...given);
    return { ...options, publicKey: { ...options.publicKey, challenge: randomBytes(32).toString('base64url') } };
  };
  const record = await world.addWorkstation('ada');
  const results: ResultRequest[] = [];
  return { world, key, record, results, station: await stationOf(world, record, results) };
}

export async function end({ world }: LockedKey): Promise<void> {
  await world.rest();
  await closeAll();
  jest.useRealTimers();
}

/** The agent of a workstation that is paired, without a journal of anything. */
export async function stationOf(
  { deps, rest }: World,
  one: WorkstationRecord,
  results: ResultRequest[],
): Promise<Station> {
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
      await rest();
      return jobState(deps, one, job);
    },
    models: () => modelsAt(deps, one),
    nameNextKey: () => Promise.reject(new Error('no key is turned here')),
    signedBy: () => client,
  };
  return { at: workstation(service), pairing, client };
}

/** Has a job made ready by a button. @returns the number that the chat shows for it */
async function pressed({ world }: LockedKey, id: TicketId, who: Name, verb: 'diagnose' | 'start-job') {
  const { refusal } = await world.press(who, id, verb);
  if (refusal) throw new Error(refusal.code);
  await world.rest();
  return jobNumberOf(world.deps, world.ticket(id).job?.id ?? '');
}

/** Presses what starts a job, and does it at the workstation: the number is typed, then what the script says. */
export async function atStation(
  at: LockedKey,
  id: TicketId,
  who: Name,
  verb: 'diagnose' | 'start-job',
  more: RunMore = {},
) {
  const number = await pressed(at, id, who, verb);
  const answers = [number, ...(more.script?.answers ?? [])];
  const ran = await run(at.station, at.key, { ...more, script: { ...more.script, answers } });
  await at.world.rest();
  return ran;
}

export const diagnosed = (at: LockedKey, id: TicketId, who: Name = 'ada') => atStation(at, id, who, 'diagnose');

export const erased = (
  at: LockedKey,
  id: TicketId,
  who: Name = 'ada',
  script: RunMore['script'] = { answers: ['ERASE'], confirms: [false] },
) => atStation(at, id, who, 'start-job', { script, does: replugs(at.key) });

export const registered = (at: LockedKey, id: TicketId, who: Name = 'ada', pin = NEW_PIN) =>
  atStation(at, id, who, 'start-job', { script: { pins: [pin, pin] } });

/** Entra's ids of Ada's passkeys. */
export const left = ({ world }: LockedKey) => (world.entra.passkeys.get(WHO.ada) ?? []).map(({ id }) => id);

/** Ada has a key with a PIN, and a passkey on it that Entra lists under its credential's id; and one elsewhere. */
export async function withKey(at: LockedKey): Promise<string> {
  const { world, key } = at;
  const id = await vouched(world, 'choose-workstation');
  await registered(at, id, 'ada', PIN);
  const [passkey] = world.entra.passkeys.get(WHO.ada) ?? [];
  const credential = passkey?.credentialIds[0];
  if (!credential || world.ticket(id).status !== 'done') throw new Error('no passkey');
  const methodId = Buffer.from(credential).toString('base64url');
  world.entra.passkeys.set(WHO.ada, [{ ...passkey, id: methodId, aaguid: key.aaguid }]);
  world.addPasskey('ada', Buffer.alloc(32, 9).toString('base64url'));
  return methodId;
}

export async function approved({ world }: LockedKey, id: TicketId, recipient: Name = 'ada', approver: Name = 'bob') {
  const { vouchCode, refusal } = await world.press(approver, id, 'approve', { how: 'video' });
  if (!vouchCode) throw new Error(refusal?.code ?? 'no code');
  await world.press(recipient, id, 'vouch', { code: vouchCode.reveal() });
  await world.rest();
}

import { fingerprintWords } from '../../agent/protocol/fingerprint';
import { type PairReply, type PairRequest } from '../../agent/protocol/messages';
import { type Secret } from '../../agent/protocol/secret';
import { type Refusal } from '../tickets/commands';
import { newCode, pair as takeIn } from '../workstations';
import { type Deps, momentOf } from './deps';
import { failJob, serviceKeys } from './jobs';
import { type Member } from './member';
import { type WorkstationRecord } from './ports';

function workstationDeps(deps: Deps) {
  return {
    store: deps.workstations,
    keys: deps.keys,
    now: deps.now,
    publicUrl: deps.settings.publicUrl,
    newId: deps.newId,
  };
}

/** A pairing code for the person's own workstation, or (helpdesk alone) for a desk workstation. */
export async function pairingCode(
  deps: Deps,
  member: Member,
  kind: 'own' | 'desk',
): Promise<{ code: Secret; expiresAt: string } | { refusal: Refusal }> {
  if (kind === 'desk' && !member.helpdesk) return { refusal: { code: 'helpdesk-only' } };
  return newCode(workstationDeps(deps), member.id, kind);
}

/** A workstation used a code: it is taken in, and its person asked in the chat whether it is theirs. */
export async function pairWorkstation(deps: Deps, request: PairRequest, path: string): Promise<PairReply> {
  const workstation = await takeIn(workstationDeps(deps), request, path);
  const words = fingerprintWords(workstation.thumbprint);
  deps.log('workstation-pairing', { workstation: workstation.id, kind: workstation.kind });
  await deps.messenger.confirmWorkstation({ person: workstation.person, workstation, words });
  const { displayName } = await deps.entra.people.get(workstation.person);
  return {
    workstation: workstation.id,
    person: displayName,
    kind: workstation.kind,
    serviceKeys: await serviceKeys(deps),
  };
}

type Changed = Promise<{ refusal?: Refusal; workstation?: WorkstationRecord }>;

async function change(
  deps: Deps,
  member: Member,
  id: string,
  from: WorkstationRecord['state'][],
  to: Partial<WorkstationRecord>,
): Changed {
  const found = await deps.workstations.get(id);
  const theirs = found && (found.value.person === member.id || (found.value.kind === 'desk' && member.helpdesk));
  if (!theirs) return { refusal: { code: 'workstation-not-yours' } };
  if (found.value.state === to.state) return { workstation: found.value };
  if (!from.includes(found.value.state)) return { refusal: { code: 'workstation-not-active' } };
  const after = { ...found.value, ...to };
  if (!(await deps.workstations.put(after, found.etag))) return { refusal: { code: 'storage-busy' } };
  deps.log('workstation', { workstation: id, state: after.state });
  return { workstation: after };
}

/**
 * The person has compared the words and says: this is mine. Only the one whose code it was may, and a desk only
 * who is of the helpdesk still.
 */
export async function confirmWorkstation(deps: Deps, member: Member, id: string): Changed {
  const found = (await deps.workstations.get(id))?.value;
  if (found?.person !== member.id) return { refusal: { code: 'workstation-not-yours' } };
  if (found.kind === 'desk' && !member.helpdesk) return { refusal: { code: 'helpdesk-only' } };
  return change(deps, member, id, ['pairing'], { state: 'active', confirmedAt: momentOf(deps) });
}

/** Not mine. One that was confirmed since stays: removing it asks first, and an old card does not. */
export async function refuseWorkstation(deps: Deps, member: Member, id: string): Changed {
  const found = (await deps.workstations.get(id))?.value;
  if (found?.state === 'active') return { refusal: { code: 'workstation-confirmed', facts: { name: found.name } } };
  return change(deps, member, id, ['pairing'], { state: 'removed' });
}

/**
 * No longer mine: from now on nothing it signs is accepted, and the jobs that wait for it have failed. One that was begun
 * goes on until time gives it up: its key may be writing at this moment.
 */
export async function removeWorkstation(deps: Deps, member: Member, id: string): Changed {
  const removed = await change(deps, member, id, ['pairing', 'active'], { state: 'removed' });
  const { workstation } = removed;
  if (!workstation) return removed;
  for (const { value } of await deps.workstations.jobs(id)) {
    if (value.state === 'offered') await failJob(deps, workstation, value, 'workstation-removed', false);
  }
  return removed;
}

export async function workstationsOf(deps: Deps, member: Member): Promise<readonly WorkstationRecord[]> {
  const own = await deps.workstations.ofPerson(member.id);
  const desks = member.helpdesk ? await deps.workstations.desks() : [];
  const all = [...own, ...desks.filter(({ id }) => !own.some((one) => one.id === id))];
  return all.filter(({ state }) => state !== 'removed');
}

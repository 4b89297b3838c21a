import { hasCredential } from '../entra';
import { type Command } from '../tickets/commands';
import { type ApprovalRule, type Candidate } from '../tickets/rule';
import { stepUpOf } from '../tickets/step-up';
import { type Risk, type Ticket } from '../tickets/ticket';
import { type Action } from './act';
import { type Deps } from './deps';
import { decisionFacts } from './guard';
import { type Member } from './member';
import { type KnownPasskey } from './passkeys-port';
import { type Stored } from './ports';

type Begin = Omit<Extract<Command, { kind: 'begin-approval' }>, 'at' | 'by'>;

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

/**
 * The passkeys with which a person can sign an approval now: attested here when they were registered, and still listed
 * by Entra. One that was taken off the account signs nothing from that moment on.
 */
export async function signingKeys(deps: Deps, person: string): Promise<readonly Stored<KnownPasskey>[]> {
  const known = await deps.passkeys.ofPerson(person);
  if (known.length === 0) return [];
  const listed = await deps.entra.passkeys.list(person);
  return known.filter(({ value }) => hasCredential(listed, bytes(value.credentialId)));
}

/** Of so many candidates it is asked whether they have a key to sign with. */
const ASKED_AT_MOST = 20;

/** Said with the request already: the rule asks for the approvers' own keys, and none of them has one. */
export async function keylessRisk(deps: Deps, rule: ApprovalRule, candidates: readonly Candidate[]): Promise<Risk[]> {
  if (rule.stepUp !== true) return [];
  const people = [...new Set(candidates.map(({ person }) => person.id))].slice(0, ASKED_AT_MOST);
  const known = await Promise.all(people.map((person) => deps.passkeys.ofPerson(person)));
  return known.every((keys) => keys.length === 0) ? [{ code: 'step-up-keyless' }] : [];
}

/** Whether this person's workstation should look out for a signature that may be asked for any moment. */
export async function maySign(deps: Deps, person: string): Promise<boolean> {
  if (!Object.values(deps.settings.rules).some(({ stepUp }) => stepUp === true)) return false;
  return (await deps.tickets.waitingFor(person, { size: 1 })).items.length > 0;
}

/** How the approver said that they recognised the subject; pressed again while the job waits, it need not be said again. */
export function recognitionOf(ticket: Ticket, member: Member, action: Action): Action['how'] {
  const before = ticket.rule.stepUp === true ? stepUpOf(ticket, member.id) : undefined;
  return action.how ?? (before?.state === 'offered' ? before.how : undefined);
}

/** Approve, where the rule asks for the approver's own key: which of their workstations, and what it is judged by. */
export async function beginApproval(deps: Deps, member: Member, ticket: Ticket, action: Action): Promise<Begin> {
  const [facts, paired, keys] = await Promise.all([
    decisionFacts(deps, ticket, member.id),
    deps.workstations.ofPerson(member.id),
    signingKeys(deps, member.id),
  ]);
  const own = paired.filter(({ state, kind }) => state === 'active' && kind === 'own');
  const chosen = action.workstation ? own.find(({ id }) => id === action.workstation) : undefined;
  const found = chosen ?? (own.length === 1 && !action.workstation ? own[0] : undefined);
  return {
    kind: 'begin-approval',
    how: recognitionOf(ticket, member, action) ?? 'in-person',
    facts,
    job: `job-${deps.newId()}`,
    audience: deps.settings.publicUrl,
    salt: deps.newId(),
    keys: keys.length,
    several: !action.workstation && own.length > 1,
    ...(found && { workstation: { id: found.id, name: found.name, kind: found.kind } }),
  };
}

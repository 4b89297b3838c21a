import { hasActed, passMayLive } from './alive';
import { type Refusal } from './commands';
import { type Flow, type Moment, type Ticket } from './ticket';
import { plusMinutes } from './time';

/** How long after its end a ticket can still be frozen. */
export const FREEZE_DAYS = 7;

/** Ways back in for somebody who is locked out: what a thief would ask for. */
const RECOVERIES: readonly Flow[] = ['lost-key', 'locked-pin', 'pass'];

/** Whether the subject is told on two ways: of every recovery, and of whatever somebody else asks for them. */
export function isRecovery({ flow, requester, subject }: Pick<Ticket, 'flow' | 'requester' | 'subject'>): boolean {
  return RECOVERIES.includes(flow) || requester.id !== subject.id;
}

/** Whether this person may say that it was not them: whose account it is, and who hears of it by mail. */
export function mayFreeze(ticket: Ticket, person: string): boolean {
  return isRecovery(ticket) && (person === ticket.subject.id || person === ticket.told?.person.id);
}

/** Why a ticket cannot be frozen (any more). The usual case is one that is done: the thief has finished. */
export function whyNoFreeze(ticket: Ticket, now: Moment): Refusal | undefined {
  if (ticket.freeze) return { code: ticket.status };
  if (ticket.status === 'waiting' || ticket.status === 'approved') return undefined;
  if (!hasActed(ticket) && !ticket.job?.credentialId) return { code: 'nothing-to-freeze' };
  const until = plusMinutes(ticket.closedAt ?? ticket.openedAt, FREEZE_DAYS * 24 * 60);
  return now > until ? { code: 'freeze-over', facts: { days: FREEZE_DAYS } } : undefined;
}

/** Which passkeys a freeze takes off the account: those that this ticket brought, and no others. */
export interface TakesBack {
  /** Entra's ids of those that the ticket knows. */
  methodIds: readonly string[];
  /** base64url of the credential that a workstation made, whether or not Entra was heard to take it. */
  credentialId?: string;
  /** Whatever was made while one of its passes lived, or soon after with a session that such a pass opened. */
  made?: { from: Moment; until: Moment };
  /** Entra's ids of those that were there before: never taken. */
  known: readonly string[];
}

/** How long a session may still be used after its pass has ended: an access token lives up to 90 minutes. */
const SESSION_MINUTES = 90;

/** Of a frozen ticket. Nothing that happens after the freeze changes it: it is part of what the service signs. */
export function takesBack({ freeze, passkey, job, generations, passkeysBefore }: Ticket): TakesBack {
  const end = freeze?.at ?? '';
  const ends = generations.map(({ endedAt }) => (endedAt !== undefined && endedAt < end ? endedAt : end)).sort();
  const [first] = generations;
  const last = ends.at(-1);
  return {
    methodIds: passkey ? [passkey.methodId] : [],
    ...(job?.credentialId !== undefined && { credentialId: job.credentialId }),
    ...(first && last && { made: { from: first.startedAt, until: plusMinutes(last, SESSION_MINUTES) } }),
    known: passkeysBefore,
  };
}

/** How long a list of Entra may not show what is there already, with time for a request that was on its way. */
const LAG_MINUTES = 10;

/** Until when passkeys of a frozen ticket may still come to light. */
export function lightUntil(ticket: Ticket): Moment {
  const frozenAt = ticket.freeze?.at ?? ticket.openedAt;
  const { made } = takesBack(ticket);
  return plusMinutes(made && made.until > frozenAt ? made.until : frozenAt, LAG_MINUTES);
}

/** Whether all that a frozen ticket gave is taken back, as far as can be seen: then two people may thaw it. */
export function isTakenBack(ticket: Ticket): boolean {
  const { takenBackAt, sessionsRevokedAt } = ticket.freeze ?? {};
  return takenBackAt !== undefined && sessionsRevokedAt !== undefined && !passMayLive(ticket);
}

/** Whether this person has had a part in the ticket, so that it is for others to thaw it. */
export function isParty({ requester, subject, hander, approvals, told, freeze }: Ticket, person: string): boolean {
  const parties = [requester, subject, hander, told?.person, freeze?.by, ...approvals.map(({ by }) => by)];
  return parties.some((one) => one?.id === person);
}

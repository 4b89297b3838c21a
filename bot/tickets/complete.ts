import { hasStep } from './plan';
import { type Ticket } from './ticket';
import { passMayLive } from './alive';

/** Whether the subject has what they asked for: a key that Entra knows, or in flow `pass` a pass that has had its time. */
function isServed(ticket: Ticket): boolean {
  if (passMayLive(ticket)) return false;
  if (hasStep(ticket, 'register')) return ticket.passkey !== undefined;
  return !hasStep(ticket, 'show') || ticket.done.show !== undefined;
}

/** Whether nothing of the account is left that was to go: first the passkeys, then what was opened with them. */
export function isCleared(ticket: Ticket): boolean {
  const { removals, sessionsRevokedAt } = ticket;
  const gone = removals.every(({ state }) => state === 'removed' || state === 'kept');
  // Nobody holds a key that was erased, so nothing was opened with it that must end.
  return gone && (removals.length === 0 || sessionsRevokedAt !== undefined || !hasStep(ticket, 'revoke'));
}

/** Whether a removal was begun and has not come to its end: a key is still to go, or what was opened with it. */
export function isClearing(ticket: Ticket): boolean {
  const begun = ticket.removals.some(({ state }) => state === 'due' || state === 'removed');
  // A freeze stops whatever was still to go.
  return begun && !ticket.freeze && !isCleared(ticket);
}

/** Whether something of a ticket is somebody's business also when it has ended: a pass that may be alive, or a removal. */
export function outlivesEnd(ticket: Ticket): boolean {
  return passMayLive(ticket) || isClearing(ticket);
}

/** Whether all of an approved ticket's plan is done. */
export function isComplete(ticket: Ticket): boolean {
  return ticket.status === 'approved' && isServed(ticket) && isCleared(ticket);
}

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

/** Whether all of an approved ticket's plan is done. */
export function isComplete(ticket: Ticket): boolean {
  return ticket.status === 'approved' && isServed(ticket) && isCleared(ticket);
}

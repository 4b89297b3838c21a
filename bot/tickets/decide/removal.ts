import { hasStep } from '../plan';
import { type Ticket } from '../ticket';
import { type Answer, type BodyOf, type CommandOf, happened, NOTHING, progressed } from './answer';

/** What comes of a new way in: the old keys go now. */
export function nowRemovable(ticket: Ticket): BodyOf<'removal-due'>[] {
  const { removals } = ticket;
  // What goes because its key was erased goes then, and only then.
  if (hasStep(ticket, 'reset')) return [];
  return removals.some(({ state }) => state === 'named') ? [{ kind: 'removal-due' }] : [];
}

/** A passkey is off the account, and was seen to be. Told also after the ticket's end: the removal was decided before. */
export function passkeyRemoved(ticket: Ticket, command: CommandOf<'passkey-removed'>): Answer {
  const { methodId, how } = command;
  const due = ticket.removals.some(({ passkey, state }) => passkey.methodId === methodId && state === 'due');
  return due ? progressed(ticket, command, { kind: 'passkey-removed', methodId, how }) : NOTHING;
}

export function sessionsRevoked(ticket: Ticket, command: CommandOf<'sessions-revoked'>): Answer {
  // As often as it was done, also where the thaw was faster: each has its record.
  if (ticket.freeze) return happened(command, { kind: 'sessions-revoked' });
  const owed =
    hasStep(ticket, 'revoke') &&
    ticket.removals.length > 0 &&
    ticket.removals.every(({ state }) => state === 'removed');
  return owed && !ticket.sessionsRevokedAt ? progressed(ticket, command, { kind: 'sessions-revoked' }) : NOTHING;
}

import { isOpen, type Ticket } from '../ticket';
import { outlivesEnd } from '../complete';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';
import { isOtherKeyOpen } from '../diagnosis';
import { isForPeople } from '../help';
import { ANOTHER_KEY } from '../standstill';
import { dropRemoval } from './reset';

export const COMMENT_AT_MOST = 1000;
/** So that a ticket stays within what a table row holds. */
export const COMMENTS_AT_MOST = 50;

export function comment(ticket: Ticket, command: CommandOf<'comment'>): Answer {
  if (!command.helpdesk || command.by.kind !== 'person') return refused('helpdesk-only');
  const text = command.text.trim();
  if (text === '') return refused('comment-missing');
  if (text.length > COMMENT_AT_MOST) return refused('comment-too-long', { most: COMMENT_AT_MOST, is: text.length });
  if (ticket.comments.length >= COMMENTS_AT_MOST) return refused('comments-full', { most: COMMENTS_AT_MOST });
  return happened(command, { kind: 'commented', person: { id: command.by.id, name: command.by.name }, text });
}

export function takeOver(ticket: Ticket, command: CommandOf<'take-over'>): Answer {
  if (!command.helpdesk || command.by.kind !== 'person') return refused('helpdesk-only');
  if (!ticket.parked) return refused('not-parked');
  if (ticket.parked.takenBy?.id === command.by.id) return NOTHING;
  if (ticket.parked.takenBy) return refused('already-taken', { name: ticket.parked.takenBy.name });
  return happened(command, { kind: 'taken-over', person: { id: command.by.id, name: command.by.name } });
}

/** Tries a parked step again. The service then works off what waits; a success clears the mark. */
export function retry(ticket: Ticket, command: CommandOf<'retry'>): Answer {
  if (!command.helpdesk) return refused('helpdesk-only');
  if (!ticket.parked) return refused('not-parked');
  // The service itself tries again whatever it can; this only people can settle.
  const forPeople = command.by.kind === 'person' && ticket.parked.code === ANOTHER_KEY;
  if (forPeople && isOtherKeyOpen(ticket)) return dropRemoval(ticket, command);
  if (isForPeople(ticket.parked)) return refused(ticket.parked.code);
  return happened(command, { kind: 'resumed' });
}

export function park(ticket: Ticket, command: CommandOf<'park'>): Answer {
  const open = isOpen(ticket) || outlivesEnd(ticket);
  const same = ticket.parked?.step === command.step && ticket.parked.code === command.code;
  return !open || same ? NOTHING : happened(command, { kind: 'parked', step: command.step, code: command.code });
}

import { isSharedIn, PLACES_AT_MOST } from '../shared';
import { type Ticket } from '../ticket';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';

/** Puts the ticket's card into a group chat or channel: by the helpdesk, where all who are there may read it. */
export function share(ticket: Ticket, command: CommandOf<'share'>): Answer {
  const { place, barred } = command;
  if (!command.helpdesk || command.by.kind !== 'person') return refused('helpdesk-only');
  if (barred !== undefined) return refused(barred);
  if (isSharedIn(ticket, place.id)) return NOTHING;
  if ((ticket.sharedIn ?? []).length >= PLACES_AT_MOST) return refused('shared-enough', { most: PLACES_AT_MOST });
  return happened(command, { kind: 'shared', person: { id: command.by.id, name: command.by.name }, place });
}

/** Takes it out again: the helpdesk, or the service where the place is no longer what it was. */
export function unshare(ticket: Ticket, command: CommandOf<'unshare'>): Answer {
  if (!command.helpdesk && command.by.kind !== 'service') return refused('helpdesk-only');
  if (!isSharedIn(ticket, command.place)) return NOTHING;
  return happened(command, { kind: 'unshared', place: command.place, why: command.why });
}

import { isOpen, type Ticket } from '../ticket';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';

/** Who of the helpdesk looks after a ticket: whoever of them says so, for themselves or for a colleague. */
export function assign(ticket: Ticket, command: CommandOf<'assign'>): Answer {
  if (!command.helpdesk || command.by.kind !== 'person') return refused('helpdesk-only');
  if (!isOpen(ticket) && !ticket.parked) return refused(ticket.status);
  if (!command.to) return refused('colleague-missing');
  if (!command.toHelpdesk) return refused('colleague-not-helpdesk', { name: command.to.name });
  if (ticket.assigned?.to.id === command.to.id) return NOTHING;
  return happened(command, { kind: 'assigned', to: command.to });
}

export function unassign(ticket: Ticket, command: CommandOf<'unassign'>): Answer {
  if (!command.helpdesk || command.by.kind !== 'person') return refused('helpdesk-only');
  return ticket.assigned ? happened(command, { kind: 'unassigned' }) : NOTHING;
}

import { type TicketEvent } from './events';
import { type Ticket } from './ticket';

type EventOf<K extends TicketEvent['kind']> = Extract<TicketEvent, { kind: K }>;

export function shared(ticket: Ticket, { place, person, at }: EventOf<'shared'>): Ticket {
  return { ...ticket, sharedIn: [...(ticket.sharedIn ?? []), { ...place, by: person, at }] };
}

export function unshared(ticket: Ticket, { place }: EventOf<'unshared'>): Ticket {
  return { ...ticket, sharedIn: (ticket.sharedIn ?? []).filter(({ id }) => id !== place) };
}

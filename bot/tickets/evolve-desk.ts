import { type TicketEvent } from './events';
import { type Ticket } from './ticket';

type EventOf<K extends TicketEvent['kind']> = Extract<TicketEvent, { kind: K }>;

/** Independent of who has taken over a parked step. */
export function assigned(ticket: Ticket, event: EventOf<'assigned'>): Ticket {
  return { ...ticket, assigned: { to: event.to, at: event.at } };
}

export function unassigned(ticket: Ticket): Ticket {
  const { assigned: _before, ...rest } = ticket;
  return rest;
}

export function nudged(ticket: Ticket, { approvers, as, at }: EventOf<'nudged'>): Ticket {
  const postedAnew = { ...ticket.postedAnew, ...Object.fromEntries(approvers.map(({ id }) => [id, at])) };
  return { ...ticket, postedAnew, ...(as === 'requester' && { requesterNudgedAt: at }) };
}

export function resent(ticket: Ticket, { to, at }: EventOf<'resent'>): Ticket {
  return { ...ticket, postedAnew: { ...ticket.postedAnew, [to.id]: at } };
}

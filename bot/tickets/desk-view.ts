import { undecided } from './asked';
import { type PersonRef } from './people';
import { cardsOf, nudgeable, postableFrom, requesterNudgesFrom } from './posting';
import { queuePlace, type WaitsOn } from './queue';
import { isOpen, type Moment, type Ticket } from './ticket';
import { type TicketVerb } from './verbs';

/** What only the helpdesk sees of a ticket. */
export interface DeskView {
  /** Who of them looks after it. */
  assigned?: PersonRef;
  waitsOn?: WaitsOn;
  overdue: boolean;
  /** Whom a reminder can be sent to now. */
  nudgeable: readonly PersonRef[];
  /** Whose card can be posted anew now. */
  resendable: readonly PersonRef[];
}

export function deskView(ticket: Ticket, now: Moment): DeskView {
  const place = queuePlace(ticket);
  return {
    ...(ticket.assigned && { assigned: ticket.assigned.to }),
    ...(place && { waitsOn: place.waitsOn }),
    overdue: place !== undefined && place.waitsOn !== 'helpdesk' && place.overdueAt <= now,
    nudgeable: nudgeable(ticket, now),
    resendable: cardsOf(ticket)
      .map(({ person }) => person)
      .filter(({ id }) => postableFrom(ticket, id) <= now),
  };
}

/** What the helpdesk may do beside a ticket's own course. */
export function deskVerbs(ticket: Ticket, viewer: string, now: Moment): TicketVerb[] {
  const verbs: TicketVerb[] = [];
  if (isOpen(ticket) || ticket.parked) {
    verbs.push('assign');
    if (ticket.assigned?.to.id !== viewer) verbs.push('assign-me');
    if (ticket.assigned) verbs.push('unassign');
  }
  if (nudgeable(ticket, now).length > 0) verbs.push('nudge');
  verbs.push('resend');
  return verbs;
}

/**
 * Whether the requester finds a button to remind those who were asked. It stands there before its time, for nobody draws
 * the card anew when that comes; pressed too early it says from when on.
 */
export function mayRemind(ticket: Ticket, now: Moment): boolean {
  const again = ticket.requesterNudgedAt === undefined || requesterNudgesFrom(ticket) <= now;
  return ticket.status === 'waiting' && undecided(ticket).length > 0 && again;
}

import { isAsked } from './diagnosis';
import { type TicketEvent } from './events';
import { firstCircle } from './rule';
import { type Denial, type Ticket } from './ticket';

type EventOf<K extends TicketEvent['kind']> = Extract<TicketEvent, { kind: K }>;

export function reminded(ticket: Ticket, { at }: EventOf<'reminded'>): Ticket {
  return { ...ticket, remindedAt: at, reminders: (ticket.reminders ?? 0) + 1 };
}

export function approved(ticket: Ticket, { approval, risks = [] }: EventOf<'approved'>): Ticket {
  return { ...ticket, approvals: [...ticket.approvals, approval], risks: [...ticket.risks, ...risks] };
}

export function denialOf({ person, at, reason, for: place, blockedUntil }: EventOf<'denied'>): Denial {
  return { by: person, at, reason, ...(place && { for: place }), ...(blockedUntil !== undefined && { blockedUntil }) };
}

export function blockLifted(ticket: Ticket, { person, at, reason }: EventOf<'block-lifted'>): Ticket {
  return ticket.denial ? { ...ticket, denial: { ...ticket.denial, lifted: { by: person, at, reason } } } : ticket;
}

/** The approval of somebody who may decide no longer falls with them; their card stays, and says so. */
export function approversChanged(ticket: Ticket, event: EventOf<'approvers-changed'>): Ticket {
  const { approvers, rule, risks, fallen = [] } = event;
  const still = (id: string) => approvers.some((one) => one.id === id);
  const wereAsked = ticket.approvers.filter(({ circle }) => circle <= ticket.askedCircle);
  const gone = [...(ticket.formerApprovers ?? []), ...wereAsked].filter(({ id }) => !still(id));
  const former = gone.filter((one, at) => gone.findIndex(({ id }) => id === one.id) === at);
  const { formerApprovers: _before, ...rest } = ticket;
  return {
    ...rest,
    approvers,
    ...(rule && { rule }),
    ...(risks && { risks }),
    // Nobody is asked before it is clear what is to be approved.
    askedCircle: isAsked(ticket)
      ? Math.max(ticket.askedCircle, firstCircle(approvers, (rule ?? ticket.rule).needed))
      : ticket.askedCircle,
    approvals: ticket.approvals.filter(({ by }) => still(by.id) && !fallen.includes(by.id)),
    unreached: ticket.unreached.filter(({ person }) => !former.some(({ id }) => id === person.id)),
    ...(former.length > 0 && { formerApprovers: former.map(({ id, name }) => ({ id, name })) }),
  };
}

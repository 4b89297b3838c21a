import { type TicketEvent } from './events';
import { type OuterLink } from './outer';
import { type Ticket } from './ticket';

type OuterEvent = Extract<TicketEvent, { kind: 'outer-numbered' | 'outer-failed' | 'outer-restored' }>;

function linkAfter(outer: OuterLink, event: OuterEvent): OuterLink {
  switch (event.kind) {
    case 'outer-numbered': {
      const { number, url, system: by, at } = event;
      return { ...outer, number: { number, ...(url !== undefined && { url }), by, at } };
    }
    case 'outer-failed':
      return { ...outer, failed: [...outer.failed, { to: event.to, code: event.code, at: event.at }] };
    case 'outer-restored':
      return { ...outer, failed: outer.failed.filter(({ to }) => to !== event.to) };
  }
}

/** The ticket after an event of its link to the outer system. */
export function outerEvolved(ticket: Ticket, event: OuterEvent): Ticket {
  return { ...ticket, outer: linkAfter(ticket.outer ?? { to: [], failed: [] }, event) };
}

import { type PersonRef } from './people';
import { type StepView, stepsOf } from './plan';
import { type Flow, type Moment, type Status, type Ticket } from './ticket';

/** A group chat or a channel of Teams. `id` is the conversation's own, without the thread in which somebody wrote. */
export interface Place {
  id: string;
  kind: 'group-chat' | 'channel';
}

/** A place in which the ticket's card stands for everybody, and who of the helpdesk has put it there. */
export interface SharedIn extends Place {
  by: PersonRef;
  at: Moment;
}

/**
 * Why a card stands there no longer: the bot was taken out of the place, somebody is in it now who may not read it, or
 * the helpdesk has taken it away.
 */
export type UnshareReason = 'bot-removed' | 'members-changed' | 'taken-away';

/** More places than this tell nobody anything new, and cost a call each at every step. */
export const PLACES_AT_MOST = 5;

/**
 * A ticket as everybody in a place may see it. It has no field for what people wrote, for numbers, codes, workstations,
 * approvers or buttons: what a card cannot be given it cannot show.
 */
export interface SharedView {
  id: string;
  shortId: string;
  /** Changes with every event of the ticket, as in `TicketView`. */
  nonce: string;
  flow: Flow;
  status: Status;
  subject: string;
  steps: readonly StepView[];
  /** Whether a step stands still, and who of the helpdesk has taken it. */
  stuck?: { takenBy?: string };
  openedAt: Moment;
  closedAt?: Moment;
}

export function sharedView(ticket: Ticket): SharedView {
  const { parked } = ticket;
  return {
    id: ticket.id,
    shortId: ticket.shortId,
    nonce: `v${ticket.version}`,
    flow: ticket.flow,
    status: ticket.status,
    subject: ticket.subject.name,
    steps: stepsOf(ticket),
    ...(parked && { stuck: { ...(parked.takenBy && { takenBy: parked.takenBy.name }) } }),
    openedAt: ticket.openedAt,
    ...(ticket.closedAt && { closedAt: ticket.closedAt }),
  };
}

export function isSharedIn(ticket: Ticket, place: string): boolean {
  return ticket.sharedIn?.some(({ id }) => id === place) === true;
}

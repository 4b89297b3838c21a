import { type WorkstationRef } from '../../bot/tickets/ticket';
import { type TicketView } from '../../bot/tickets/view';
import { type CardAction, type CardElement } from '../card';
import { type FieldProblem } from '../inputs';

/** What a ticket's card needs besides the ticket. */
export interface ProgressModel {
  view: TicketView;
  /** The number that the recipient types at the workstation before a job runs there. */
  jobNumber?: string;
  /** The workstations that are paired with the recipient. Undefined: not looked up. */
  workstations?: readonly WorkstationRef[];
  problems?: readonly FieldProblem[];
}

/** The middle of a ticket's card: what is now. The first action is the one to take. */
export interface Stage {
  title: string;
  body: readonly (CardElement | undefined)[];
  /** What the requester or the subject can do about it; others need not read it. */
  advice?: CardElement;
  actions: readonly (CardAction | undefined)[];
  /** Set where it says itself why the ticket is stuck. */
  tellsWhyStuck?: true;
}

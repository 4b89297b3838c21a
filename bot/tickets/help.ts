import { outlivesEnd } from './complete';
import { type TicketEvent } from './events';
import { type Parked, type Ticket } from './ticket';

/** Failures of an outer system that go away by themselves, most often. */
const MENDS_ITSELF: readonly string[] = ['outer-unreachable', 'outer-busy', 'outer-odd-reply'];

/** Whether the helpdesk is to see a ticket without having asked for it. */
export function needsHelp(ticket: Ticket): boolean {
  const { parked, unreached, status, told, outer } = ticket;
  if (status === 'frozen') return true;
  const untold = told?.mails.some(({ failed }) => failed !== undefined) === true;
  const open = status === 'waiting' || status === 'approved' || outlivesEnd(ticket);
  // An outage out there is no call for each of its tickets; what does not mend itself is.
  const deaf = outer?.failed.some(({ code }) => !MENDS_ITSELF.includes(code)) === true;
  return open && (deaf || parked !== undefined || unreached.length > 0 || untold);
}

/** Whether nothing that the service can do again will help: not to find an approver, nor to bring back a code that is dead. */
export function isForPeople({ code }: Parked): boolean {
  return code === 'nobody-may-approve' || code === 'code-dead';
}

/** Remembers that somebody of the helpdesk has a card of it, or is about to: from then on theirs follow it as all others do. */
export function withHelp(ticket: Ticket, { kind }: TicketEvent): Ticket {
  return kind === 'assigned' || needsHelp(ticket) ? { ...ticket, helpdeskCalled: true } : ticket;
}

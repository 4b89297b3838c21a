import { type HistoryPage } from '../tickets/desk-lines';
import { type PersonRef } from '../tickets/people';
import { type TicketId } from '../tickets/ids';
import { type Deps } from './deps';
import { deliveriesOf } from './deliveries';
import { helpdeskMembers } from './helpdesk-members';
import { historyPage } from './history';
import { type Member } from './member';

/** Lines of the history that stand on the ticket's own card; the rest is a page away. */
const ON_CARD = 5;
const PAGE = 12;
/** So many colleagues can be chosen from a list. */
const COLLEAGUES = 40;

/** What the helpdesk reads of a ticket beside its view. Read when somebody looks, so it stands on no posted card. */
export interface HelpdeskDetails {
  history: HistoryPage;
  /** The others of the helpdesk, to whom it can be given. */
  colleagues: readonly PersonRef[];
}

export async function helpdeskDetails(deps: Deps, member: Member, id: TicketId): Promise<HelpdeskDetails> {
  const [history, members] = await Promise.all([historyPage(deps, id, 0, ON_CARD), helpdeskMembers(deps)]);
  const colleagues = members.filter((one) => one.id !== member.id).slice(0, COLLEAGUES);
  return { history, colleagues: colleagues.map((one) => ({ id: one.id, name: one.displayName })) };
}

/** A page of a ticket's history; undefined for anybody but the helpdesk, and where there is no such ticket. */
export async function lookBack(deps: Deps, member: Member, id: TicketId, newer: number) {
  const stored = member.helpdesk ? await deps.tickets.load(id) : undefined;
  return stored && { ticket: stored.ticket, page: await historyPage(deps, id, newer, PAGE) };
}

/** Who has a card of the ticket; undefined for anybody but the helpdesk, and where there is no such ticket. */
export async function whoWasReached(deps: Deps, member: Member, id: TicketId) {
  const stored = member.helpdesk ? await deps.tickets.load(id) : undefined;
  return stored && { ticket: stored.ticket, report: await deliveriesOf(deps, stored.ticket) };
}

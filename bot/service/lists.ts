import { type TicketId } from '../tickets/ids';
import { parseShortId } from '../tickets/ids';
import { type TicketView, viewOf } from '../tickets/view';
import { type Deps, momentOf } from './deps';
import { type Member } from './member';
import { type Page } from './ports';

const PAGE = 8;

/** The tickets behind index rows, as the member may see them; a row whose ticket no longer fits is passed over. */
async function viewsOf(
  deps: Deps,
  member: Member,
  page: Page<TicketId>,
  fits: (view: TicketView) => boolean,
): Promise<Page<TicketView>> {
  const stored = await Promise.all(page.items.map((id) => deps.tickets.load(id)));
  const views = stored.flatMap((one) => (one ? (viewOf(one.ticket, member, momentOf(deps)) ?? []) : []));
  return { items: views.filter(fits), ...(page.next && { next: page.next }) };
}

/** The member's own tickets, newest first. */
export async function mine(deps: Deps, member: Member, next?: string): Promise<Page<TicketView>> {
  const page = await deps.tickets.ofPerson(member.id, { size: PAGE, ...(next && { next }) });
  return viewsOf(deps, member, page, () => true);
}

/** What waits for the member's decision, oldest first. */
export async function waiting(deps: Deps, member: Member, next?: string): Promise<Page<TicketView>> {
  const page = await deps.tickets.waitingFor(member.id, { size: PAGE, ...(next && { next }) });
  return viewsOf(deps, member, page, (view) => view.can.includes('approve'));
}

/** All open tickets, oldest first: the helpdesk's queue. */
export async function queue(deps: Deps, member: Member, next?: string): Promise<Page<TicketView>> {
  if (!member.helpdesk) return { items: [] };
  const page = await deps.tickets.open({ size: PAGE, ...(next && { next }) });
  return viewsOf(deps, member, page, (view) => view.closedAt === undefined);
}

/** The ticket that a typed short id means. */
export async function ticketByText(deps: Deps, text: string): Promise<TicketId | undefined> {
  const shortId = parseShortId(text);
  return shortId && deps.tickets.find(shortId);
}

import { type TicketId } from '../tickets/ids';
import { parseShortId } from '../tickets/ids';
import { type TicketView, viewOf } from '../tickets/view';
import { SERVICE } from '../tickets/people';
import { type Deps, momentOf } from './deps';
import { detailsOf } from './details';
import { dispatch } from './dispatch';
import { type Member } from './member';
import { settleNow } from './outbox';
import { type Page, type TicketPage } from './ports';
import { ticketsIn } from './tickets-in';
import { unlessOvertaken } from './unless-overtaken';

const PAGE = 8;

/** The tickets of a page, as the member may see them; one that no longer fits is passed over. */
async function viewsOf(
  deps: Deps,
  member: Member,
  page: TicketPage,
  fits: (view: TicketView) => boolean,
): Promise<Page<TicketView>> {
  const tickets = await ticketsIn(deps, page);
  const views = tickets.flatMap((ticket) => viewOf(ticket, member, momentOf(deps)) ?? []);
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

/** Posts what waited for somebody who could not be reached until now: their approval cards. */
export async function catchUp(deps: Deps, member: Member): Promise<void> {
  const { items } = await deps.tickets.waitingFor(member.id, { size: PAGE });
  for (const id of items) {
    const stored = await deps.tickets.load(id);
    const details = stored && (await detailsOf(deps, stored.ticket, { ...member, helpdesk: false }));
    if (!details?.view.can.includes('approve')) continue;
    const person = { id: member.id, name: member.name };
    await unlessOvertaken(deps.messenger.card({ person, slot: 'approval', nudge: false, details }));
    const command = { kind: 'reached', person: member.id, at: momentOf(deps), by: SERVICE } as const;
    await dispatch(deps, id, command, `${id}~reached~${member.id}~${stored?.ticket.version ?? 0}`);
    settleNow(deps, id);
  }
}

/** The ticket that a typed short id means. */
export async function ticketByText(deps: Deps, text: string): Promise<TicketId | undefined> {
  const shortId = parseShortId(text);
  return shortId && deps.tickets.find(shortId);
}

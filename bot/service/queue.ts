import { COUNT_AT_MOST, type QueueFilter, type QueuePart, WAITS_ON } from '../tickets/queue';
import { type Ticket } from '../tickets/ticket';
import { type TicketView, viewOf } from '../tickets/view';
import { type Deps, momentOf } from './deps';
import { type Member } from './member';
import { ticketsIn } from './tickets-in';

const PAGE = 8;
const PAGE_OF_FILE = 50;

/** One page of a part of the queue. */
export interface QueuePage {
  part: QueuePart;
  items: readonly TicketView[];
  next?: string;
  /** On the first page: what there is to do. A figure of `COUNT_AT_MOST` says "as many, or more". */
  counts?: { overdue: number; unassigned: number; mine: number };
}

function filterOf(part: QueuePart, member: Member, now: string): QueueFilter {
  switch (part) {
    case 'all':
    case 'oldest':
      return {};
    case 'overdue':
      return { overdueBy: now };
    case 'mine':
      return { assigned: { to: member.id } };
    case 'unassigned':
      return { assigned: 'nobody' };
    default: {
      const waitsOn = WAITS_ON.find((who) => part === `on-${who}`);
      return waitsOn ? { waitsOn } : {};
    }
  }
}

/** How much there is to do, up to `COUNT_AT_MOST` of each kind. */
export async function countsFor(deps: Deps, member: Member, now: string): Promise<NonNullable<QueuePage['counts']>> {
  const count = (part: QueuePart) => deps.tickets.queueCount(filterOf(part, member, now), COUNT_AT_MOST);
  const [overdue, unassigned, mine] = await Promise.all([count('overdue'), count('unassigned'), count('mine')]);
  return { overdue, unassigned, mine };
}

/**
 * The helpdesk's queue: what is stuck first, then whatever is overdue the longest. Index rows are hints; each ticket is
 * read, and shown as it is. Nothing for anybody else.
 */
export async function queue(
  deps: Deps,
  member: Member,
  { part = 'all', next }: { part?: QueuePart; next?: string } = {},
): Promise<QueuePage> {
  if (!member.helpdesk) return { part, items: [] };
  const now = momentOf(deps);
  const page = { size: PAGE, ...(next && { next }) };
  const [found, counts] = await Promise.all([
    part === 'oldest' ? deps.tickets.open(page) : deps.tickets.queue(filterOf(part, member, now), page),
    next === undefined ? countsFor(deps, member, now) : undefined,
  ]);
  const items = (await ticketsIn(deps, found)).flatMap((ticket) => viewOf(ticket, member, now) ?? []);
  return { part, items, ...(found.next && { next: found.next }), ...(counts && { counts }) };
}

/** The tickets of a part of the queue in its order, at most so many; `more`: there are others. */
export async function queueTickets(
  deps: Deps,
  member: Member,
  part: QueuePart,
  most: number,
): Promise<{ tickets: Ticket[]; more: boolean }> {
  const tickets: Ticket[] = [];
  const filter = filterOf(part, member, momentOf(deps));
  let next: string | undefined;
  for (let page = 0; page * PAGE_OF_FILE < 2 * most; page += 1) {
    const wanted = { size: Math.min(PAGE_OF_FILE, most - tickets.length), ...(next && { next }) };
    const found = part === 'oldest' ? await deps.tickets.open(wanted) : await deps.tickets.queue(filter, wanted);
    tickets.push(...(await ticketsIn(deps, found)));
    next = found.next;
    if (next === undefined || tickets.length >= most) break;
  }
  return { tickets, more: next !== undefined };
}

import { type Person } from '../entra';
import { type TicketId } from '../tickets/ids';
import { type Ticket } from '../tickets/ticket';
import { type TicketView, viewOf } from '../tickets/view';
import { type Deps, momentOf } from './deps';
import { ticketByText } from './lists';
import { type Member } from './member';
import { type TicketPage } from './ports';
import { ticketsIn } from './tickets-in';

/** What a box below a message has room for. */
const FOUND_AT_MOST = 12;
/** Index rows looked through, so that a search costs the same with a hundred tickets and with a hundred thousand. */
const OWN_AT_MOST = 40;
const OPEN_AT_MOST = 60;
const PEOPLE_AT_MOST = 4;
const OF_EACH = 6;
const SHORTEST_NAME = 2;

/** Whether all words of the search stand somewhere in what this person may read of the ticket. */
function fits(view: TicketView, wanted: readonly string[], namesOf: (view: TicketView) => string): boolean {
  const people = [view.subject.name, view.requester.name, view.hander?.name ?? ''];
  const text = [view.shortId, view.reason, ...people, namesOf(view)].join(' ').toLowerCase();
  return wanted.every((word) => text.includes(word));
}

/** The helpdesk finds tickets by the person too, also those that ended long ago. */
async function ofPeople(deps: Deps, text: string): Promise<TicketPage[]> {
  if (text.length < SHORTEST_NAME) return [];
  const people = await deps.entra.people.search(text, PEOPLE_AT_MOST);
  return Promise.all(people.map(({ id }) => deps.tickets.ofPerson(id, { size: OF_EACH })));
}

async function oneOf(deps: Deps, id: TicketId): Promise<readonly Ticket[]> {
  const stored = await deps.tickets.load(id);
  return stored ? [stored.ticket] : [];
}

/** Wherever a text may be found: the member's own, those that wait for them, and for the helpdesk all. */
async function whereverNamed(deps: Deps, member: Member, typed: string): Promise<readonly Ticket[]> {
  const { tickets } = deps;
  const [named, ...pages] = await Promise.all([
    member.helpdesk ? ofPeople(deps, typed) : [],
    tickets.ofPerson(member.id, { size: OWN_AT_MOST }),
    tickets.waitingFor(member.id, { size: OWN_AT_MOST }),
    ...(member.helpdesk ? [tickets.open({ size: OPEN_AT_MOST })] : []),
  ]);
  const found = (await Promise.all([...pages, ...named].map((page) => ticketsIn(deps, page)))).flat();
  return [...new Map(found.map((ticket) => [ticket.id, ticket])).values()];
}

/**
 * Tickets by number, person or word, newest first; with an empty text the latest ones. Each is seen as this member may
 * see it, and those that are none of their business are not found.
 * @param namesOf what else a ticket is called, in the searcher's language: its flow, its status
 */
export async function searchTickets(
  deps: Deps,
  member: Member,
  text: string,
  namesOf: (view: TicketView) => string,
): Promise<TicketView[]> {
  const typed = text.trim().slice(0, 100);
  const exact = await ticketByText(deps, typed);
  const tickets = exact ? await oneOf(deps, exact) : await whereverNamed(deps, member, typed);
  const now = momentOf(deps);
  const views = tickets.flatMap((ticket) => viewOf(ticket, member, now) ?? []);
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = exact ? views : views.filter((view) => fits(view, wanted, namesOf));
  return found.sort((a, b) => b.openedAt.localeCompare(a.openedAt)).slice(0, FOUND_AT_MOST);
}

/** People of the directory whose name or address begins so. For the helpdesk alone. */
export async function searchPeople(deps: Deps, member: Member, text: string): Promise<Person[]> {
  const typed = text.trim().slice(0, 100);
  if (!member.helpdesk || typed.length < SHORTEST_NAME) return [];
  return deps.entra.people.search(typed, FOUND_AT_MOST);
}

import { passMayLive } from '../../tickets/alive';
import { fitsQueue, queueOrder, queuePlace, type QueueFilter } from '../../tickets/queue';
import { isOpen, type Ticket } from '../../tickets/ticket';
import { askedApprovers } from '../../tickets/view';
import { type TicketPage, type TicketStore } from '../ports';

type Lists = Pick<
  TicketStore,
  'ofPerson' | 'waitingFor' | 'frozenOf' | 'withPassOf' | 'open' | 'queue' | 'queueCount' | 'openings' | 'blocks'
>;

const oldestFirst = (a: Ticket, b: Ticket) => (a.openedAt + a.id < b.openedAt + b.id ? -1 : 1);

function paged(all: readonly Ticket[], page: { size?: number; next?: string } = {}): TicketPage {
  const from = Number(page.next ?? '0');
  const to = from + (page.size ?? 20);
  const tickets = all.slice(from, to);
  return { items: tickets.map(({ id }) => id), tickets, ...(to < all.length && { next: String(to) }) };
}

function waitsFor(ticket: Ticket, person: string): boolean {
  const { status, approvals } = ticket;
  const asked = askedApprovers(ticket).some(({ id }) => id === person);
  return status === 'waiting' && asked && !approvals.some(({ by }) => by.id === person);
}

/** The lists of bot/storage over tickets in memory; what is a hint there is always so here. */
export function memoryLists(tickets: () => Ticket[], enter: (call: keyof Lists) => Promise<void>): Lists {
  const sorted = (fits: (ticket: Ticket) => boolean) => tickets().filter(fits).sort(oldestFirst);

  function inQueue(filter: QueueFilter): Ticket[] {
    const places = tickets().flatMap((ticket) => {
      const place = queuePlace(ticket);
      return place && fitsQueue(place, filter) ? [{ ticket, key: `${queueOrder(place)}~${ticket.id}` }] : [];
    });
    return places.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ ticket }) => ticket);
  }

  return {
    async ofPerson(person, page) {
      await enter('ofPerson');
      const theirs = sorted((t) => [t.requester.id, t.subject.id, t.hander?.id].includes(person));
      return paged(theirs.reverse(), page);
    },
    async waitingFor(person, page) {
      await enter('waitingFor');
      return paged(
        sorted((t) => waitsFor(t, person)),
        page,
      );
    },
    async frozenOf(subject, page) {
      await enter('frozenOf');
      return paged(
        sorted((t) => t.status === 'frozen' && t.subject.id === subject),
        page,
      );
    },
    async withPassOf(subject, page) {
      await enter('withPassOf');
      return paged(
        sorted((t) => passMayLive(t) && t.subject.id === subject),
        page,
      );
    },
    async open(page) {
      await enter('open');
      return paged(sorted(isOpen), page);
    },
    async queue(filter, page) {
      await enter('queue');
      return paged(inQueue(filter), page);
    },
    async queueCount(filter, most) {
      await enter('queueCount');
      return Math.min(most, inQueue(filter).length);
    },
    async openings(of, since, most) {
      await enter('openings');
      const counts = (t: Ticket) =>
        of === 'tenant' || ('requester' in of ? t.requester.id === of.requester : t.subject.id === of.subject);
      const moments = tickets().flatMap((t) => (counts(t) && t.openedAt > since ? [t.openedAt] : []));
      return moments.sort().reverse().slice(0, most);
    },
    async blocks(subject, flow) {
      await enter('blocks');
      const found = sorted((t) => t.subject.id === subject && t.flow === flow && !!t.denial?.blockedUntil);
      return found
        .reverse()
        .slice(0, 3)
        .map(({ id }) => id);
    },
  };
}

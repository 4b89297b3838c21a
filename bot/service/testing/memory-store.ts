import { splitEvent } from '../../storage/personal';
import { type OutboxItem } from '../../tickets/effects';
import { type TicketEvent } from '../../tickets/events';
import { replay } from '../../tickets/evolve';
import { type ShortId, type TicketId } from '../../tickets/ids';
import { actorId } from '../../tickets/people';
import { isOpen, type Moment, type Ticket, wasOpenAfter } from '../../tickets/ticket';
import {
  type Commit,
  type CommitResult,
  type OuterMark,
  type Stored,
  type StoredTicket,
  type TicketStore,
} from '../ports';
import { memoryLists } from './memory-lists';

export interface MemoryStoreOptions {
  now: () => Date;
  dueTimes: (ticket: Ticket) => readonly Moment[];
  /** Awaited at the start of each call: where a test wants to interleave, to fail, or to count. */
  before?: (call: keyof TicketStore, commit?: Commit) => Promise<void> | void;
  /** The same once a commit is written: what fails here is a commit that worked and whose reply was lost. */
  after?: (commit: Commit) => Promise<void> | void;
}

/** What a test may see and do besides: the history, and what somebody with the keys to the tables could. */
export interface MemoryStore extends TicketStore {
  events(id: TicketId): readonly TicketEvent[];
  /** Every outbox item of a ticket, due or not. */
  waitingItems(id: TicketId): readonly OutboxItem[];
  all(): readonly Ticket[];
  /** Changes a stored ticket past all rules. */
  tamper(id: TicketId, change: (ticket: Ticket) => Ticket): void;
  /** Everything that is stored, as text: for who searches for a leaked secret. */
  dump(): string;
}

interface Item extends OutboxItem {
  claimedUntil?: Moment;
}

interface Row {
  /** As text, so that nobody holds on to an object of the store, and nothing but JSON gets in. */
  state: string;
  etag: string;
  commands: Set<string>;
  events: { event: string; commandId: string }[];
  outbox: Map<string, Item>;
}

const seq10 = (seq: number) => String(seq).padStart(10, '0');
const copy = <T>(value: T): T => structuredClone(value);
const ticketOf = (row: Row) => JSON.parse(row.state) as Ticket;
const storedOf = (row: Row): StoredTicket => ({ ticket: ticketOf(row), etag: row.etag });
const freeAt = ({ notBefore, claimedUntil }: Item) =>
  claimedUntil !== undefined && claimedUntil > notBefore ? claimedUntil : notBefore;

/**
 * Tickets in memory, by the contract of bot/storage: a commit holds under its ETag or not at all, a command id counts
 * once, an outbox item goes to one worker at a time. For tests and for proofs too large for tables.
 */
export function createMemoryStore(options: MemoryStoreOptions): MemoryStore {
  const { now, dueTimes } = options;
  const rows = new Map<TicketId, Row>();
  const shortIds = new Map<ShortId, TicketId>();
  const open = new Set<TicketId>();
  const marks = new Map<string, Stored<OuterMark>>();
  let writes = 0;

  const enter = async (call: keyof TicketStore, commit?: Commit) => {
    await options.before?.(call, commit);
  };

  function write({ before, after, commandId, events, wanted, settles, sole }: Commit): CommitResult {
    if (events.length === 0) throw new Error('a commit has at least one event');
    if (after.version !== (before?.ticket.version ?? 0) + events.length)
      throw new Error('a version is raised by one for each event');
    const found = rows.get(after.id);
    if (found?.commands.has(commandId)) return { kind: 'duplicate', stored: storedOf(found) };
    if (before ? found?.etag !== before.etag : found)
      return found ? { kind: 'conflict', stored: storedOf(found) } : { kind: 'conflict' };
    if ((shortIds.get(after.shortId) ?? after.id) !== after.id) return { kind: 'conflict' };
    const same = (t: Ticket) => t.subject.id === after.subject.id && t.flow === after.flow;
    const other = sole && tickets().find((t) => same(t) && wasOpenAfter(t, after.openedAt));
    if (!found && other) return { kind: 'claimed', by: other.shortId };
    const row: Row = found ?? { state: '', etag: '', commands: new Set(), events: [], outbox: new Map() };
    writes += 1;
    row.state = JSON.stringify(after);
    row.etag = `W/${writes}`;
    row.commands.add(commandId);
    row.events.push(...events.map((event) => ({ event: JSON.stringify(event), commandId })));
    const at = now().toISOString();
    const outbox = wanted.map(({ effect, notBefore }, index): OutboxItem => ({
      id: `${seq10(after.version)}-${index + 1}`,
      effect: copy(effect),
      notBefore: notBefore ?? at,
      attempts: 0,
    }));
    for (const item of outbox) row.outbox.set(item.id, { ...item });
    if (settles !== undefined) row.outbox.delete(settles);
    rows.set(after.id, row);
    shortIds.set(after.shortId, after.id);
    if (isOpen(after)) open.add(after.id);
    else open.delete(after.id);
    return { kind: 'committed', stored: storedOf(row), outbox: copy(outbox) };
  }

  const tickets = () => [...rows.values()].map(ticketOf);

  return {
    async load(id) {
      await enter('load');
      const row = rows.get(id);
      return row && storedOf(row);
    },
    async find(shortId) {
      await enter('find');
      return shortIds.get(shortId);
    },
    async commit(commit) {
      await enter('commit', commit);
      const result = write(commit);
      if (result.kind === 'committed') await options.after?.(commit);
      return result;
    },
    ...memoryLists(tickets, enter),
    async outbox(id, at) {
      await enter('outbox');
      const due = [...(rows.get(id)?.outbox.values() ?? [])].filter((item) => freeAt(item) <= at);
      due.sort((a, b) => (a.notBefore + a.id < b.notBefore + b.id ? -1 : 1));
      return due.map(({ claimedUntil: _claimedUntil, ...item }) => copy(item));
    },
    async claim(id, item, until) {
      await enter('claim');
      const found = rows.get(id)?.outbox.get(item);
      if (!found || (found.claimedUntil !== undefined && found.claimedUntil > now().toISOString())) return false;
      found.claimedUntil = until;
      return true;
    },
    async settle(id, item) {
      await enter('settle');
      rows.get(id)?.outbox.delete(item);
    },
    async postpone(id, item, notBefore, requestIds) {
      await enter('postpone');
      const found = rows.get(id)?.outbox.get(item);
      if (!found) return false;
      const { claimedUntil: _claimedUntil, ...rest } = found;
      rows
        .get(id)
        ?.outbox.set(item, { ...rest, notBefore, attempts: found.attempts + 1, ...(requestIds && { requestIds }) });
      return true;
    },
    async putBack(id, item) {
      await enter('putBack');
      const outbox = rows.get(id)?.outbox;
      if (outbox?.has(item.id) === false) outbox.set(item.id, item);
    },
    async due(at, kind) {
      await enter('due');
      const isDue =
        kind === 'outbox'
          ? ([, row]: [TicketId, Row]) => [...row.outbox.values()].some((item) => freeAt(item) <= at)
          : ([id, row]: [TicketId, Row]) => open.has(id) && dueTimes(ticketOf(row)).some((moment) => moment <= at);
      return [...rows].filter(isDue).map(([id]) => id);
    },
    async dueDone() {
      await enter('dueDone');
    },
    async history(id) {
      await enter('history');
      return (rows.get(id)?.events ?? []).map(({ event }) => {
        const whole = JSON.parse(event) as TicketEvent;
        return { ...splitEvent(whole).data, kind: whole.kind, at: whole.at } as TicketEvent;
      });
    },
    async outerMark(id, to) {
      await enter('outerMark');
      const found = marks.get(`${id}~${to}`);
      return found && copy(found);
    },
    async putOuterMark(id, to, mark, etag) {
      await enter('putOuterMark');
      if (marks.get(`${id}~${to}`)?.etag !== etag) return undefined;
      writes += 1;
      marks.set(`${id}~${to}`, { value: copy(mark), etag: `W/${writes}` });
      return `W/${writes}`;
    },
    async audit(id) {
      await enter('audit');
      return (rows.get(id)?.events ?? []).map(({ event, commandId }, index) => {
        const past = JSON.parse(event) as TicketEvent;
        const { at, kind, by } = past;
        const chain = { commitment: '', previous: '', hash: '' };
        return { seq: index + 1, at, kind, actor: actorId(by), commandId, ...splitEvent(past), ...chain };
      });
    },
    async verifyAudit(id) {
      await enter('verifyAudit');
      const row = rows.get(id);
      if (!row) return ['there is no such ticket'];
      const replayed = replay(row.events.map(({ event }) => JSON.parse(event) as TicketEvent));
      const same = JSON.stringify(sorted(replayed)) === JSON.stringify(sorted(ticketOf(row)));
      return same ? [] : ['the state is not what its history says'];
    },

    events: (id) => (rows.get(id)?.events ?? []).map(({ event }) => JSON.parse(event) as TicketEvent),
    waitingItems: (id) => [...(rows.get(id)?.outbox.values() ?? [])].map((item) => copy(item)),
    all: tickets,
    tamper(id, change) {
      const row = rows.get(id);
      if (row) row.state = JSON.stringify(change(ticketOf(row)));
    },
    dump: () =>
      JSON.stringify([...rows].map(([id, { state, events, outbox }]) => [id, state, events, [...outbox.values()]])),
  };
}

/** The same value with its members in one order, to be compared as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

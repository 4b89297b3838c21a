import { type CardSlot, type OutboxItem, type Wanted } from '../tickets/effects';
import { type TicketEvent } from '../tickets/events';
import { type ShortId, type TicketId } from '../tickets/ids';
import { type OuterChannel } from '../tickets/outer';
import { type QueueFilter } from '../tickets/queue';
import { type Flow, type Moment, type Ticket } from '../tickets/ticket';
import { type AbsenceStore, type CountedBy } from './approvals-port';
import { type PlaceStore } from './places-port';

/** A ticket as it was read: the state whose seal held, and the ETag under which it may be replaced. */
export interface StoredTicket {
  ticket: Ticket;
  etag: string;
}

/** One step of a ticket's life, to be written whole or not at all. */
export interface Commit {
  /** What was read; undefined for a new ticket. */
  before?: StoredTicket;
  after: Ticket;
  /** Taken once: a second commit under the same id is a duplicate, whatever it carries. */
  commandId: string;
  /** In order; event n of the ticket is number `before.version + n`. */
  events: readonly TicketEvent[];
  /** New outbox items. */
  wanted: readonly Wanted[];
  /** The outbox item whose outcome this is: removed in the same transaction. */
  settles?: string;
  /** Of a new ticket: it is to be the only open one of its flow for its subject. */
  sole?: true;
}

export type CommitResult =
  | { kind: 'committed'; stored: StoredTicket; outbox: readonly OutboxItem[] }
  /** The command was taken before; `stored` is the ticket as it is now. */
  | { kind: 'duplicate'; stored: StoredTicket }
  /** Somebody else was faster; `stored` is the ticket as it is now (undefined: a new ticket's short id is taken). */
  | { kind: 'conflict'; stored?: StoredTicket }
  /** A sole ticket that cannot be: `by` is open, or was since this was asked for; undefined: one is perhaps being written just now. */
  | { kind: 'claimed'; by?: ShortId };

/** One record of a ticket's audit chain, as it is read back. */
export interface AuditRecord {
  seq: number;
  at: Moment;
  kind: string;
  actor: string;
  commandId: string;
  /** What is not personal. */
  data: Readonly<Record<string, unknown>>;
  /** What is personal; undefined once erased. The chain holds only a salted commitment to it. */
  personal?: Readonly<Record<string, unknown>>;
  commitment: string;
  previous: string;
  hash: string;
}

/**
 * How far the telling of a ticket has come with one who is told outside of Teams. No part of the ticket's history: it may be
 * behind, and then something is told twice, under the same id.
 */
export interface OuterMark {
  /** The number of the last event that was told; 0: none. */
  told: number;
  /** The event that is being sent, and since when. Found there by who comes next, it may or may not have arrived. */
  sending?: { seq: number; at: Moment };
  /** Until when the process that sends has it to itself. */
  heldUntil?: Moment;
  /** What the other side calls its record of the ticket: a sys_id, an issue's id. */
  ref?: string;
  /** Tries that failed since something last arrived, and since when; not to be tried again before `notBefore`. */
  failures: number;
  failingSince?: Moment;
  notBefore?: Moment;
}

export interface Page<T> {
  items: readonly T[];
  /** Opaque; give it back for the next page. */
  next?: string;
}

/** Ids of tickets, and the tickets as they were read to check that they belong there. */
export interface TicketPage extends Page<TicketId> {
  /** In the same order; without one whose seal does not hold: whoever loads it hears of that. */
  tickets: readonly Ticket[];
}

export interface TicketStore {
  /** @throws Fault `storage-unreachable` (retry), `storage-tampered` where a seal does not hold. */
  load(id: TicketId): Promise<StoredTicket | undefined>;
  find(shortId: ShortId): Promise<TicketId | undefined>;
  commit(commit: Commit): Promise<CommitResult>;

  /** Tickets that name a person as requester, subject or hander, newest first. */
  ofPerson(person: string, page?: { size?: number; next?: string }): Promise<TicketPage>;
  /** Tickets that wait for a person's decision, oldest first. */
  waitingFor(person: string, page?: { size?: number; next?: string }): Promise<TicketPage>;
  /** Frozen tickets about a person, oldest first. */
  frozenOf(subject: string, page?: { size?: number; next?: string }): Promise<TicketPage>;
  /** Tickets by which a pass of a person may live, oldest first. */
  withPassOf(subject: string, page?: { size?: number; next?: string }): Promise<TicketPage>;
  /** All open tickets, oldest first. */
  open(page?: { size?: number; next?: string }): Promise<TicketPage>;
  /** The helpdesk's queue, or a part of it: what is stuck first, then whatever is overdue the longest. */
  queue(filter: QueueFilter, page?: { size?: number; next?: string }): Promise<TicketPage>;
  /** How many pointers to a part of the queue there are, counted up to `most`: a hint, no ticket is read. */
  queueCount(filter: QueueFilter, most: number): Promise<number>;

  /** When requests were opened since then, newest first, at most so many: read from pointers, no ticket is read. */
  openings(of: CountedBy, since: Moment, most: number): Promise<readonly Moment[]>;
  /** Denied tickets by which repeats of a flow for a subject may be barred, newest first, at most three. A hint. */
  blocks(subject: string, flow: Flow): Promise<readonly TicketId[]>;

  /** The outbox items of a ticket that are due, oldest first. */
  outbox(id: TicketId, now: Moment): Promise<readonly OutboxItem[]>;
  /** Takes an item for a while, so that two processes do not work on it at once. False: somebody else has it, or it is done. */
  claim(id: TicketId, item: string, until: Moment): Promise<boolean>;
  /** Removes an item whose outcome needs no command. */
  settle(id: TicketId, item: string): Promise<void>;
  /**
   * Puts an item off to a later moment and counts the attempt.
   * @param requestIds in place of those it has
   * @returns false where it is no longer there: somebody else is done with it
   */
  postpone(id: TicketId, item: string, notBefore: Moment, requestIds?: readonly string[]): Promise<boolean>;
  /** Puts an item that somebody else was done with into the outbox once more; nothing where it is there again. */
  putBack(id: TicketId, item: OutboxItem): Promise<void>;

  /** Tickets with something due up to now: outbox items, or a ticket's own due time. A hint: may name too many, never too few. */
  due(now: Moment, kind: 'outbox' | 'time'): Promise<readonly TicketId[]>;
  /** Says that what was due up to now has been dealt with, so that the next look starts there. */
  dueDone(now: Moment, kind: 'outbox' | 'time', ids: readonly TicketId[]): Promise<void>;

  /**
   * A ticket's events from the first to the newest, without what is personal, as far as its sealed state vouches for them.
   * @throws Fault `storage-tampered` where a record is not the one that was chained
   */
  history(id: TicketId): Promise<readonly TicketEvent[]>;
  /** How far somebody outside of Teams was told, and its ETag. */
  outerMark(id: TicketId, to: OuterChannel): Promise<Stored<OuterMark> | undefined>;
  /** @returns the new ETag; undefined where the one given no longer holds (or, without one, where there is a mark). */
  putOuterMark(id: TicketId, to: OuterChannel, mark: OuterMark, etag?: string): Promise<string | undefined>;

  audit(id: TicketId): Promise<readonly AuditRecord[]>;
  /** Checks one ticket's chain against its state. An empty list: it holds. */
  verifyAudit(id: TicketId): Promise<readonly string[]>;
}

/** Where a person can be written to: our own record of a Teams conversation reference. */
export interface Conversation {
  person: string;
  tenantId: string;
  conversationId: string;
  serviceUrl: string;
  botId: string;
  /** The language the person last wrote in or chose: `en`, `de`. */
  locale?: string;
  /** The person's MRI in Teams, for user-specific card refresh. */
  teamsUserId?: string;
}

/** The post that holds a card, so that it can be updated in place. */
export interface CardPost {
  ticket: TicketId;
  person: string;
  slot: CardSlot;
  conversationId: string;
  activityId: string;
  /** SHA-256 of the card that was last posted: an unchanged card is not sent again. */
  digest: string;
  /** It was changed where it stands, which nobody hears; else posted anew. */
  inPlace: boolean;
  at: Moment;
}

export interface ConversationStore extends PlaceStore, AbsenceStore {
  get(person: string): Promise<Conversation | undefined>;
  put(conversation: Conversation): Promise<void>;
  remove(person: string): Promise<void>;
  card(ticket: TicketId, person: string, slot: CardSlot): Promise<CardPost | undefined>;
  cardsOf(ticket: TicketId): Promise<readonly CardPost[]>;
  /**
   * @param before what was read when the card was drawn: then another's post since is not written over, and the answer
   * is false
   */
  putCard(post: CardPost, before?: CardPost | 'none'): Promise<boolean>;
}

export type WorkstationState = 'pairing' | 'active' | 'removed';

/** A paired (or pairing) workstation. The row is sealed: one written by hand is refused. */
export interface WorkstationRecord {
  id: string;
  /** Whose it is; of a desk workstation, who paired it. */
  person: string;
  kind: 'own' | 'desk';
  name: string;
  state: WorkstationState;
  /** The workstation's public key as JWK (JSON), and its RFC 7638 thumbprint. */
  publicJwk: string;
  thumbprint: string;
  /** The key that takes this one's place from the first request on that it signs. */
  next?: { publicJwk: string; thumbprint: string };
  pairedAt: Moment;
  confirmedAt?: Moment;
  agentVersion?: string;
  platform?: string;
  lastSeenAt?: Moment;
}

/** A pairing code while it lives: found by its public part, its secret part only as a keyed hash. */
export interface PairingCode {
  publicPart: string;
  secretHash: string;
  person: string;
  kind: 'own' | 'desk';
  expiresAt: Moment;
  triesLeft: number;
  usedBy?: string;
}

/** A signed job that waits at a workstation. */
export interface WorkstationJob {
  id: string;
  workstation: string;
  ticket: TicketId;
  jws: string;
  validUntil: Moment;
  /** `made` and `registered` are of act register, `done` of every other. */
  state: 'offered' | 'started' | 'made' | 'registered' | 'done' | 'failed';
  /** Why it failed, and whether the agent shall remove an orphan. */
  code?: string;
  orphan?: boolean;
}

export interface Stored<T> {
  value: T;
  etag: string;
}

export interface WorkstationStore {
  get(id: string): Promise<Stored<WorkstationRecord> | undefined>;
  ofPerson(person: string): Promise<readonly WorkstationRecord[]>;
  desks(): Promise<readonly WorkstationRecord[]>;
  /** @returns false where the ETag no longer holds (or, without one, where it exists already). */
  put(record: WorkstationRecord, etag?: string): Promise<boolean>;

  code(publicPart: string): Promise<Stored<PairingCode> | undefined>;
  putCode(code: PairingCode, etag?: string): Promise<boolean>;

  jobs(workstation: string): Promise<readonly Stored<WorkstationJob>[]>;
  job(workstation: string, id: string): Promise<Stored<WorkstationJob> | undefined>;
  putJob(job: WorkstationJob, etag?: string): Promise<boolean>;

  /** Remembers a request's id. False: it was seen before, a replay. Sweeps what is older than two windows. */
  seen(workstation: string, jti: string, at: Moment): Promise<boolean>;
}

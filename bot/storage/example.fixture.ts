import { type Commit, type StoredTicket } from '../service/ports';
import { type Wanted } from '../tickets/effects';
import { type TicketEvent } from '../tickets/events';
import { type Ticket } from '../tickets/ticket';

/** Tickets and commits for the tests of this room: as the heart would make them, without its rules. */

export const ADA = { id: '11111111-1111-4111-8111-111111111111', name: 'Ada Ångström' };
export const BOB = { id: '22222222-2222-4222-8222-222222222222', name: 'Bob Boss' };
export const EVE = { id: '33333333-3333-4333-8333-333333333333', name: 'Eve Else' };

export const START = '2025-03-04T10:20:30.400Z';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
let count = 0;

/** A new ULID-like id, and the short id that belongs to it, different for each call. */
export function newId(): { id: string; shortId: string } {
  count += 1;
  const letters = `${process.pid.toString(32)}${count.toString(32)}`.padStart(6, '0').slice(-6);
  // As short ids are written: without the letters that are read as numbers.
  const tail = letters.replace(/./g, (digit) => ALPHABET[parseInt(digit, 32)] ?? '0');
  return { id: `01JNGZ0000${'0'.repeat(10)}${tail}`, shortId: `KV-${tail.slice(0, 4)}-${tail.slice(4)}` };
}

export function openTicket(change: Partial<Ticket> = {}): Ticket {
  return {
    ...newId(),
    version: 1,
    flow: 'onboarding',
    status: 'waiting',
    requester: ADA,
    subject: ADA,
    reason: 'First day, and the key is still in its box',
    openedAt: START,
    rule: {
      circles: [[{ kind: 'manager' }]],
      needed: 1,
      remindAfter: 60,
      widenAfter: 120,
      expireAfter: 1440,
      useWithin: 1440,
      vouch: true,
    },
    risks: [{ code: 'colleague-says', facts: { who: 'Mallory Mumble' } }],
    approvers: [{ ...BOB, circle: 0, via: 'manager' }],
    askedCircle: 0,
    expiresAt: '2025-03-05T10:20:30.400Z',
    approvals: [],
    approvedFor: [],
    vouchTries: 3,
    generations: [],
    passkeysBefore: ['method-1'],
    removals: [],
    done: {},
    comments: [],
    unreached: [],
    ...change,
  };
}

export function openedEvent(ticket: Ticket): TicketEvent {
  const { id, shortId, flow, requester, subject, reason, rule, risks, approvers, passkeysBefore, expiresAt } = ticket;
  return {
    kind: 'opened',
    at: ticket.openedAt,
    by: { kind: 'person', ...requester },
    ...{ id, shortId, flow, requester, subject, reason, rule, risks, approvers, passkeysBefore, expiresAt },
    removes: [],
  };
}

/** The commit that opens a ticket. */
export function opening(ticket: Ticket, wanted: readonly Wanted[] = [], commandId = `open~${ticket.id}`): Commit {
  return { after: ticket, commandId, events: [openedEvent(ticket)], wanted };
}

export function comment(text: string, at = START): TicketEvent {
  return { kind: 'commented', at, by: { kind: 'person', ...EVE }, person: EVE, text };
}

/** A next step: events (a comment, unless others are given), and what they change. */
export function step(
  before: StoredTicket,
  commandId: string,
  more: {
    change?: Partial<Ticket>;
    events?: readonly TicketEvent[];
    wanted?: readonly Wanted[];
    settles?: string;
  } = {},
): Commit {
  const { change = {}, events = [comment(`by ${commandId}`)], wanted = [], settles } = more;
  const after = { ...before.ticket, ...change, version: before.ticket.version + events.length };
  return { before, after, commandId, events, wanted, ...(settles === undefined ? {} : { settles }) };
}

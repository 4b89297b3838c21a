import { passMayLive } from '../tickets/alive';
import { type Wanted } from '../tickets/effects';
import { type ShortId, type TicketId } from '../tickets/ids';
import { type Moment, type Status, type Ticket } from '../tickets/ticket';
import { openingRows } from './opening-rows';
import { queueRows } from './queue-rows';
import { hourOf, invertedTime, keyOf, laterOf, safeKey, toMoment } from './keys';

/** What a due row points to: something in the outbox, or a moment at which time alone changes the ticket. */
export type DueKind = 'outbox' | 'time';

/** A pointer to a ticket. A hint: the ticket itself says whether it is so. */
export interface IndexRow {
  kind: 'person' | 'waiting' | 'open' | 'frozen' | 'pass' | 'queue' | 'opening' | 'due' | 'changed';
  pk: string;
  rk: string;
  ticket: TicketId;
}

export const OPEN_PK = 'open';
export const personPk = (person: string) => keyOf('person', person);
export const frozenPk = (subject: string) => keyOf('frozen', subject);
export const passPk = (subject: string) => keyOf('pass', subject);
export const waitingPk = (person: string) => keyOf('waiting', person);
export const shortPk = (shortId: ShortId) => keyOf('short', shortId);
export const duePk = (kind: DueKind, hour: string) => `due-${kind}~${hour}`;

/** Which states are open, as bot/tickets has it; complete by type, so that a new state has to be thought of here. */
export const IS_OPEN: Readonly<Record<Status, boolean>> = {
  waiting: true,
  approved: true,
  frozen: true,
  done: false,
  denied: false,
  cancelled: false,
  expired: false,
};

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

/**
 * The rows by which lists find a ticket: of the people it names, of those it waits for, of open and frozen ones, of
 * those with a pass, of the queue.
 */
export function listRows(ticket: Ticket): IndexRow[] {
  const { id, openedAt } = ticket;
  const newestFirst = `${invertedTime(openedAt)}~${safeKey(id)}`;
  const oldestFirst = `${toMoment(openedAt)}~${safeKey(id)}`;
  const people = unique([ticket.requester.id, ticket.subject.id, ...(ticket.hander ? [ticket.hander.id] : [])]);
  const asked = ticket.approvers.filter(({ circle }) => circle <= ticket.askedCircle).map((approver) => approver.id);
  const undecided = unique(asked).filter((person) => !ticket.approvals.some(({ by }) => by.id === person));
  const waitingFor = ticket.status === 'waiting' ? undecided : [];
  const frozenFor = ticket.status === 'frozen' ? [ticket.subject.id] : [];
  const passFor = passMayLive(ticket) ? [ticket.subject.id] : [];
  return [
    ...people.map((person): IndexRow => ({ kind: 'person', pk: personPk(person), rk: newestFirst, ticket: id })),
    ...waitingFor.map((person): IndexRow => ({ kind: 'waiting', pk: waitingPk(person), rk: oldestFirst, ticket: id })),
    ...frozenFor.map((person): IndexRow => ({ kind: 'frozen', pk: frozenPk(person), rk: oldestFirst, ticket: id })),
    ...passFor.map((person): IndexRow => ({ kind: 'pass', pk: passPk(person), rk: oldestFirst, ticket: id })),
    ...(IS_OPEN[ticket.status] ? [{ kind: 'open' as const, pk: OPEN_PK, rk: oldestFirst, ticket: id }] : []),
    ...queueRows(ticket),
  ];
}

/** The due row for a moment. One that is past lies at `now`, for the buckets before may not be read again. */
export function dueRow(kind: DueKind, ticket: TicketId, moment: Moment, now: Moment): IndexRow {
  const at = laterOf(moment, now);
  return { kind: 'due', pk: duePk(kind, hourOf(at)), rk: `${at}~${safeKey(ticket)}`, ticket };
}

export const CHANGED_PK = 'changed';

/** Says that a chain is about to change at `now`, so that the next anchor looks at it. */
export function changedRow(chain: string, now: Moment): IndexRow {
  return { kind: 'changed', pk: CHANGED_PK, rk: `${toMoment(now)}~${safeKey(chain)}`, ticket: chain };
}

export function earliest(moments: readonly Moment[]): Moment | undefined {
  return moments.map(toMoment).sort()[0];
}

/**
 * All index rows that a ticket in this state needs. Of several due moments only the earliest is pointed to: whoever
 * deals with it puts up the next one (see due.ts).
 * @param dueTimes when time alone changes the ticket
 */
export function indexRows(
  ticket: Ticket,
  wanted: readonly Wanted[],
  dueTimes: readonly Moment[],
  now: Moment,
): IndexRow[] {
  const time = earliest(dueTimes);
  const outbox = earliest(wanted.map(({ notBefore }) => notBefore ?? now));
  return [
    ...listRows(ticket),
    ...openingRows(ticket),
    ...(time === undefined ? [] : [dueRow('time', ticket.id, time, now)]),
    ...(outbox === undefined ? [] : [dueRow('outbox', ticket.id, outbox, now)]),
  ];
}

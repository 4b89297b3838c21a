import { undecided } from './asked';
import { outlivesEnd } from './complete';
import { askedAt, isAsked } from './diagnosis';
import { stepsOf } from './plan';
import { isOpen, type Moment, type Ticket } from './ticket';
import { plusMinutes } from './time';

/** Whom a ticket waits for. `helpdesk`: it is stuck, or stopped, and goes on only by them. */
export const WAITS_ON = ['helpdesk', 'approver', 'recipient', 'workstation', 'service'] as const;
export type WaitsOn = (typeof WAITS_ON)[number];

/** Where a ticket stands in the helpdesk's queue. */
export interface QueuePlace {
  waitsOn: WaitsOn;
  /** From when on it has waited too long. For the helpdesk itself: since when it waits for them. */
  overdueAt: Moment;
  /** Object id of whoever of the helpdesk looks after it. */
  assigned?: string;
}

/** Nobody whom the ticket waits for has seen a card of it. */
function nobodyReached(ticket: Ticket): boolean {
  const open = undecided(ticket);
  return open.length > 0 && open.every(({ id }) => ticket.unreached.some(({ person }) => person.id === id));
}

function whoIsNext(ticket: Ticket): WaitsOn {
  const now = stepsOf(ticket).filter(({ state }) => state === 'now');
  // Beside a person the service may be at work too: then it is the person for whom one waits.
  const people = now.find(({ who }) => who !== 'service');
  return people?.who ?? 'service';
}

/** The last quarter of the time in which an approval may be used. */
function lastQuarter(decidedAt: Moment, expiresAt: Moment): Moment {
  const [from, to] = [Date.parse(decidedAt), Date.parse(expiresAt)];
  return new Date(from + (to - from) * 0.75).toISOString();
}

/**
 * The place of a ticket in the queue, from the ticket alone: no clock is asked, so that a pointer to it stays right while
 * time passes. Undefined: it waits for nobody any more.
 */
export function queuePlace(ticket: Ticket): QueuePlace | undefined {
  const { status, parked, freeze, openedAt, rule, decidedAt, expiresAt } = ticket;
  const assigned = ticket.assigned && { assigned: ticket.assigned.to.id };
  if (!isOpen(ticket) && !(parked && outlivesEnd(ticket))) return undefined;
  if (status === 'frozen') return { waitsOn: 'helpdesk', overdueAt: freeze?.at ?? openedAt, ...assigned };
  if (parked) return { waitsOn: 'helpdesk', overdueAt: parked.at, ...assigned };
  if (status === 'waiting' && isAsked(ticket)) {
    const asked = askedAt(ticket);
    if (nobodyReached(ticket)) return { waitsOn: 'helpdesk', overdueAt: asked, ...assigned };
    const widens = plusMinutes(asked, rule.widenAfter);
    return { waitsOn: 'approver', overdueAt: widens < expiresAt ? widens : expiresAt, ...assigned };
  }
  const overdueAt = decidedAt ? lastQuarter(decidedAt, expiresAt) : expiresAt;
  return { waitsOn: whoIsNext(ticket), overdueAt, ...assigned };
}

/** Sorts as text: what is stuck first, then whatever is overdue the longest. Moments have one form, so they compare. */
export function queueOrder({ waitsOn, overdueAt }: QueuePlace): string {
  return `${waitsOn === 'helpdesk' ? '0' : '1'}~${overdueAt}`;
}

/** The parts of the queue that a button or a word names. `oldest`: all of it, by age instead of by urgency. */
export const QUEUE_PARTS = [
  ...(['all', 'overdue', 'mine', 'unassigned', 'oldest'] as const),
  ...(['on-helpdesk', 'on-approver', 'on-recipient', 'on-workstation', 'on-service'] as const),
] as const;
export type QueuePart = (typeof QUEUE_PARTS)[number];

/** Pointers counted at most for one figure: what a look at the queue costs must not grow with it. */
export const COUNT_AT_MOST = 25;

/** What part of the queue is meant. Nothing said: all of it. */
export interface QueueFilter {
  waitsOn?: WaitsOn;
  /** Nobody yet, or this person of the helpdesk (object id). */
  assigned?: 'nobody' | { to: string };
  /** Only what is stuck, or overdue by then. */
  overdueBy?: Moment;
}

/** Whether a place is in that part of the queue. */
export function fitsQueue(place: QueuePlace, { waitsOn, assigned, overdueBy }: QueueFilter): boolean {
  if (waitsOn && place.waitsOn !== waitsOn) return false;
  if (assigned === 'nobody' && place.assigned !== undefined) return false;
  if (typeof assigned === 'object' && place.assigned !== assigned.to) return false;
  return overdueBy === undefined || queueOrder(place) < `1~${overdueBy}`;
}

import { type TicketEvent, type EventKind } from '../tickets/events';
import { evolve } from '../tickets/evolve';
import { type PersonRef } from '../tickets/people';
import { stepsOf } from '../tickets/plan';
import { type Ticket } from '../tickets/ticket';
import { type EventType, type OutwardEvent } from './event-schema';

type Facts = OutwardEvent['facts'];
type EventOf<K extends EventKind> = Extract<TicketEvent, { kind: K }>;

/** How one kind of event is told: its type, and the few facts that go with it. Nothing goes out that is not named here. */
type Telling = { [K in EventKind]?: readonly [EventType, ((event: EventOf<K>) => Facts)?] };

/** A kind that is not here is told as `ticket.changed`, without facts: the sequence has no gaps. */
const TELLING: Telling = {
  opened: ['ticket.opened'],
  reminded: ['ticket.reminded'],
  widened: ['ticket.widened', ({ circle }) => ({ circle })],
  approved: ['ticket.approval-given', ({ approval }) => ({ approver: approval.by.id, how: approval.how })],
  decided: ['ticket.approved', ({ useUntil }) => ({ useUntil })],
  denied: ['ticket.denied', ({ person }) => ({ approver: person.id })],
  cancelled: ['ticket.cancelled'],
  expired: ['ticket.expired'],
  completed: ['ticket.completed'],
  frozen: ['ticket.frozen', ({ via, person }) => ({ via, person: person.id })],
  thawed: ['ticket.thawed', ({ person }) => ({ person: person.id })],
  parked: ['ticket.parked', ({ step, code }) => ({ step, code })],
  'taken-over': ['ticket.taken-over', ({ person }) => ({ person: person.id })],
  assigned: ['ticket.assigned', ({ to }) => ({ person: to.id })],
  'not-needed': ['ticket.not-needed'],
  resumed: ['ticket.resumed'],
  commented: ['ticket.commented', ({ person }) => ({ person: person.id })],
  'outer-numbered': ['ticket.numbered'],
  vouched: ['ticket.vouched'],
  'vouch-refused': ['ticket.vouch-refused', ({ triesLeft }) => ({ triesLeft })],
  'way-chosen': ['ticket.way-chosen', ({ way }) => ({ way })],
  'signed-in': ['ticket.first-sign-in', ({ seen }) => ({ seen })],
  'pass-issued': ['pass.shown', ({ generation, validUntil }) => ({ generation, validUntil })],
  'pass-ended': ['pass.ended', ({ generation, how }) => ({ generation, how })],
  'passkey-appeared': ['passkey.added', ({ passkey }) => ({ methodId: passkey.methodId })],
  'passkey-registered': ['passkey.added', ({ passkey }) => ({ methodId: passkey.methodId })],
  'passkey-removed': ['passkey.removed', ({ methodId, how }) => ({ methodId, how })],
  'sessions-revoked': ['sessions.revoked'],
  'key-erased': ['key.erased', ({ how, aaguid }) => ({ how, aaguid })],
  'job-offered': ['job.offered', ({ workstation }) => ({ workstation: workstation.id })],
  'job-failed': ['job.failed', ({ code }) => ({ code })],
};

function tellingOf(event: TicketEvent): { type: EventType; facts: Facts } {
  const [type, facts] = (TELLING[event.kind] ?? ['ticket.changed']) as [EventType, ((event: TicketEvent) => Facts)?];
  return { type, facts: facts?.(event) ?? {} };
}

/** What somebody wrote with an event. Taken from the sealed ticket: the history has it apart, where it may be erased. */
function textOf(event: TicketEvent, now: Ticket): string | undefined {
  if (event.kind === 'opened') return now.reason;
  if (event.kind === 'denied') return now.denial?.reason;
  if (event.kind !== 'commented') return undefined;
  return now.comments.find(({ at, by }) => at === event.at && by.id === event.person.id)?.text;
}

function actorOf({ by }: TicketEvent): OutwardEvent['actor'] {
  return by.kind === 'service' ? { kind: 'service' } : { kind: by.kind, id: by.id };
}

const OPEN_STEPS = ['now', 'parked'];

/** What may be told of people besides their ids. */
export interface Openness {
  names: boolean;
  texts: boolean;
}

/**
 * A ticket's history as it is told outside: each event with the ticket as it stood after it, so that a second telling is
 * word for word the first.
 * @param history from the first event on, without what is personal
 * @param now the ticket as it is now, for names and what was written
 * @param after events up to this number are left out
 */
export function outwardEvents(
  history: readonly TicketEvent[],
  now: Ticket,
  { names, texts }: Openness,
  after = 0,
): OutwardEvent[] {
  const person = ({ id, name }: PersonRef) => ({ id, ...(names && { name }) });
  const told: OutwardEvent[] = [];
  let ticket: Ticket | undefined;
  for (const [index, event] of history.entries()) {
    ticket = evolve(ticket, event);
    const sequence = index + 1;
    if (sequence <= after) continue;
    const { id, shortId, flow, status, openedAt, closedAt, outer } = ticket;
    const text = texts ? textOf(event, now) : undefined;
    told.push({
      version: 1,
      id: `${id}.${sequence}`,
      ...tellingOf(event),
      at: event.at,
      sequence,
      ticket: {
        ...{ id, shortId, flow, status },
        steps: closedAt ? [] : stepsOf(ticket).flatMap((step) => (OPEN_STEPS.includes(step.state) ? [step.id] : [])),
        openedAt,
        ...(closedAt && { closedAt }),
        onBehalf: ticket.requester.id !== ticket.subject.id,
      },
      requester: person(now.requester),
      subject: person(now.subject),
      actor: actorOf(event),
      ...(text !== undefined && { text }),
      ...(outer?.number && {
        number: {
          number: outer.number.number,
          ...(outer.number.url !== undefined && { url: outer.number.url }),
          by: outer.number.by,
        },
      }),
    });
  }
  return told;
}

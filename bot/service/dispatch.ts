import { Fault } from '../../agent/protocol/fault';
import { type Command, type Refusal } from '../tickets/commands';
import { decide } from '../tickets/decide/decide';
import { refusedAgain } from '../tickets/decide/way';
import { type OutboxItem } from '../tickets/effects';
import { type TicketEvent } from '../tickets/events';
import { evolve } from '../tickets/evolve';
import { type TicketId } from '../tickets/ids';
import { wantedOf } from '../tickets/reactions';
import { type Ticket } from '../tickets/ticket';
import { signDecision } from './decision';
import { type Deps } from './deps';
import { type StoredTicket } from './ports';

/** Tries against others who write the same ticket at the same moment. */
const TRIES = 12;

export interface Dispatched {
  /** The ticket as it is now; undefined where it was never opened. */
  stored?: StoredTicket;
  refusal?: Refusal;
  /** This very command was taken before, or changed nothing. */
  repeated: boolean;
  /** What the command wants done now. */
  outbox: readonly OutboxItem[];
}

/** Takes the events one by one, each decision signed before it becomes part of the ticket. */
async function take(deps: Deps, before: Ticket | undefined, events: readonly TicketEvent[]) {
  const signed: TicketEvent[] = [];
  let ticket = before;
  for (const event of events) {
    const final = await signDecision(deps, event, evolve(ticket, event));
    ticket = evolve(ticket, final);
    signed.push(final);
  }
  if (!ticket) throw new Error('no events to take');
  return { after: ticket, events: signed };
}

function busy(): Fault {
  return new Fault({
    code: 'storage-busy',
    say: 'Too many things happened to this ticket at the same moment.',
    todo: 'Please try again.',
    retry: true,
  });
}

/** Two of a thousand million: the opener takes another id. */
function shortIdTaken(): Fault {
  return new Fault({
    code: 'short-id-taken',
    say: 'The number of this request was taken already.',
    todo: 'Please send it again.',
    retry: true,
  });
}

/** How long an opening that another one stands in the way of waits for it to be written, each time. */
const OPENING_MS = 200;

function openingUnderWay(): Fault {
  return new Fault({
    code: 'opening-under-way',
    say: 'The same request is being written at this moment.',
    todo: 'Please wait two minutes, then send it again.',
    retry: true,
  });
}

/**
 * The one path by which a ticket changes: read, decide, sign, commit under the ETag; again where somebody was faster.
 * @param id under which the command is taken once
 * @param settles the outbox item whose outcome the command is
 */
export async function dispatch(
  deps: Deps,
  ticket: TicketId,
  command: Command,
  id: string,
  settles?: string,
): Promise<Dispatched> {
  let stored = await deps.tickets.load(ticket);
  let told = command;
  let underWay = false;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const answer = decide(stored?.ticket, told);
    if (answer.events.length === 0) {
      if (settles) await deps.tickets.settle(ticket, settles);
      return {
        ...(stored && { stored }),
        ...(answer.refusal && { refusal: answer.refusal }),
        repeated: true,
        outbox: [],
      };
    }
    const { after, events } = await take(deps, stored?.ticket, answer.events);
    const result = await deps.tickets.commit({
      ...(stored && { before: stored }),
      after,
      commandId: id,
      events,
      wanted: wantedOf(after, events, command),
      ...(settles && { settles }),
      ...(command.kind === 'open' && { sole: true }),
    });
    if (result.kind === 'committed') {
      deps.log('ticket', {
        ticket: after.shortId,
        command: command.kind,
        status: after.status,
        version: after.version,
      });
      const { refusal } = answer;
      return { stored: result.stored, ...(refusal && { refusal }), repeated: false, outbox: result.outbox };
    }
    if (result.kind === 'duplicate') {
      // Refused once, it says so again: whoever presses twice is to read why.
      const refusal = answer.refusal && refusedAgain(answer.refusal, result.stored.ticket);
      return { stored: result.stored, ...(refusal && { refusal }), repeated: true, outbox: [] };
    }
    underWay = result.kind === 'claimed';
    if (result.kind === 'claimed') {
      // Another form for the same was faster. Which ticket came of it is told as soon as it stands.
      if (result.by !== undefined && told.kind === 'open') told = { ...told, alreadyOpen: result.by };
      else await new Promise((resolve) => setTimeout(resolve, OPENING_MS));
      continue;
    }
    if (!result.stored) throw shortIdTaken();
    stored = result.stored;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * (attempt + 1)));
  }
  throw underWay ? openingUnderWay() : busy();
}

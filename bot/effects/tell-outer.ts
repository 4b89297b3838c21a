import { Fault } from '../../agent/protocol/fault';
import { type Channel, outwardEvents, type Told } from '../outer';
import { type Deps, momentOf } from '../service/deps';
import { type OuterMark } from '../service/ports';
import { type OuterChannel, type OuterNumber } from '../tickets/outer';
import { type Moment, type Ticket } from '../tickets/ticket';
import { plusSeconds } from '../tickets/time';
import { DONE, type Result, type Run } from './effect';

/** Events of one ticket that are told at one go, and how long that may take: others wait too. */
const AT_MOST = 20;
const SECONDS_AT_MOST = 20;
/** So long a process that tells has the ticket to itself: longer than a call may take. */
const HELD_SECONDS = 45;
/** Failures after which the helpdesk is told; the trying goes on. */
const TELL_HELPDESK_AFTER = 5;
const SLOWEST_SECONDS = 600;
/** Where trying cannot help by itself: somebody may have mended it. */
const HOPELESS_SECONDS = 3600;
/** After so many days of failing, what is left of a ticket is not told any more. */
const GIVE_UP_DAYS = 14;

const NEVER: OuterMark = { told: 0, failures: 0 };

function backOffSeconds(failures: number): number {
  return Math.min(SLOWEST_SECONDS, 2 ** failures) * (0.8 + Math.random() * 0.4);
}

/** The mark while nothing is being sent: without what belongs to one try. */
function free({ told, ref, failures, failingSince, sending }: OuterMark): OuterMark {
  return {
    ...{ told, failures },
    ...(ref !== undefined && { ref }),
    ...(failingSince !== undefined && { failingSince }),
    ...(sending && { sending }),
  };
}

/** Whether the other side may have the event, although telling it failed. */
function mayHaveArrived({ code, facts }: Fault): boolean {
  return code === 'outer-unreachable' || code === 'outer-odd-reply' || facts['halfTold'] === true;
}

interface Telling {
  deps: Deps;
  ticket: Ticket;
  channel: Channel;
  mark: OuterMark;
  etag: string | undefined;
  /** An earlier try to tell the event at hand may have arrived: a failure since then changes nothing about that. */
  doubt: boolean;
  number?: OuterNumber;
}

/** Writes the mark, if nobody else has since it was read. */
async function put(telling: Telling, mark: OuterMark): Promise<boolean> {
  const { deps, ticket, channel, etag } = telling;
  const now = await deps.tickets.putOuterMark(ticket.id, channel.name, mark, etag);
  if (now === undefined) return false;
  telling.etag = now;
  telling.mark = mark;
  return true;
}

const again = (at: Moment): Result => ({ kind: 'again', at });

/** Why nothing is sent now, and when to look again. */
function waitsUntil({ deps, channel, mark }: Telling): Moment | undefined {
  const now = momentOf(deps);
  const rest = deps.outer?.rest(channel.name).until()?.toISOString();
  return [mark.heldUntil, mark.notBefore, rest].find((moment) => moment !== undefined && moment > now);
}

/** A try failed: it is put off, as long as the other side asks for, and the helpdesk hears of it where it should. */
async function putOff(telling: Telling, fault: Fault): Promise<Result> {
  const { deps, ticket, channel, mark } = telling;
  const { name: to } = channel;
  const at = momentOf(deps);
  const failures = mark.failures + 1;
  const failingSince = mark.failingSince ?? at;
  deps.outer?.rest(to).failed(fault);
  const { code } = fault;
  const facts = Object.fromEntries(['status', 'fields', 'why', 'name'].map((name) => [name, fault.facts[name]]));
  deps.log('outer-failed', { ticket: ticket.shortId, to, code, failures, ...facts });
  const wait = fault.retry ? Math.max(backOffSeconds(failures), (fault.retryAfterMs ?? 0) / 1000) : HOPELESS_SECONDS;
  const notBefore = plusSeconds(at, wait);
  const { sending, ...rest } = free(mark);
  const doubt = sending && (telling.doubt || mayHaveArrived(fault)) ? { sending } : {};
  await put(telling, { ...rest, ...doubt, failures, failingSince, notBefore });
  if (at > plusSeconds(failingSince, GIVE_UP_DAYS * 24 * 3600)) {
    deps.log('outer-given-up', { ticket: ticket.shortId, to, code });
    return DONE;
  }
  const news = !fault.retry || failures >= TELL_HELPDESK_AFTER;
  return { kind: 'again', at: notBefore, ...(news && { command: { kind: 'outer-failed', to, code } as const }) };
}

/** What the ticket is to know of it, where anything is new. */
function outcome({ ticket, channel, number }: Telling, next: Moment | undefined): Result {
  const { name: to } = channel;
  const restored = ticket.outer?.failed.some((one) => one.to === to);
  const command = { kind: 'outer-told', to, ...(number && { number }) } as const;
  if (next !== undefined) return { kind: 'again', at: next, ...((number || restored) && { command }) };
  return number || restored ? { kind: 'outcome', command } : DONE;
}

/** Tells one event, with the mark saying so before. Undefined: it cannot be told yet. @throws Fault */
async function tellOne(telling: Telling, event: ReturnType<typeof outwardEvents>[number]): Promise<Told | undefined> {
  const { deps, channel, mark } = telling;
  const at = momentOf(deps);
  const { sequence: seq } = event;
  const tried = mark.sending?.seq === seq ? mark.sending.at : undefined;
  const lookOnly = tried !== undefined && at < plusSeconds(tried, channel.settlesAfterMs / 1000);
  const sending = { seq, at: lookOnly ? tried : at };
  const held = await put(telling, { ...free(mark), sending, heldUntil: plusSeconds(at, HELD_SECONDS) });
  if (!held) return undefined;
  const { ref } = mark;
  const doubt = tried !== undefined;
  telling.doubt = doubt;
  const told = await channel.tell(event, { ...(ref !== undefined && { ref }), doubt, lookOnly });
  if (told === 'not-yet') {
    await put(telling, { ...free(telling.mark), notBefore: plusSeconds(sending.at, channel.settlesAfterMs / 1000) });
    return undefined;
  }
  return told;
}

/** Tells what is left, in order, each before the next; it stops at the first that cannot be told. */
async function tellAll(telling: Telling): Promise<Result> {
  const { deps, ticket, channel } = telling;
  const begun = deps.now().getTime();
  const history = await deps.tickets.history(ticket.id);
  const events = outwardEvents(history, ticket, channel, telling.mark.told);
  for (const event of events.slice(0, AT_MOST)) {
    if (deps.now().getTime() - begun > SECONDS_AT_MOST * 1000) break;
    let told: Told | undefined;
    try {
      told = await tellOne(telling, event);
    } catch (error) {
      if (!(error instanceof Fault) || !error.code.startsWith('outer-')) throw error;
      return putOff(telling, error);
    }
    if (!told) return again(telling.mark.notBefore ?? plusSeconds(momentOf(deps), 2));
    deps.outer?.rest(channel.name).worked();
    if (told.number) telling.number = told.number;
    const ref = told.ref ?? telling.mark.ref;
    telling.mark = { told: event.sequence, failures: 0, ...(ref !== undefined && { ref }) };
  }
  await put(telling, telling.mark);
  const left = telling.mark.told < history.length;
  return outcome(telling, left ? momentOf(deps) : undefined);
}

function channelOf(deps: Deps, to: OuterChannel): Channel | undefined {
  return deps.outer?.channels.find(({ name }) => name === to);
}

/**
 * Tells somebody outside of Teams what happened to a ticket, in order, from where the mark says. Each event is told at least
 * once and always under the same id: after a lost reply it is told again. Nothing of the ticket itself waits for it.
 */
export const tellOuter: Run<'tell-outer'> = async (deps, ticket, { to, upTo }) => {
  const channel = channelOf(deps, to);
  // Not set up any more: nobody is there to be told.
  if (!channel) return DONE;
  const stored = await deps.tickets.outerMark(ticket.id, to);
  const mark = stored?.value ?? NEVER;
  if (mark.told >= upTo) return DONE;
  const telling: Telling = { deps, ticket, channel, mark, etag: stored?.etag, doubt: false };
  const waits = waitsUntil(telling);
  return waits === undefined ? tellAll(telling) : again(waits);
};

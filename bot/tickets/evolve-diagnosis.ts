import { type TicketEvent } from './events';
import { firstCircle } from './rule';
import { type Job, type Ticket } from './ticket';

type EventOf<K extends TicketEvent['kind']> = Extract<TicketEvent, { kind: K }>;

/** The events of a key that is looked at and erased. */
export type DiagnosisEvent = EventOf<
  | 'act-started'
  | 'diagnosed'
  | 'pin-forgotten'
  | 'passkey-picked'
  | 'approval-asked'
  | 'not-needed'
  | 'key-erased'
  | 'not-erased'
  | 'removal-dropped'
>;

/** A look at the key settles where all of it happens, as long as nobody has decided. */
export function offered(ticket: Ticket, event: EventOf<'job-offered'>): Ticket {
  const { job: id, workstation, validUntil, at: offeredAt, act } = event;
  const job: Job = { id, workstation, validUntil, offeredAt, state: 'offered', ...(act && { act }) };
  const looks = act === 'inspect' && ticket.status === 'waiting';
  return { ...ticket, job, ...(looks && { workstation }) };
}

/** Where its workstation fell silent, or said what cannot be, nobody knows whether the key was erased. */
const UNCLEAR: readonly string[] = ['job-lapsed', 'result-odd', 'erase-unknown'];

/** A job to erase that came to nothing: either the key is as it was, or nobody knows. */
export function resetFailed(ticket: Ticket, { job, code }: EventOf<'job-failed'>): Ticket {
  const { reset, ...rest } = ticket;
  if (reset?.job !== job || reset.state !== 'started') return ticket;
  return UNCLEAR.includes(code) ? { ...rest, reset: { ...reset, state: 'unknown' } } : rest;
}

function jobDone(ticket: Ticket): Ticket {
  return ticket.job ? { ...ticket, job: { ...ticket.job, state: 'done' } } : ticket;
}

function actStarted(ticket: Ticket, { at, until }: EventOf<'act-started'>): Ticket {
  const { job } = ticket;
  if (!job) return ticket;
  const started: Ticket = { ...ticket, job: { ...job, state: 'started', startedAt: at, runsUntil: until } };
  if (job.act !== 'reset') return started;
  return { ...started, reset: { job: job.id, workstation: job.workstation.id, state: 'started', at } };
}

function erased(ticket: Ticket, { at, job, another }: EventOf<'key-erased'>): Ticket {
  const { reset, job: current } = ticket;
  const known = reset
    ? { ...ticket, reset: { ...reset, state: 'erased' as const, at, ...(another && { another }) } }
    : ticket;
  // The word of the first job came while another was to look for it: that one has nothing left to find.
  const idle = current?.state === 'registered' || current?.state === 'made';
  const settled = current && !idle && (current.id === job || current.act !== undefined) ? jobDone(known) : known;
  const nothingToGo = settled.removals.length === 0;
  const done = { ...settled.done, reset: settled.done.reset ?? at, ...(nothingToGo && { remove: at }) };
  return unparked({ ...settled, done });
}

/** What stood still was a job; it has come to its end. */
function unparked(ticket: Ticket): Ticket {
  const { parked, ...rest } = ticket;
  return parked?.step === 'diagnose' || parked?.step === 'reset' ? rest : ticket;
}

function notErased(ticket: Ticket): Ticket {
  const { reset: _unknown, ...rest } = jobDone(ticket);
  return rest;
}

export function diagnosisEvolved(ticket: Ticket, event: DiagnosisEvent): Ticket {
  const { diagnosis } = ticket;
  switch (event.kind) {
    case 'act-started':
      return actStarted(ticket, event);
    case 'diagnosed': {
      const removals = event.matched.map((passkey) => ({ passkey, state: 'named' as const }));
      return unparked({ ...jobDone(ticket), diagnosis: event.diagnosis, removals });
    }
    case 'pin-forgotten':
      return diagnosis ? { ...ticket, diagnosis: { ...diagnosis, forgottenAt: event.at } } : ticket;
    case 'passkey-picked': {
      const removals = event.passkey ? [{ passkey: event.passkey, state: 'named' as const }] : [];
      return diagnosis ? { ...ticket, removals, diagnosis: { ...diagnosis, matchedBy: 'person' } } : ticket;
    }
    case 'approval-asked': {
      const askedCircle = firstCircle(ticket.approvers, ticket.rule.needed);
      return {
        ...ticket,
        ...{ askedCircle, expiresAt: event.expiresAt, done: { ...ticket.done, diagnose: event.at } },
      };
    }
    case 'not-needed':
      return { ...ticket, notNeededAt: event.at };
    case 'key-erased':
      return erased(ticket, event);
    case 'not-erased':
      return notErased(ticket);
    case 'removal-dropped': {
      const removals = ticket.removals.map((one) => (one.state === 'named' ? { ...one, state: 'kept' as const } : one));
      return { ...ticket, removals, done: { ...ticket.done, remove: event.at } };
    }
  }
}

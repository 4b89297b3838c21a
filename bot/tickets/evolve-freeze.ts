import { mayOrphan } from './acts';
import { type TicketEvent } from './events';
import { type Freeze, type Ticket } from './ticket';

type EventOf<K extends TicketEvent['kind']> = Extract<TicketEvent, { kind: K }>;

function withFreeze(ticket: Ticket, change: Partial<Freeze>): Ticket {
  return ticket.freeze ? { ...ticket, freeze: { ...ticket.freeze, ...change } } : ticket;
}

/** Nothing of the ticket goes on: whatever job there is has failed, and an end that was there is none any more. */
export function frozen(ticket: Ticket, { person, at, via, blocks, proof }: EventOf<'frozen'>): Ticket {
  const { closedAt: _end, parked: _stuck, prepared: _guards, job, ...rest } = ticket;
  const over = job?.state === 'registered' || job?.state === 'failed' || job?.state === 'done';
  const stopped = job && { ...job, state: 'failed' as const, code: 'frozen', orphan: mayOrphan(job) };
  const freeze = { by: person, at, via, before: ticket.status, blocks, takenBack: [], ...(proof && { proof }) };
  return { ...rest, ...(job && { job: over ? job : (stopped ?? job) }), status: 'frozen', freeze };
}

/** Sessions that were opened with what has just been taken back are ended anew. */
export function sessionsOwed(ticket: Ticket): Ticket {
  if (!ticket.freeze) return ticket;
  const { sessionsRevokedAt: _before, ...freeze } = ticket.freeze;
  return { ...ticket, freeze };
}

export function takenBack(ticket: Ticket, { at, methodIds }: EventOf<'passkeys-taken-back'>): Ticket {
  const all = [...new Set([...(ticket.freeze?.takenBack ?? []), ...methodIds])];
  return sessionsOwed(withFreeze(ticket, { takenBackAt: at, takenBack: all }));
}

export function sessionsEnded(ticket: Ticket, { at }: EventOf<'sessions-revoked'>): Ticket {
  return withFreeze(ticket, { sessionsRevokedAt: at });
}

export function signInBlocked(ticket: Ticket, { at }: EventOf<'sign-in-blocked'>): Ticket {
  return withFreeze(ticket, { blockedAt: at });
}

export function thawSaid(ticket: Ticket, { at, person }: EventOf<'thaw-said'>): Ticket {
  return withFreeze(ticket, { thawSaid: { by: person, at } });
}

export function thawed(ticket: Ticket, { at, person, proof }: EventOf<'thawed'>): Ticket {
  return withFreeze(ticket, { thawed: { by: person, at, ...(proof && { proof }) } });
}

export function mailed(ticket: Ticket, event: EventOf<'mail-sent' | 'mail-failed'>): Ticket {
  if (!ticket.told) return ticket;
  const { about, at } = event;
  const mail = { about, at, ...(event.kind === 'mail-failed' && { failed: event.code }) };
  return { ...ticket, told: { ...ticket.told, mails: [...ticket.told.mails, mail] } };
}

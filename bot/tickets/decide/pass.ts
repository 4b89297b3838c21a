import { type Command } from '../commands';
import { isNow } from '../plan';
import { stopOf } from '../standing';
import { type Ticket } from '../ticket';
import { plusSeconds } from '../time';
import { recipientOf } from '../ticket';
import { SHOWS_AT_MOST } from '../view';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';
import { barredRecipient, vouchOwed } from './way';

/** How long the guards of *Prepare* hold. */
export const PREPARED_SECONDS = 60;

function barredShow(ticket: Ticket, command: Command): Answer | undefined {
  const barred = barredRecipient(ticket, command);
  if (barred) return barred;
  if (vouchOwed(ticket)) return refused(ticket.vouchTries >= 3 ? 'code-dead' : 'code-needed');
  if (!isNow(ticket, 'show') && !isNow(ticket, 'appear')) return refused('way-missing');
  if (ticket.generations.length >= SHOWS_AT_MOST) return refused('shows-used-up', { most: SHOWS_AT_MOST });
  return ticket.generations.at(-1)?.state === 'started' ? refused('show-in-progress') : undefined;
}

export function prepareShow(ticket: Ticket, command: CommandOf<'prepare-show'>): Answer {
  const barred = barredShow(ticket, command);
  if (barred) return barred;
  const stop = stopOf(command.standing);
  if (stop) return { events: [], refusal: stop };
  const until = plusSeconds(command.at, PREPARED_SECONDS);
  return happened(command, { kind: 'show-prepared', person: recipientOf(ticket), until });
}

/** Begins a making of a pass: from here on the world may hold one, until it is issued or settled. */
export function show(ticket: Ticket, command: CommandOf<'show'>): Answer {
  const barred = barredShow(ticket, command);
  if (barred) return barred;
  if (!ticket.prepared || ticket.prepared.until <= command.at) return refused('show-not-prepared');
  const stop = stopOf(command.standing);
  if (stop) return { events: [], refusal: stop };
  return happened(command, {
    kind: 'pass-started',
    generation: ticket.generations.length + 1,
    person: recipientOf(ticket),
    passkeysBefore: command.passkeysBefore,
  });
}

/** A pass was made and may be shown; refused where the ticket has moved on, and then the pass must not live. */
export function passIssued(ticket: Ticket, command: CommandOf<'pass-issued'>): Answer {
  const { generation, methodId, validUntil } = command;
  const last = ticket.generations.at(-1);
  if (ticket.status !== 'approved') return refused(ticket.status);
  if (last?.number !== generation || last.state !== 'started') return refused('pass-withheld');
  return happened(command, { kind: 'pass-issued', generation, methodId, validUntil });
}

export function passSettled(ticket: Ticket, command: CommandOf<'pass-settled'>): Answer {
  const { generation, deleted } = command;
  const found = ticket.generations.find(({ number }) => number === generation);
  return found?.state === 'started' ? happened(command, { kind: 'pass-settled', generation, deleted }) : NOTHING;
}

export function passEnded(ticket: Ticket, command: CommandOf<'pass-ended'>): Answer {
  const { generation, how } = command;
  const found = ticket.generations.find(({ number }) => number === generation);
  if (found?.state !== 'issued' || found.endedAt) return NOTHING;
  const ended = { kind: 'pass-ended' as const, generation, how };
  const last = ticket.generations.at(-1)?.number === generation;
  const complete = last && ticket.passkey && ticket.status === 'approved';
  return complete ? happened(command, ended, { kind: 'completed' }) : happened(command, ended);
}

export function passkeyAppeared(ticket: Ticket, command: CommandOf<'passkey-appeared'>): Answer {
  if (ticket.status !== 'approved' || ticket.way !== 'pass' || ticket.passkey) return NOTHING;
  const appeared = { kind: 'passkey-appeared' as const, passkey: command.passkey };
  const last = ticket.generations.at(-1);
  const alive = last?.state === 'started' || (last?.state === 'issued' && !last.endedAt);
  return alive ? happened(command, appeared) : happened(command, appeared, { kind: 'completed' });
}

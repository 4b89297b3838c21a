import { type Command } from '../commands';
import { hasStep } from '../plan';
import { isMaking, livePass, mayShow, showsLeft, SHOWS_AT_MOST } from '../shows';
import { stopOf } from '../standing';
import { recipientOf, type Ticket } from '../ticket';
import { plusSeconds } from '../time';
import { type Answer, type CommandOf, happened, NOTHING, progressed, refused } from './answer';
import { nowRemovable } from './removal';
import { barredOthers, barredRecipient, vouchOwed } from './way';

/** How long the guards of *Prepare* hold. */
export const PREPARED_SECONDS = 60;

function barredShow(ticket: Ticket, command: Command): Answer | undefined {
  const barred = barredRecipient(ticket, command);
  if (barred) return barred;
  if (vouchOwed(ticket)) return refused(ticket.vouchTries >= 3 ? 'code-dead' : 'code-needed');
  if (!mayShow(ticket)) return refused('way-missing');
  if (isMaking(ticket, command.at)) return refused('show-in-progress');
  return showsLeft(ticket, command.at) > 0 ? undefined : refused('shows-used-up', { most: SHOWS_AT_MOST });
}

export function prepareShow(ticket: Ticket, command: CommandOf<'prepare-show'>): Answer {
  const barred = barredShow(ticket, command);
  if (barred) return barred;
  const stop = stopOf(command.standing);
  if (stop) return { events: [], refusal: stop };
  const until = plusSeconds(command.at, PREPARED_SECONDS);
  if (ticket.prepared && ticket.prepared.until >= until) return NOTHING;
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
  // With a newer making under way, or the new passkey there, nobody is to have this pass.
  if (last?.number !== generation || last.state !== 'started' || ticket.passkey) return refused('pass-withheld');
  const issued = { kind: 'pass-issued' as const, generation, methodId, validUntil };
  return happened(command, issued, ...nowRemovable(ticket));
}

/** Time alone has ended a pass. */
export function passExpired(ticket: Ticket, command: CommandOf<'tick'>, generation: number): Answer {
  return progressed(ticket, command, { kind: 'pass-ended', generation, how: 'expired' });
}

export function passSettled(ticket: Ticket, command: CommandOf<'pass-settled'>): Answer {
  const { generation, deleted } = command;
  const found = ticket.generations.find(({ number }) => number === generation);
  if (found?.state !== 'started') return NOTHING;
  return progressed(ticket, command, { kind: 'pass-settled', generation, deleted });
}

export function passEnded(ticket: Ticket, command: CommandOf<'pass-ended'>): Answer {
  const { generation, how } = command;
  const found = ticket.generations.find(({ number }) => number === generation);
  if (found?.state !== 'issued' || found.endedAt) return NOTHING;
  return progressed(ticket, command, { kind: 'pass-ended', generation, how });
}

export function passkeyAppeared(ticket: Ticket, command: CommandOf<'passkey-appeared'>): Answer {
  if (ticket.status !== 'approved' || ticket.way !== 'pass' || ticket.passkey || !hasStep(ticket, 'appear'))
    return NOTHING;
  return progressed(ticket, command, { kind: 'passkey-appeared', passkey: command.passkey });
}

/** The recipient of a pass needs it no more: it ends before its time, also where it has outlived the approval. */
export function finish(ticket: Ticket, command: CommandOf<'finish'>): Answer {
  const barred = barredOthers(ticket, command);
  if (barred) return barred;
  if (hasStep(ticket, 'appear') || !livePass(ticket, command.at)) return refused('no-pass-to-end');
  return ticket.finishedAt ? NOTHING : happened(command, { kind: 'finished' });
}

import { type Moment, type Ticket } from '../ticket';
import { plusMinutes } from '../time';
import { type Answer, type CommandOf, happened, NOTHING } from './answer';
import { CHALLENGE_GRACE_MINUTES, lastCircle, removesAt, widensAt } from '../due';
import { passMayLive } from '../alive';
import { passExpired } from './pass';

function tickWaiting(ticket: Ticket, command: CommandOf<'tick'>): Answer {
  if (command.at >= ticket.expiresAt) return happened(command, { kind: 'expired' });
  if (ticket.askedCircle < lastCircle(ticket) && command.at >= widensAt(ticket)) {
    const next = ticket.approvers.map(({ circle }) => circle).filter((circle) => circle > ticket.askedCircle);
    return happened(command, { kind: 'widened', circle: Math.min(...next) });
  }
  const remindAt = plusMinutes(ticket.openedAt, ticket.rule.remindAfter);
  if (!ticket.remindedAt && command.at >= remindAt) return happened(command, { kind: 'reminded' });
  return NOTHING;
}

function overduePass({ generations }: Ticket, now: Moment) {
  return generations.find(
    ({ state, endedAt, validUntil }) => state === 'issued' && !endedAt && validUntil !== undefined && validUntil <= now,
  );
}

function tickApproved(ticket: Ticket, command: CommandOf<'tick'>): Answer {
  const removal = removesAt(ticket);
  if (removal && command.at >= removal) return happened(command, { kind: 'removal-due' });
  const pass = overduePass(ticket, command.at);
  if (pass) return passExpired(ticket, command, pass.number);
  const { job } = ticket;
  const lapsed =
    (job?.state === 'offered' && job.validUntil <= command.at) ||
    (job?.state === 'started' &&
      job.challengeUntil !== undefined &&
      plusMinutes(job.challengeUntil, CHALLENGE_GRACE_MINUTES) <= command.at);
  if (job && lapsed) {
    return happened(command, { kind: 'job-failed', job: job.id, code: 'job-lapsed', orphan: job.state === 'started' });
  }
  // A removal is not waited for: it goes on whatever becomes of the ticket.
  const busy = passMayLive(ticket) || job?.state === 'started' || job?.state === 'made' || ticket.passkey !== undefined;
  return command.at >= ticket.expiresAt && !busy ? happened(command, { kind: 'expired' }) : NOTHING;
}

/** What time alone brings about: a reminder, the next circle, an end. One thing a tick; the next tick finds the next. */
export function tick(ticket: Ticket, command: CommandOf<'tick'>): Answer {
  if (ticket.status === 'waiting') return tickWaiting(ticket, command);
  if (ticket.status === 'approved') return tickApproved(ticket, command);
  const pass = ticket.status === 'frozen' && overduePass(ticket, command.at);
  if (pass) return passExpired(ticket, command, pass.number);
  return NOTHING;
}

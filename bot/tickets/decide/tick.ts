import { type Ticket } from '../ticket';
import { plusMinutes } from '../time';
import { type Answer, type CommandOf, happened, NOTHING } from './answer';
import { lastCircle, widensAt } from '../due';

/** How long after its challenge has ended a started job is given up. */
export const CHALLENGE_GRACE_MINUTES = 2;

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

function tickApproved(ticket: Ticket, command: CommandOf<'tick'>): Answer {
  const pass = ticket.generations.find(
    ({ state, endedAt, validUntil }) =>
      state === 'issued' && !endedAt && validUntil !== undefined && validUntil <= command.at,
  );
  if (pass) {
    const ended = { kind: 'pass-ended' as const, generation: pass.number, how: 'expired' as const };
    const last = ticket.generations.at(-1)?.number === pass.number;
    return ticket.passkey && last ? happened(command, ended, { kind: 'completed' }) : happened(command, ended);
  }
  const { job } = ticket;
  const lapsed =
    (job?.state === 'offered' && job.validUntil <= command.at) ||
    (job?.state === 'started' &&
      job.challengeUntil !== undefined &&
      plusMinutes(job.challengeUntil, CHALLENGE_GRACE_MINUTES) <= command.at);
  if (job && lapsed) {
    return happened(command, { kind: 'job-failed', job: job.id, code: 'job-lapsed', orphan: job.state === 'started' });
  }
  const passAlive = ticket.generations.some(
    ({ state, endedAt }) => state === 'started' || (state === 'issued' && !endedAt),
  );
  const busy = passAlive || job?.state === 'started' || job?.state === 'made' || ticket.passkey !== undefined;
  return command.at >= ticket.expiresAt && !busy ? happened(command, { kind: 'expired' }) : NOTHING;
}

/** What time alone brings about: a reminder, the next circle, an end. One thing a tick; the next tick finds the next. */
export function tick(ticket: Ticket, command: CommandOf<'tick'>): Answer {
  if (ticket.status === 'waiting') return tickWaiting(ticket, command);
  if (ticket.status === 'approved') return tickApproved(ticket, command);
  return NOTHING;
}

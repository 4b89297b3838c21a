import { type Moment, type Ticket } from './ticket';
import { plusMinutes } from './time';

/** How long after its challenge has ended a started job is given up. */
export const CHALLENGE_GRACE_MINUTES = 2;

export function lastCircle(ticket: Ticket): number {
  return Math.max(0, ...ticket.approvers.map(({ circle }) => circle));
}

/** When the next circle is asked: each circle has had its time. */
export function widensAt(ticket: Ticket): Moment {
  return plusMinutes(ticket.openedAt, ticket.rule.widenAfter * (ticket.askedCircle + 1));
}

/** The moments at which time alone may change this ticket: a tick then does it. */
export function dueTimes(ticket: Ticket): Moment[] {
  if (ticket.status === 'waiting') {
    return [
      ticket.expiresAt,
      ...(ticket.remindedAt ? [] : [plusMinutes(ticket.openedAt, ticket.rule.remindAfter)]),
      ...(ticket.askedCircle < lastCircle(ticket) ? [widensAt(ticket)] : []),
    ];
  }
  if (ticket.status !== 'approved') return [];
  const passes = ticket.generations.flatMap(({ state, endedAt, validUntil }) =>
    state === 'issued' && !endedAt && validUntil ? [validUntil] : [],
  );
  const job = ticket.job;
  const jobs = job?.state === 'offered' ? [job.validUntil] : [];
  const challenges =
    job?.state === 'started' && job.challengeUntil ? [plusMinutes(job.challengeUntil, CHALLENGE_GRACE_MINUTES)] : [];
  return [ticket.expiresAt, ...passes, ...jobs, ...challenges];
}

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

/** How long after its approval a lost key may live at most, whether or not its owner came: the promise says ten. */
const REMOVE_WITHIN_MINUTES = 8;

/** When the passkeys that were named go, if nothing made them go before. */
export function removesAt({ status, decidedAt, removals }: Ticket): Moment | undefined {
  const named = removals.some(({ state }) => state === 'named');
  return status === 'approved' && decidedAt && named ? plusMinutes(decidedAt, REMOVE_WITHIN_MINUTES) : undefined;
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
  if (ticket.status !== 'approved' && ticket.status !== 'frozen') return [];
  const passes = ticket.generations.flatMap(({ state, endedAt, validUntil }) =>
    state === 'issued' && !endedAt && validUntil ? [validUntil] : [],
  );
  // A frozen ticket waits for people, and for a pass that nobody could end.
  if (ticket.status === 'frozen') return passes;
  const job = ticket.job;
  const jobs = job?.state === 'offered' ? [job.validUntil] : [];
  const challenges =
    job?.state === 'started' && job.challengeUntil ? [plusMinutes(job.challengeUntil, CHALLENGE_GRACE_MINUTES)] : [];
  const removal = removesAt(ticket);
  return [ticket.expiresAt, ...passes, ...jobs, ...challenges, ...(removal ? [removal] : [])];
}

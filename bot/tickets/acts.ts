import { isNow } from './plan';
import { type Job, type Moment, type Ticket } from './ticket';
import { plusMinutes } from './time';

/** How long after its challenge has ended a started job is given up. */
export const CHALLENGE_GRACE_MINUTES = 2;

/** What a workstation is to do next, or undefined where the plan does not stand at its steps. */
export function nextAct(ticket: Ticket): 'inspect' | 'reset' | 'register' | undefined {
  // Nothing is erased twice without a look at what the first time came to.
  if (isNow(ticket, 'reset')) return ticket.reset?.state === 'unknown' ? 'inspect' : 'reset';
  return isNow(ticket, 'register') ? 'register' : undefined;
}

/** When time gives a job up; undefined: not any more, or not yet. */
export function lapsesAt({ state, validUntil, challengeUntil, runsUntil }: Job): Moment | undefined {
  if (state === 'offered') return validUntil;
  if (state !== 'started') return undefined;
  return challengeUntil ? plusMinutes(challengeUntil, CHALLENGE_GRACE_MINUTES) : runsUntil;
}

export function isLapsed(job: Job, now: Moment): boolean {
  const lapses = lapsesAt(job);
  return lapses !== undefined && lapses <= now;
}

/** Whether a job is under way, so that no second one may start. */
export function jobRuns(ticket: Ticket, now: Moment): boolean {
  const job = ticket.job;
  if (!job || job.state === 'failed' || job.state === 'registered' || job.state === 'done') return false;
  // One that has started runs until time gives it up (tick.ts): its key may be writing at this moment.
  return job.state !== 'offered' || job.validUntil > now;
}

/** Whether a job that ends now may leave a credential on the key that Entra does not know. */
export function mayOrphan({ act, state }: Job): boolean {
  return act === undefined && state !== 'offered';
}

/** Whether a job is past its point of no return: Entra is asked, or the key may be losing everything at this moment. */
export function cannotStop(job: Job | undefined): boolean {
  return job?.state === 'made' || (job?.act === 'reset' && job.state === 'started');
}

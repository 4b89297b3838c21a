import { isLapsed, mayOrphan } from '../acts';
import { isAsked, wantsReset } from '../diagnosis';
import { lapsedStepUp } from '../step-up';
import { type Job, type Moment, type Ticket } from '../ticket';
import { type Answer, type CommandOf, happened, NOTHING } from './answer';
import { endsAt, REMINDERS_AT_MOST, remindsAt, removesAt, widensAt } from '../due';
import { passMayLive } from '../alive';
import { passExpired } from './pass';
import { nextCircle } from './widen';

function jobLapsed(job: Job, command: CommandOf<'tick'>): Answer {
  return happened(command, { kind: 'job-failed', job: job.id, code: 'job-lapsed', orphan: mayOrphan(job) });
}

/** The key is still to be looked at, or the card says already what to do: nobody is asked to decide. */
function tickUnasked(ticket: Ticket, command: CommandOf<'tick'>): Answer {
  const { job, diagnosis } = ticket;
  if (job && isLapsed(job, command.at)) return jobLapsed(job, command);
  if (command.at < ticket.expiresAt) return NOTHING;
  const helped = diagnosis && !wantsReset(ticket) ? [{ kind: 'not-needed' as const }] : [];
  return happened(command, ...helped, { kind: 'expired' });
}

function tickWaiting(ticket: Ticket, command: CommandOf<'tick'>): Answer {
  if (!isAsked(ticket)) return tickUnasked(ticket, command);
  if (command.at >= ticket.expiresAt) return happened(command, { kind: 'expired' });
  const unsigned = lapsedStepUp(ticket, command.at);
  if (unsigned) return happened(command, { kind: 'approval-failed', job: unsigned.job, code: 'job-lapsed' });
  const remind = (ticket.reminders ?? 0) < REMINDERS_AT_MOST && command.at >= remindsAt(ticket);
  const reminded = remind ? [{ kind: 'reminded' as const }] : [];
  const next = command.at >= widensAt(ticket) ? nextCircle(ticket) : undefined;
  // At once, so that whoever is new gets one card and not two.
  if (next !== undefined) return happened(command, { kind: 'widened', circle: next }, ...reminded);
  return remind ? happened(command, ...reminded) : NOTHING;
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
  if (job && isLapsed(job, command.at)) return jobLapsed(job, command);
  // A removal is not waited for: it goes on whatever becomes of the ticket.
  const busy = passMayLive(ticket) || job?.state === 'started' || job?.state === 'made' || ticket.passkey !== undefined;
  return command.at >= endsAt(ticket) && !busy ? happened(command, { kind: 'expired' }) : NOTHING;
}

/** What time alone brings about: a reminder, the next circle, an end. One thing a tick; the next tick finds the next. */
export function tick(ticket: Ticket, command: CommandOf<'tick'>): Answer {
  if (ticket.status === 'waiting') return tickWaiting(ticket, command);
  if (ticket.status === 'approved') return tickApproved(ticket, command);
  const pass = ticket.status === 'frozen' && overduePass(ticket, command.at);
  if (pass) return passExpired(ticket, command, pass.number);
  return NOTHING;
}

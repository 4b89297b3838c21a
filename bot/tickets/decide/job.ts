import { jobRuns, nextAct } from '../acts';
import { stopOf } from '../standing';
import { type Job, type Ticket } from '../ticket';
import { plusMinutes } from '../time';
import { type Answer, type CommandOf, happened, NOTHING, progressed, refused } from './answer';
import { nowRemovable } from './removal';
import { barredRecipient, vouchOwed } from './way';

/** How long an offered job waits for its workstation. */
export const JOB_MINUTES = 10;

export function startJob(ticket: Ticket, command: CommandOf<'start-job'>): Answer {
  const barred = barredRecipient(ticket, command);
  if (barred) return barred;
  if (vouchOwed(ticket)) return refused(ticket.vouchTries >= 3 ? 'code-dead' : 'code-needed');
  if (ticket.way !== 'workstation' || !ticket.workstation) return refused('way-missing');
  if (jobRuns(ticket, command.at)) return refused('job-runs');
  const act = nextAct(ticket);
  if (!act) return refused('job-over');
  const stop = stopOf(command.standing);
  if (stop) return { events: [], refusal: stop };
  const validUntil = plusMinutes(command.at, JOB_MINUTES);
  const offered = { kind: 'job-offered' as const, job: command.job, workstation: ticket.workstation, validUntil };
  return happened(command, { ...offered, ...(act !== 'register' && { act }) });
}

/** The running job of this id, where the workstation that speaks is the one it was given to. */
export function jobOf(ticket: Ticket, command: { job: string; by: CommandOf<'job-started'>['by'] }): Job | Answer {
  const { job } = ticket;
  if (job?.id !== command.job) return refused('job-unknown');
  if (command.by.kind === 'workstation' && command.by.id !== job.workstation.id)
    return refused('workstation-not-yours');
  return job;
}

/** The workstation begins: it has fetched the job, the person has typed the number, Entra has given options. */
export function jobStarted(ticket: Ticket, command: CommandOf<'job-started'>): Answer {
  const job = jobOf(ticket, command);
  if ('events' in job) return job;
  if (job.act) return refused('job-unknown');
  if (ticket.status !== 'approved') return refused(ticket.status);
  if (job.state !== 'offered' && job.state !== 'started')
    return refused('job-over', { ...(job.code && { code: job.code }) });
  if (job.validUntil <= command.at || ticket.expiresAt <= command.at)
    return refused('job-over', { code: 'job-lapsed' });
  const stop = stopOf(command.standing);
  if (stop) return { events: [], refusal: stop };
  const { challengeHash, challengeUntil } = command;
  if (job.challengeHash === challengeHash) return NOTHING;
  return happened(command, { kind: 'job-started', job: job.id, challengeHash, challengeUntil });
}

/** The key has made a credential, and the service has found the attestation good. */
export function keyMade(ticket: Ticket, command: CommandOf<'key-made'>): Answer {
  const job = jobOf(ticket, command);
  if ('events' in job) return job;
  if (job.credentialId === command.credentialId && job.state !== 'failed') return NOTHING;
  if (ticket.status !== 'approved') return refused(ticket.status);
  if (job.state !== 'started' || job.act) return refused('job-over', { ...(job.code && { code: job.code }) });
  const { credentialId, aaguid, attested, model } = command;
  return happened(command, { kind: 'key-made', job: job.id, credentialId, aaguid, attested, ...(model && { model }) });
}

export function passkeyRegistered(ticket: Ticket, command: CommandOf<'passkey-registered'>): Answer {
  const job = jobOf(ticket, command);
  if ('events' in job) return job;
  if (job.state !== 'made') return NOTHING;
  const registered = { kind: 'passkey-registered' as const, job: job.id, passkey: command.passkey };
  return progressed(ticket, command, registered, ...nowRemovable(ticket));
}

export function jobFailed(ticket: Ticket, command: CommandOf<'job-failed'>): Answer {
  const job = jobOf(ticket, command);
  if ('events' in job) return job;
  if (job.state === 'registered' || job.state === 'done' || job.state === 'failed') return NOTHING;
  // What the workstation says no longer counts once its key was accepted: the service settles that with Entra.
  if (job.state === 'made' && command.by.kind === 'workstation') return NOTHING;
  return happened(command, { kind: 'job-failed', job: job.id, code: command.code, orphan: command.orphan });
}

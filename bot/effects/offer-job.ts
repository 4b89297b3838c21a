import { offerJob } from '../service/job-offer';
import { DONE, type Run } from './effect';

/**
 * Signs the job and puts it where its workstation will fetch it. A job that lies there already stays as it is; one whose
 * workstation is not there any more has failed, and its person chooses anew.
 */
export const offer: Run<'offer-job' | 'offer-inspect' | 'offer-reset'> = async (deps, ticket, effect) => {
  if (ticket.job?.id !== effect.job || ticket.job.state !== 'offered') return DONE;
  const code = await offerJob(deps, ticket, ticket.job);
  if (!code) return DONE;
  return { kind: 'outcome', command: { kind: 'job-failed', job: ticket.job.id, code, orphan: false } };
};

import { type Act, Job, type JobOf } from '../../agent/protocol/job';
import { OUTCOME_OF, type ResultOf, type ResultRequest } from '../../agent/protocol/result';
import { type Keys } from '../keys/keys';
import { digestOf } from './digest';
import { badRequest } from './refusals';

/** The good result of a job of one act. */
type DoneResult<A extends Act> = { act: A } & Omit<ResultOf<A>, 'jobDigest'>;

/** What came of a job: by its act and its outcome. `failed` may be of any act. */
export type JobResult =
  | { [A in Act]: DoneResult<A> }[Act]
  | ({ act: Act } & Omit<Extract<ResultRequest, { outcome: 'failed' }>, 'jobDigest'>);

/** Reads back what was signed for a workstation, once its signature holds. @throws Fault `signature-bad` */
export async function jobOf(keys: Pick<Keys, 'verify'>, jws: string): Promise<Job> {
  return Job.parse(await keys.verify('keyvouch-job+jwt', jws));
}

/**
 * Holds a result against its job: the very job by its digest, an outcome that belongs to its act, and nothing in it that
 * the job did not ask about. Whether a passkey that was made is good is for verifyRegistration to say.
 * @throws Fault `job-unknown` (another job's), `result-odd`
 */
export function readResult(job: Job, jws: string, request: ResultRequest): JobResult {
  if (request.jobDigest !== digestOf(jws)) throw badRequest('job-unknown', 'This is the result of another job.');
  const { jobDigest: _, ...result } = request;
  if (result.outcome === 'failed') return { act: job.act, ...result };
  const odd = result.outcome !== OUTCOME_OF[job.act] ? 'it is of another act' : oddIn(job, request);
  if (odd !== undefined) throw badRequest('result-odd', `This is no result of that job: ${odd}.`);
  // The outcome was just held against the act, which the compiler cannot follow from one union to another.
  return { act: job.act, ...result } as JobResult;
}

/** What a result says that its job cannot have led to. */
function oddIn(job: Job, result: ResultRequest): string | undefined {
  switch (result.outcome) {
    case 'inspected':
      return strangers(job, result.report.answered ?? []);
    case 'erased': {
      const silently = result.matchedBy === 'silent';
      if (silently && result.matched.length === 0) return 'no passkey answered, but the key was known by one';
      return strangers(job, result.matched);
    }
    case 'enrolled':
      return job.act === 'fingerprints' && result.added > job.most
        ? 'more fingerprints than were asked for'
        : undefined;
    case 'configured':
      return job.act === 'config' && !isSet(job, result) ? 'the key is not set as was asked' : undefined;
    case 'approved':
      return strangers(job, [result.credentialId]);
    case 'made':
    case 'pin-set':
    case 'removed':
    case 'failed':
      return undefined;
  }
}

function strangers(job: Job, ids: readonly string[]): string | undefined {
  const asked = 'credentialIds' in job ? job.credentialIds : [];
  return ids.every((id) => asked.includes(id)) ? undefined : 'it names passkeys that were not asked about';
}

function isSet({ settings }: JobOf<'config'>, { now }: ResultOf<'config'>): boolean {
  return (
    (settings.alwaysUv === undefined || now.alwaysUv) &&
    (settings.minimumPin === undefined || now.minimumPin >= settings.minimumPin) &&
    (settings.forcePinChange === undefined || now.forcePinChange)
  );
}

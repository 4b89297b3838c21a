import { timingSafeEqual } from 'node:crypto';
import { Fault } from '../../agent/protocol/fault';
import {
  type JobsReply,
  type JobStateReply,
  type ResultRequest,
  SERVICE_KEYS_AT_MOST,
  type ServiceKeys,
  ServiceKeys as ServiceKeysSchema,
  type StartReply,
} from '../../agent/protocol/messages';
import { hasStep } from '../tickets/plan';
import { isOpen, type Job, type Ticket } from '../tickets/ticket';
import { badRequest, digestOf, hashOfChallenge, jobOf, type JobResult, verifyRegistration } from '../workstations';
import { type Deps, momentOf } from './deps';
import { jobNumberOf } from './details';
import { dispatch } from './dispatch';
import { guard } from './guard';
import { actorOf, mark, refusedJob, resultOf } from './job-row';
import { modelFits } from './key-guard';
import { startAct } from './key-jobs';
import { takeDone, takeLate } from './key-results';
import { modelsFor } from './models';
import { settleNow } from './outbox';
import { maySign } from './step-up';
import { signingWanted } from './step-up-jobs';
import { type WorkstationJob, type WorkstationRecord } from './ports';
import { ticketsIn } from './tickets-in';

/** Seconds between two questions of a workstation: soon while something is open for its person, else rarely. */
const ASK_SOON = 2;
const ASK_SOMETIMES = 5;
const ASK_RARELY = 60;

export async function serviceKeys(deps: Deps): Promise<ServiceKeys> {
  const [keys, endorsements] = await Promise.all([deps.keys.publicKeys(), deps.keys.endorsements()]);
  return ServiceKeysSchema.parse({ keys: keys.slice(0, SERVICE_KEYS_AT_MOST), endorsements });
}

/** When a workstation should ask again, by what is open for its person. */
async function paceFor(deps: Deps, person: string): Promise<number> {
  const open = (await ticketsIn(deps, await deps.tickets.ofPerson(person, { size: 5 }))).filter(isOpen);
  // Before an approval no job can come, but for the look at a key.
  if (open.some((ticket) => ticket.status !== 'waiting' || hasStep(ticket, 'diagnose'))) return ASK_SOON;
  return open.length > 0 || (await maySign(deps, person)) ? ASK_SOMETIMES : ASK_RARELY;
}

/** Whether a job that lies there is still the ticket's: after a cancel or an end nobody is asked for it any more. */
async function isWanted(deps: Deps, { id, ticket }: WorkstationJob): Promise<boolean> {
  const stored = await deps.tickets.load(ticket);
  if (stored && signingWanted(stored.ticket, id, momentOf(deps))) return true;
  const job = stored?.ticket.job;
  const looks = stored?.ticket.status === 'waiting' && job?.act === 'inspect';
  const open = looks || stored?.ticket.status === 'approved';
  return open && job?.id === id && (job.state === 'offered' || job.state === 'started');
}

/** The jobs that wait for a workstation, and when it should ask again. */
export async function jobsFor(deps: Deps, workstation: WorkstationRecord): Promise<JobsReply> {
  const keys = await serviceKeys(deps);
  if (workstation.state !== 'active')
    return { state: workstation.state, jobs: [], askAgainIn: ASK_SOON, serviceKeys: keys };
  const now = momentOf(deps);
  const all = await deps.workstations.jobs(workstation.id);
  const waiting = all.filter(
    ({ value }) => (value.state === 'offered' || value.state === 'started') && value.validUntil > now,
  );
  const wanted = await Promise.all(waiting.map(({ value }) => isWanted(deps, value)));
  const jobs = waiting.filter((_, at) => wanted[at]);
  const { person, kind } = workstation;
  const busy = kind === 'desk' || jobs.length > 0;
  return {
    state: 'active',
    jobs: jobs.map(({ value }) => value.jws),
    askAgainIn: busy ? ASK_SOON : await paceFor(deps, person),
    serviceKeys: keys,
  };
}

async function jobAndTicket(
  deps: Deps,
  workstation: WorkstationRecord,
  id: string,
): Promise<{ row: WorkstationJob; ticket: Ticket; job: Job }> {
  const row = await deps.workstations.job(workstation.id, id);
  const stored = row && (await deps.tickets.load(row.value.ticket));
  const job = stored?.ticket.job;
  if (!row || !stored || job?.id !== id || job.workstation.id !== workstation.id) {
    throw badRequest('job-unknown', 'Keyvouch has no such job for this workstation.');
  }
  return { row: row.value, ticket: stored.ticket, job };
}

/** Ends a job that a workstation has or had, for the reason given. */
export async function failJob(
  deps: Deps,
  workstation: WorkstationRecord,
  row: WorkstationJob,
  code: string,
  orphan: boolean,
): Promise<void> {
  const command = {
    kind: 'job-failed',
    job: row.id,
    code,
    orphan,
    at: momentOf(deps),
    by: actorOf(workstation),
  } as const;
  await dispatch(deps, row.ticket, command, `${row.ticket}~failed~${row.id}`);
  await mark(deps, row, { state: 'failed', code, orphan });
  settleNow(deps, row.ticket);
}

/**
 * The workstation begins: the person there has typed the number that the chat shows (one try), all guards are asked
 * again, and Entra gives its options at this moment, because they live five minutes.
 */
export async function startJob(
  deps: Deps,
  workstation: WorkstationRecord,
  id: string,
  number: string,
): Promise<StartReply> {
  const { row, ticket, job } = await jobAndTicket(deps, workstation, id);
  const right = timingSafeEqual(Buffer.from(number), Buffer.from(jobNumberOf(deps, id)));
  if (!right) {
    await failJob(deps, workstation, row, 'number-wrong', false);
    throw refusedJob({ code: 'number-wrong' });
  }
  const { act } = job;
  if (act) {
    const { started, reply } = await startAct(deps, ticket, { ...job, act }, actorOf(workstation));
    // Begun before, by a request whose reply was lost: it is the same beginning.
    if (started.refusal) throw refusedJob(started.refusal);
    await mark(deps, row, { state: 'started' });
    return reply;
  }
  const standing = await guard(deps, ticket);
  const options = await deps.entra.passkeys.creationOptions(ticket.subject.id);
  const challengeUntil = options.expiresAt.toISOString();
  const challengeHash = hashOfChallenge(options.publicKey.challenge);
  const { refusal, repeated } = await dispatch(
    deps,
    ticket.id,
    {
      kind: 'job-started',
      job: job.id,
      standing,
      challengeHash,
      challengeUntil,
      at: momentOf(deps),
      by: actorOf(workstation),
    },
    `${ticket.id}~started~${challengeHash}`,
  );
  if (refusal ?? repeated) throw refusedJob(refusal ?? { code: 'job-over' });
  await mark(deps, row, { state: 'started' });
  settleNow(deps, ticket.id);
  const models = await modelsFor(deps, ticket.subject.id);
  return { act: 'register', options: { ...options.publicKey }, challengeUntil, models };
}

async function takeMade(
  deps: Deps,
  workstation: WorkstationRecord,
  row: WorkstationJob,
  ticket: Ticket,
  job: Job,
  made: Extract<JobResult, { act: 'register'; outcome: 'made' }>,
): Promise<void> {
  if (job.credentialId === made.credentialId) return;
  try {
    const { attestationRoots: roots, unattested } = deps.settings;
    const { aaguid, attested } = await verifyRegistration(made, {
      challengeHash: job.challengeHash ?? '',
      roots,
      unattested,
    });
    const allowed = await modelFits(deps, ticket.subject.id, aaguid, attested);
    if (!allowed) throw refusedJob({ code: 'passkey-model-not-allowed' });
    const { credentialId, clientDataJSON, attestationObject } = made;
    const displayName = `Keyvouch ${ticket.shortId}`;
    const { refusal } = await dispatch(
      deps,
      ticket.id,
      {
        kind: 'key-made',
        job: job.id,
        credentialId,
        aaguid,
        attested,
        clientDataJSON,
        attestationObject,
        displayName,
        at: momentOf(deps),
        by: actorOf(workstation),
      },
      `${ticket.id}~made~${digestOf(made.credentialId)}`,
    );
    if (refusal) throw refusedJob(refusal);
    await mark(deps, row, { state: 'made' });
    settleNow(deps, ticket.id);
  } catch (error) {
    // What can be tried again leaves the job as it is; the same result may then come once more.
    if (error instanceof Fault && !error.retry) await failJob(deps, workstation, row, error.code, true);
    throw error;
  }
}

/** The workstation's result, good or bad. Sent twice, it counts once. */
export async function takeResult(
  deps: Deps,
  workstation: WorkstationRecord,
  id: string,
  request: ResultRequest,
): Promise<JobStateReply> {
  if (request.outcome === 'erased' && (await takeLate(deps, workstation, id, request))) {
    return jobState(deps, workstation, id);
  }
  const { row, ticket, job } = await jobAndTicket(deps, workstation, id);
  const result = await resultOf(deps, row, request, (code) => failJob(deps, workstation, row, code, false));
  if (result.outcome === 'failed') await failJob(deps, workstation, row, result.code, result.orphan && !job.act);
  else if (result.outcome === 'made') await takeMade(deps, workstation, row, ticket, job, result);
  else if (result.outcome === 'inspected' || result.outcome === 'erased')
    await takeDone(deps, workstation, row, ticket, result);
  else throw badRequest('job-unknown', 'No ticket waits for such a result.');
  return jobState(deps, workstation, id);
}

/** Where a job stands, and whether a credential that came to nothing is to be removed from the key. */
export async function jobState(deps: Deps, workstation: WorkstationRecord, id: string): Promise<JobStateReply> {
  const row = (await deps.workstations.job(workstation.id, id))?.value;
  const current = row && (await deps.tickets.load(row.ticket))?.ticket.job;
  if (row && current && current.id !== id) {
    // Another job has taken its place, so this one came to nothing, whatever its row still says.
    if (row.state === 'done') return { state: 'done', removeCredential: false };
    const { act } = await jobOf(deps.keys, row.jws);
    const begun = act !== 'register' ? false : row.state === 'started' || row.state === 'made' || row.orphan === true;
    return { state: 'failed', ...(row.code && { code: row.code }), removeCredential: begun };
  }
  const { job } = await jobAndTicket(deps, workstation, id);
  const removeCredential = job.state === 'failed' && job.orphan === true;
  return { state: job.state, ...(job.code && { code: job.code }), removeCredential };
}

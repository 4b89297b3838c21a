import { Fault } from '../../agent/protocol/fault';
import { type ResultRequest } from '../../agent/protocol/messages';
import { type Refusal } from '../tickets/commands';
import { type Actor } from '../tickets/people';
import { jobOf, type JobResult, readResult } from '../workstations';
import { type Deps } from './deps';
import { type WorkstationJob, type WorkstationRecord } from './ports';

/** A refusal of the ticket, said to a workstation. The words for people are on the card. */
export function refusedJob(refusal: Refusal): Fault {
  return new Fault({
    code: refusal.code,
    say: 'Keyvouch has stopped this job: your card in the chat says why.',
    todo: 'Look at the request in the chat with Keyvouch.',
    ...(refusal.facts && { facts: refusal.facts }),
  });
}

export function actorOf(workstation: WorkstationRecord): Actor {
  return { kind: 'workstation', id: workstation.id, person: workstation.person };
}

/** Keeps the workstation's list of jobs in step with the ticket. A hint: the ticket is the truth. */
export async function mark(deps: Deps, row: WorkstationJob, change: Partial<WorkstationJob>): Promise<void> {
  const before = await deps.workstations.job(row.workstation, row.id);
  if (before) await deps.workstations.putJob({ ...before.value, ...change }, before.etag);
}

/** What a workstation sends for a job. What cannot be its result ends the job: the same workstation has no other one. */
export async function resultOf(
  deps: Deps,
  row: WorkstationJob,
  request: ResultRequest,
  fail: (code: string) => Promise<void>,
): Promise<JobResult> {
  const claims = await jobOf(deps.keys, row.jws);
  try {
    return readResult(claims, row.jws, request);
  } catch (error) {
    if (error instanceof Fault && error.code === 'result-odd') await fail(error.code);
    throw error;
  }
}

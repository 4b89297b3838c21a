import { type JobStateReply, type ResultRequest, type StartReply } from '../../agent/protocol/messages';
import { type Deps } from './deps';
import * as jobs from './jobs';
import { type WorkstationRecord } from './ports';
import { signingOf, signingState, startSigning, takeSigning } from './step-up-jobs';

/** Begins a job: one of a ticket's plan, or one by which an approver signs. */
export async function startJob(
  deps: Deps,
  workstation: WorkstationRecord,
  id: string,
  number: string,
): Promise<StartReply> {
  const signing = await signingOf(deps, workstation, id);
  return signing ? startSigning(deps, workstation, signing, number) : jobs.startJob(deps, workstation, id, number);
}

/** Takes a job's result, good or bad. */
export async function takeResult(
  deps: Deps,
  workstation: WorkstationRecord,
  id: string,
  request: ResultRequest,
): Promise<JobStateReply> {
  const signing = await signingOf(deps, workstation, id);
  if (!signing) return jobs.takeResult(deps, workstation, id, request);
  await takeSigning(deps, workstation, signing, request);
  return jobState(deps, workstation, id);
}

/** Where a job stands. */
export async function jobState(deps: Deps, workstation: WorkstationRecord, id: string): Promise<JobStateReply> {
  const signing = await signingOf(deps, workstation, id);
  return signing ? signingState(signing) : jobs.jobState(deps, workstation, id);
}

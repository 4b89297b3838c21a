import { type ResultRequest } from '../../agent/protocol/messages';
import { type Ticket } from '../tickets/ticket';
import { jobOf, type JobResult, readResult } from '../workstations';
import { type Deps } from './deps';
import { actorOf, mark, refusedJob } from './job-row';
import { takeErased, takeInspected } from './key-jobs';
import { type WorkstationJob, type WorkstationRecord } from './ports';

/** The result of a job that looks at a key, or erases it. @throws Fault where the ticket refuses it */
export async function takeDone(
  deps: Deps,
  workstation: WorkstationRecord,
  row: WorkstationJob,
  ticket: Ticket,
  result: Extract<JobResult, { outcome: 'inspected' | 'erased' }>,
): Promise<void> {
  const by = actorOf(workstation);
  const { refusal, stored } =
    result.outcome === 'inspected'
      ? await takeInspected(deps, ticket, row.id, result, by)
      : await takeErased(deps, ticket, row.id, result, by);
  if (refusal) throw refusedJob(refusal);
  const failed = stored?.ticket.job?.id === row.id && stored.ticket.job.state === 'failed';
  await mark(deps, row, { state: failed ? 'failed' : 'done' });
}

/** That a key was erased is believed also where another job has followed, or the ticket has ended. */
export async function takeLate(
  deps: Deps,
  workstation: WorkstationRecord,
  id: string,
  request: ResultRequest,
): Promise<boolean> {
  const row = (await deps.workstations.job(workstation.id, id))?.value;
  const ticket = row && (await deps.tickets.load(row.ticket))?.ticket;
  if (!row || ticket?.reset?.job !== id || ticket.job?.id === id) return false;
  const result = readResult(await jobOf(deps.keys, row.jws), row.jws, request);
  if (result.outcome !== 'erased') return false;
  await takeDone(deps, workstation, row, ticket, result);
  return true;
}

import { type House } from './house';

/** What a thief is after: passes that Entra made, and jobs that a workstation was given. */
export interface Given {
  passes: number;
  jobs: number;
}

/** @param workstations whose jobs are counted */
export async function givenBy({ entra, processes }: House, workstations: readonly string[]): Promise<Given> {
  const made = entra.counts()['POST /users/{id}/authentication/temporaryAccessPassMethods'];
  const jobs = await Promise.all(workstations.map((id) => processes[0].deps.workstations.jobs(id)));
  return { passes: made?.effects ?? 0, jobs: jobs.flat().length };
}

/** A line for each kind of thing that was given out since. */
export function givenSince(before: Given, after: Given): string[] {
  const [passes, jobs] = [after.passes - before.passes, after.jobs - before.jobs];
  return [...(passes > 0 ? [`${passes} passes were made`] : []), ...(jobs > 0 ? [`${jobs} jobs were given out`] : [])];
}

import { type Guard } from '../guard-out';
import { keep } from '../keep';
import { runInLanes } from './lanes';

export interface TryAllOptions<T, R> {
  /** The proof's id, and the file that its lanes run, from the root of the project. */
  id: string;
  entry: string;
  guard?: Guard | undefined;
  nameOf: (task: T, result: R) => string;
  progress: (text: string) => void;
}

export interface TriedAll<T, R> {
  tried: { task: T; result: R }[];
  /** Each with the name of its task. */
  violations: string[];
}

const TOLD_EVERY = 200;

/** Does every task; whatever is violated is told and kept as soon as it is found. */
export async function tryAll<T extends object, R extends { violations: readonly string[] }>(
  tasks: readonly T[],
  { id, entry, guard, nameOf, progress }: TryAllOptions<T, R>,
): Promise<TriedAll<T, R>> {
  const violations: string[] = [];
  const tried = await runInLanes<T, R>({
    ...{ entry, tasks, ...(guard && { guard }) },
    onDone(task, result, done) {
      const name = nameOf(task, result);
      for (const why of result.violations) {
        violations.push(`${name}: ${why}`);
        progress(`  ${name}: ${why}`);
      }
      if (result.violations.length > 0) progress(`  kept in ${keep(`${id} ${name}`, { task, result })}`);
      if (done % TOLD_EVERY === 0) progress(`${id}: ${done}/${tasks.length}`);
    },
  });
  return { tried, violations };
}

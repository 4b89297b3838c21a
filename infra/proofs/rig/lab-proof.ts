import { type Effort, type Finding, type Proof } from '../proof';
import { type Guard } from './guard-out';
import { inLabs } from './lab';
import { type LabReport } from './lab-order';
import { isStop } from './serve-lab';

export interface LabProof {
  id: string;
  promise: string;
  goal: string;
  /** The lab's file, from the root of the project. */
  lab: string;
  figure: (report: LabReport, besides?: LabReport) => string;
  /** What keeps the promise, by what each guard does: each is taken out by itself, and each has to be missed. */
  guards: Readonly<Record<string, Guard>>;
  /** What is tried besides, outside of the lab. */
  besides?: (effort: Effort) => Promise<LabReport>;
}

/** A promise whose measuring is one lab's work. */
export function labProof({ id, promise, goal, lab, figure, guards, besides }: LabProof): Proof {
  return {
    id,
    async run(effort) {
      const found = await inLabs({ lab }, effort);
      const more = await besides?.(effort);
      const violations = [...found.violations, ...(more?.violations ?? [])];
      const facts = { counts: found.counts, ...(more && { besides: more.counts }) };
      return { id, promise, goal, figure: figure(found, more), violations, holds: violations.length === 0, facts };
    },
    async withoutGuard(effort): Promise<Finding> {
      const said: string[] = [];
      let missed = 0;
      for (const [name, without] of Object.entries(guards)) {
        effort.progress(`${id} without ${name}`);
        const { violations } = await inLabs({ lab, without }, { ...effort, quick: true });
        // That a play could not go on says nothing about the guard.
        const found = violations.find((one) => !isStop(one));
        if (found !== undefined) missed += 1;
        said.push(`without ${name}: ${found ?? ['NOTHING WAS FOUND', ...violations.slice(0, 1)].join('; ')}`);
      }
      const all = Object.keys(guards).length;
      return {
        ...{ id, promise, goal, violations: said },
        figure: `${missed} of ${all} guards missed when they were taken out`,
        // A control that finds nothing has failed, be it for one guard of many.
        holds: missed < all,
        facts: { guards: Object.keys(guards) },
      };
    },
  };
}

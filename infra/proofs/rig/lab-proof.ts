import { type Effort, type Finding, type Proof } from '../proof';
import { type Guard } from './guard-out';
import { inLabs } from './lab';
import { type LabReport } from './lab-order';

export interface LabProof {
  id: string;
  promise: string;
  goal: string;
  /** The lab's file, from the root of the project. */
  lab: string;
  figure: (report: LabReport) => string;
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
      return { id, promise, goal, figure: figure(found), violations, holds: violations.length === 0, facts };
    },
    async withoutGuard(effort): Promise<Finding> {
      const said: string[] = [];
      let missed = 0;
      for (const [name, without] of Object.entries(guards)) {
        effort.progress(`${id} without ${name}`);
        const { violations } = await inLabs({ lab, without }, { ...effort, quick: true });
        if (violations.length > 0) missed += 1;
        said.push(`without ${name}: ${violations[0] ?? 'NOTHING WAS FOUND'}`);
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

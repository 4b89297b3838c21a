import { z } from 'zod';

/** How one check ended. `unknown`: the judge does not know the thing at all. */
export type Outcome = 'PASS' | 'FAIL' | 'unknown';

/** One row of the table. */
export interface Verdict {
  /** Whose word it is, with its version; `A > B` where A wrote and B read. */
  readonly judge: string;
  readonly operation: string;
  /** The model of the key. */
  readonly profile: string;
  readonly outcome: Outcome;
  /** Why not, in the judge's words. */
  readonly why?: string;
}

/** Carries a verdict over a line of text, from a judge's own process or from the guest. */
export function verdictLine(verdict: Verdict): string {
  return `VERDICT ${JSON.stringify(verdict)}`;
}

/** Undefined for any other line. */
export function parseVerdictLine(line: string): Verdict | undefined {
  const text = /^VERDICT (\{.*\})$/.exec(line)?.[1];
  if (text === undefined) return undefined;
  const { success, data } = verdictSchema.safeParse(JSON.parse(text));
  return success ? data : undefined;
}

const verdictSchema = z
  .object({
    judge: z.string(),
    operation: z.string(),
    profile: z.string(),
    outcome: z.enum(['PASS', 'FAIL', 'unknown']),
    why: z.string().optional(),
  })
  .transform(({ why, ...rest }): Verdict => (why === undefined ? rest : { ...rest, why }));

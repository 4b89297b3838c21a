import type { Verdict } from './judges';

/** Verdicts as lines for a terminal, one a check. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const width = (pick: (verdict: Verdict) => string): number => Math.max(...verdicts.map((one) => pick(one).length));
  const judges = width((one) => one.judge);
  const checks = width((one) => one.check);
  return verdicts
    .map((one) => {
      const end = one.why === undefined ? '' : `  ${one.why}`;
      return `${one.passed ? 'PASS' : 'FAIL'}  ${one.judge.padEnd(judges)}  ${one.check.padEnd(checks)}${end}`.trimEnd();
    })
    .join('\n');
}

import type { Verdict } from './verdict';

/** Verdicts as a table for a terminal: one row for each judge, operation and model. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const columns = [
    ({ outcome }: Verdict) => outcome,
    ({ profile }: Verdict) => profile,
    ({ judge }: Verdict) => judge,
    ({ operation }: Verdict) => operation,
  ];
  const widths = columns.map((column) => Math.max(...verdicts.map((one) => column(one).length)));
  return verdicts
    .map((one) => {
      const cells = columns.map((column, index) => column(one).padEnd(widths[index] ?? 0));
      return [...cells, one.why?.split('\n').join(' ') ?? ''].join('  ').trimEnd();
    })
    .join('\n');
}

/** The last line: what no judge knows is neither passed nor failed. */
export function summary(verdicts: readonly Verdict[]): string {
  const count = (outcome: Verdict['outcome']) => verdicts.filter((one) => one.outcome === outcome).length;
  return `${count('PASS')} passed, ${count('FAIL')} failed`;
}

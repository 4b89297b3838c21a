import { runJudges } from './judges';
import { crosswiseOverSocket } from './over-socket';
import { summary, verdictTable } from './table';
import type { Verdict } from './verdict';

/** `tsx infra/local/judges/run.ts`: the judges at the socket alone, without the kernel test of `npm run test:hid`. */
async function main(): Promise<void> {
  const verdicts: Verdict[] = await runJudges();
  await crosswiseOverSocket((verdict) => void verdicts.push(verdict));
  console.log(verdictTable(verdicts));
  console.log(summary(verdicts));
  process.exitCode = verdicts.some(({ outcome }) => outcome === 'FAIL') ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

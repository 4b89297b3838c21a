import { runJudges } from './judges';
import { verdictTable } from './table';

/** `tsx infra/local/judges/run.ts`: the judges alone, without the kernel test of `npm run test:hid`. */
runJudges().then(
  (verdicts) => {
    console.log(verdictTable(verdicts));
    const failed = verdicts.filter((verdict) => !verdict.passed).length;
    console.log(`${verdicts.length - failed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);

import { kernelTest } from './kernel-test';

/** What the microVM runs, bundled into one file: the kernel test, and a last line that says that it came to its end. */
kernelTest((line) => console.log(line)).then(
  (failed) => {
    console.log(`DONE ${failed}`);
  },
  (error: unknown) => {
    console.log(
      `FAIL the kernel test itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  },
);

import { verdictLine } from '../judges/verdict';
import { kernelTest } from './kernel-test';

/** What the microVM runs, bundled into one file: the kernel test, and a last line that says that it came to its end. */
kernelTest((verdict) => console.log(verdictLine(verdict))).then(
  () => console.log('KERNEL TEST DONE'),
  (error: unknown) => {
    console.log(`the kernel test itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  },
);

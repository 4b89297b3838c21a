import { Worker } from 'node:worker_threads';
import { LabOrder, LabReport } from './report';

/** A bout takes milliseconds; in this time even a machine that is busy with other things ends one. */
const STUCK_MS = 60_000;
const LOOK_MS = 1_000;
/** A key that makes the agent need more than this has won. */
const MOST_HEAP_MB = 256;

/**
 * Runs one lab in a thread of its own, and watches it: a loop without end and memory without end are findings.
 *
 * @param file from `buildLab`
 * @param onFrames told now and then how many there were
 * @throws Error where the lab itself does not work: something goes wrong before the first bout
 */
export function runLab(
  file: string,
  order: Omit<LabOrder, 'pulse'>,
  onFrames: (frames: number) => void = () => undefined,
  { stuckMs = STUCK_MS }: { stuckMs?: number } = {},
): Promise<LabReport> {
  const pulse = new SharedArrayBuffer(8);
  const beat = new Int32Array(pulse);
  Atomics.store(beat, 0, -1);
  const whereNow = () => ({ bout: Atomics.load(beat, 0), frames: Atomics.load(beat, 1) });
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, {
      workerData: LabOrder.parse({ ...order, pulse }),
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
      stderr: false,
    });
    let last = { bout: -1, at: Date.now() };
    const end = (settle: () => void): void => {
      clearInterval(look);
      void worker.terminate();
      settle();
    };
    const broken = (what: string): void => {
      const { bout, frames } = whereNow();
      const violations = [`bout ${bout}: ${what}`];
      const none = { kinds: {}, endings: {}, statuses: {}, memory: { begin: 0, most: 0 } };
      // Before the first bout it is not the key's doing: then the lab itself does not work.
      end(() => (bout < 0 ? reject(new Error(what)) : resolve({ frames, bouts: 0, violations, ...none })));
    };
    const look = setInterval(() => {
      const { bout, frames } = whereNow();
      if (bout !== last.bout) last = { bout, at: Date.now() };
      if (Date.now() - last.at > stuckMs) broken(`hangs for ${stuckMs / 1000} s without letting go`);
      else onFrames(frames);
    }, LOOK_MS);
    worker.once('message', (message) => end(() => resolve(LabReport.parse(message))));
    worker.once('error', (error) => broken(`${error.name}: ${error.message}`));
    worker.once('exit', (code) => broken(`the thread ended with ${code}`));
  });
}

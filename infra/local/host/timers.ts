import { Cron } from 'croner';
import { invokeTimer } from './invoke';
import { type Worker } from './worker';

/** Runs the app's timers on their six-field schedules. One run of a function at a time, as its singleton lock sees to. */
export function startTimers(worker: Worker, log: (line: string) => void): () => void {
  const jobs = worker.functions
    .filter(({ trigger }) => trigger.type === 'timertrigger')
    .map((registered) => {
      const run = () =>
        invokeTimer(worker, registered).catch((error: unknown) => {
          log(`timer ${registered.name}: ${error instanceof Error ? error.message : String(error)}`);
        });
      // The real host also runs what it missed while it was down.
      void run();
      return new Cron(registered.trigger.schedule ?? '0 * * * * *', { protect: true }, run);
    });
  return () => {
    for (const job of jobs) job.stop();
  };
}

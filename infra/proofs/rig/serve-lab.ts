import { parentPort, workerData } from 'node:worker_threads';
import { LabOrder, type LabReport } from './lab-order';

/** The worker's side: plays, and hands its report over. */
export function serveLab(play: (order: LabOrder, progress: (text: string) => void) => Promise<LabReport>): void {
  const port = parentPort;
  if (!port) throw new Error('a lab is run by runLab');
  play(LabOrder.parse(workerData), (progress) => port.postMessage({ progress })).then(
    (report) => port.postMessage({ report }),
    (error: unknown) => {
      // Thrown outside of any promise, so that the thread ends by it and whoever waits is told.
      setImmediate(() => {
        throw error;
      });
    },
  );
}

const STOPPED = 'the play came to a stop';

/** Whether a line tells of a play that could not go on, rather than of something that was found. */
export const isStop = (violation: string): boolean => violation.includes(STOPPED);

/** Plays one piece; where it comes to a stop, that is what was found. */
export async function stopped(what: string, play: () => Promise<string[]>): Promise<string[]> {
  try {
    return await play();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [`${what}: ${STOPPED}: ${why.replaceAll(/\s+/g, ' ').slice(0, 600)}`];
  }
}

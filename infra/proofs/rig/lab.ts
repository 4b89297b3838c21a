import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { type Effort } from '../proof';
import { bundle } from './bundle';
import { type Guard } from './guard-out';
import { type LabOrder, LabReport } from './lab-order';
import { sumOf } from './sum';

const Message = z.union([z.object({ progress: z.string() }), z.object({ report: LabReport })]);

export interface LabParts {
  /** The lab's own file, from the root of the project. */
  lab: string;
  /** A guard of the product that is left out. */
  without?: Guard;
}

/** Runs a lab in a thread of its own. @throws Error where the lab itself does not work */
function runLab(file: string, order: LabOrder, progress: (text: string) => void): Promise<LabReport> {
  return new Promise((done, failed) => {
    const worker = new Worker(file, { workerData: order });
    worker.on('message', (message: unknown) => {
      const told = Message.parse(message);
      if ('progress' in told) return progress(told.progress);
      done(told.report);
      void worker.terminate();
    });
    worker.once('error', failed);
    worker.once('exit', (code) => failed(new Error(`the lab ended with ${code}`)));
  });
}

/** The labs' findings as one. */
function mergeReports(reports: readonly LabReport[]): LabReport {
  return {
    tried: reports.reduce((sum, { tried }) => sum + tried, 0),
    violations: reports.flatMap(({ violations }) => violations),
    counts: sumOf(reports.map(({ counts }) => counts)),
  };
}

/** Builds a lab and shares its work among as many threads as there are cores; a control takes one. */
export async function inLabs(
  { lab, without }: LabParts,
  { quick, seed, progress }: Pick<Effort, 'quick' | 'seed' | 'progress'>,
): Promise<LabReport> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-lab-'));
  const control = without !== undefined;
  const of = control ? 1 : Math.min(availableParallelism(), 4);
  try {
    const file = join(folder, 'lab.cjs');
    await bundle(lab, file, { without });
    const orders = Array.from({ length: of }, (_, share) => ({ seed, quick, control, share, of }));
    return mergeReports(await Promise.all(orders.map((order) => runLab(file, order, progress))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

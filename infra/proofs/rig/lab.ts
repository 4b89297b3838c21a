import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { z } from 'zod';
import { stubs } from '../../build/stubs';
import { type Effort } from '../proof';
import { type Guard, guardOut } from './guard-out';
import { type LabOrder, LabReport } from './lab-order';

const ROOT = resolve(__dirname, '../../..');

const Message = z.union([z.object({ progress: z.string() }), z.object({ report: LabReport })]);

export interface LabBuild {
  /** The lab's own file, from the root of the project. */
  lab: string;
  without?: Guard | undefined;
}

/** Bundles a lab with the product in it: as it is, or with one guard taken out. @returns the file that a worker runs */
export async function buildLab(folder: string, { lab, without }: LabBuild): Promise<string> {
  const outfile = join(folder, 'lab.cjs');
  const out = without && guardOut(without);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [lab],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // SDKs tell their classes apart by name.
    keepNames: true,
    external: ['@azure/functions-core', 'node-hid', 'koffi', '@napi-rs/keyring'],
    plugins: [...(out ? [out.plugin] : []), stubs],
    logLevel: 'silent',
  });
  out?.demandTaken();
  return outfile;
}

/** Runs a lab in a thread of its own. @throws Error where the lab itself does not work */
export function runLab(file: string, order: LabOrder, progress: (text: string) => void): Promise<LabReport> {
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
export function mergeReports(reports: readonly LabReport[]): LabReport {
  const counts: Record<string, number> = {};
  for (const report of reports)
    for (const [name, count] of Object.entries(report.counts)) counts[name] = (counts[name] ?? 0) + count;
  return {
    tried: reports.reduce((sum, { tried }) => sum + tried, 0),
    violations: reports.flatMap(({ violations }) => violations),
    counts,
  };
}

/** Builds a lab and shares its work among as many threads as there are cores; a control takes one. */
export async function inLabs(
  parts: LabBuild,
  { quick, seed, progress }: Pick<Effort, 'quick' | 'seed' | 'progress'>,
): Promise<LabReport> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-lab-'));
  const control = parts.without !== undefined;
  const of = control ? 1 : Math.min(availableParallelism(), 4);
  try {
    const file = await buildLab(folder, parts);
    const orders = Array.from({ length: of }, (_, share) => ({ seed, quick, control, share, of }));
    return mergeReports(await Promise.all(orders.map((order) => runLab(file, order, progress))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

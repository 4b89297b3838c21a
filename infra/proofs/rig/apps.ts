import { copyFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buildFunctions } from '../../build/functions';
import { bundle } from './bundle';
import { type Guard } from './guard-out';

const ROOT = resolve(__dirname, '../../..');

/** The Functions host that belongs to a built app: it lies below it as in the sources, and reads the host.json beside it. */
export function hostOf(entry: string): string {
  return join(dirname(entry), 'infra/local/host/main.cjs');
}

/** A host of one file starts in half the time, and a proof starts hundreds. */
async function buildHost(entry: string): Promise<void> {
  await bundle('infra/local/host/main.ts', hostOf(entry));
}

/** Builds the product as it is deployed, and a host for it. @returns the file that the host loads */
export async function buildApp(folder: string): Promise<string> {
  const out = join(folder, 'app');
  await buildFunctions(ROOT, out);
  const entry = join(out, 'main.cjs');
  await buildHost(entry);
  return entry;
}

/** Builds the product with one guard taken out. */
export async function buildUnguarded(folder: string, guard: Guard): Promise<string> {
  const outfile = join(folder, 'unguarded', 'main.cjs');
  await bundle('functions/index.ts', outfile, { without: guard });
  copyFileSync(join(ROOT, 'host.json'), join(dirname(outfile), 'host.json'));
  await buildHost(outfile);
  return outfile;
}

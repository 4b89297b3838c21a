import { copyFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { buildFunctions } from '../../build/functions';
import { stubs } from '../../build/stubs';
import { type Guard, guardOut } from './guard-out';

const ROOT = resolve(__dirname, '../../..');

/** How everything here is bundled: names are kept, because SDKs tell classes apart by them. */
const BUNDLE: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  keepNames: true,
  external: ['@azure/functions-core'],
  logLevel: 'silent',
};

/** The Functions host that belongs to a built app: it lies below it as in the sources, and reads the host.json beside it. */
export function hostOf(entry: string): string {
  return join(dirname(entry), 'infra/local/host/main.cjs');
}

/** A host of one file starts in half the time, and a proof starts hundreds. */
async function buildHost(entry: string): Promise<void> {
  await build({ ...BUNDLE, entryPoints: ['infra/local/host/main.ts'], outfile: hostOf(entry) });
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
  const { plugin, demandTaken } = guardOut(guard);
  await build({ ...BUNDLE, entryPoints: ['functions/index.ts'], outfile, plugins: [plugin, stubs] });
  copyFileSync(join(ROOT, 'host.json'), join(dirname(outfile), 'host.json'));
  await buildHost(outfile);
  demandTaken();
  return outfile;
}

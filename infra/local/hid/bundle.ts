import { build } from 'esbuild';
import { join } from 'node:path';

/** Bundles the guest's program into one file, so that the slow machine in the VM compiles nothing. node-hid stays out. */
export async function bundleGuest(folder: string): Promise<string> {
  const outfile = join(folder, 'guest.cjs');
  await build({
    entryPoints: [join(__dirname, 'guest.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['node-hid'],
    logLevel: 'error',
  });
  return outfile;
}

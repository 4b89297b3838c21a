import { build } from 'esbuild';
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Programs that the judges start, which look for them beside themselves. */
const BESIDE = ['python_tool.py', 'ykman_tool.py', 'socket_connection.py'].map((name) =>
  join(__dirname, '../judges', name),
);

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
  for (const file of BESIDE) copyFileSync(file, join(folder, basename(file)));
  return outfile;
}

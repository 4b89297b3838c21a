import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { type Guard, guardOut } from '../rig/guard-out';

const ROOT = resolve(__dirname, '../../..');
const LAB = join(ROOT, 'infra/proofs/frames/lab');

/** Every timer and clock that the agent and the virtual key could use is the lab's own. */
const VIRTUAL = {
  'Date.now': 'virtualNow',
  'performance.now': 'virtualNow',
  'AbortSignal.timeout': 'virtualAbortAfter',
  setTimeout: 'virtualSetTimeout',
  setInterval: 'virtualSetInterval',
  clearTimeout: 'virtualClear',
  clearInterval: 'virtualClear',
};

const timersPromises: Plugin = {
  name: 'virtual-timers',
  setup({ onResolve }) {
    onResolve({ filter: /^(node:)?timers\/promises$/ }, () => ({ path: join(LAB, 'virtual-timers-promises.ts') }));
  },
};

/**
 * Bundles the lab: the agent and the virtual key as they are, in virtual time.
 *
 * @param without a guard to leave out, for a control
 * @returns the file that a worker runs
 */
export async function buildLab(folder: string, without?: Guard): Promise<string> {
  const outfile = join(folder, 'lab.cjs');
  const out = without && guardOut(without);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [join(LAB, 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // The agent's native parts are never loaded here: the lab brings its own transport.
    external: ['node-hid', 'koffi', '@napi-rs/keyring'],
    define: VIRTUAL,
    inject: [join(LAB, 'virtual-globals.ts')],
    plugins: [timersPromises, ...(out ? [out.plugin] : [])],
    logLevel: 'silent',
  });
  out?.demandTaken();
  return outfile;
}

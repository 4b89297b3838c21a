import { join, resolve } from 'node:path';
import { type Plugin } from 'esbuild';
import { bundle } from '../rig/bundle';
import { type Guard } from '../rig/guard-out';

const LAB = resolve(__dirname, 'lab');

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
  const file = join(folder, 'lab.cjs');
  const inject = [join(LAB, 'virtual-globals.ts')];
  await bundle(join(LAB, 'main.ts'), file, { without, define: VIRTUAL, inject, plugins: [timersPromises] });
  return file;
}

import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { unjudged } from '../judges/unjudged';
import { runJudges } from '../judges/judges';
import { crosswiseOverSocket } from '../judges/over-socket';
import { summary, verdictTable } from '../judges/table';
import { parseVerdictLine, type Verdict } from '../judges/verdict';
import { bundleGuest } from './bundle';
import { buildInitramfs } from './initramfs';
import { fetchKernel } from './kernel-package';
import { kernelTest } from './kernel-test';
import { bootMicroVm } from './microvm';
import { demandTools } from './tools';

const GUEST_TIMEOUT_MS = 600_000;

/**
 * `npm run test:hid`: other people's clients on the key's socket, and beside the agent on a key that a real kernel has.
 * Prints one row for each judge, operation and model, and last "N passed, M failed".
 */
async function main(): Promise<void> {
  // Side by side: the small machine mostly waits for its own emulated processor.
  const [atSocket, atKernel]: [Verdict[], Verdict[]] = [[], []];
  const collect = (into: Verdict[]) => (verdict: Verdict) => {
    into.push(verdict);
    if (verdict.outcome === 'FAIL') console.log(verdictTable([verdict]));
  };
  await Promise.all([overSocket(collect(atSocket)), overKernel(collect(atKernel))]);
  const verdicts = [...atSocket, ...atKernel];
  console.log(`-- judges at the socket of the virtual key\n${verdictTable(atSocket)}`);
  console.log(`-- judges at /dev/hidrawN\n${verdictTable(atKernel)}`);
  console.log(`-- what no judge here knows\n${verdictTable(unjudged)}`);
  console.log(summary(verdicts));
  process.exitCode = verdicts.some(({ outcome }) => outcome === 'FAIL') ? 1 : 0;
}

async function overSocket(tell: (verdict: Verdict) => void): Promise<void> {
  for (const verdict of await runJudges()) tell(verdict);
  await crosswiseOverSocket(tell);
}

async function overKernel(tell: (verdict: Verdict) => void): Promise<void> {
  if (usableUhid()) await kernelTest(tell);
  else await inMicroVm(tell);
}

function usableUhid(): boolean {
  try {
    accessSync('/dev/uhid', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function inMicroVm(tell: (verdict: Verdict) => void): Promise<void> {
  demandTools();
  // Inside node_modules: the guest sees it there (its /tmp is its own), and the bundle finds node-hid beside it.
  const cache = join(process.cwd(), 'node_modules', '.cache', 'keyvouch-hid');
  mkdirSync(cache, { recursive: true });
  const [kernel, script] = await Promise.all([fetchKernel(cache), bundleGuest(cache)]);
  const initramfs = await buildInitramfs(kernel, { node: process.execPath, script, project: process.cwd() }, cache);
  const guest = await bootMicroVm({
    image: kernel.image,
    initramfs,
    timeoutMs: GUEST_TIMEOUT_MS,
    onLine: (line) => {
      const verdict = parseVerdictLine(line);
      if (verdict !== undefined) tell(verdict);
    },
  });
  if (guest.console.includes('KERNEL TEST DONE')) return;
  const told = guest.console.split('\n').filter((line) => parseVerdictLine(line.trim()) === undefined);
  console.log(`-- the guest's console\n${told.join('\n').trim()}\n--`);
  const why = `the guest ${guest.ending} before the test was over`;
  tell({ judge: 'kernel', operation: 'run to its end', profile: 'all', outcome: 'FAIL', why });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});

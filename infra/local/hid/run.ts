import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { runJudges } from '../judges/judges';
import { verdictTable } from '../judges/table';
import { bundleGuest } from './bundle';
import { buildInitramfs } from './initramfs';
import { fetchKernel } from './kernel-package';
import { kernelTest } from './kernel-test';
import { bootMicroVm } from './microvm';
import { demandTools } from './tools';

const GUEST_TIMEOUT_MS = 300_000;

/** Counts of one part of the run. */
interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** `npm run test:hid`: other people's clients on the key's socket, then the agent on a key that a real kernel has. */
async function main(): Promise<void> {
  console.log("-- judges: other people's clients, over a socket");
  const judged = await judges();
  console.log('-- kernel: node-hid and the agent on /dev/hidrawN');
  const kernel = usableUhid() ? await here() : await inMicroVm();
  const failed = judged.failed + kernel.failed;
  console.log(`${judged.passed + kernel.passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function judges(): Promise<Tally> {
  const verdicts = await runJudges();
  console.log(verdictTable(verdicts));
  const passed = verdicts.filter((verdict) => verdict.passed).length;
  return { passed, failed: verdicts.length - passed };
}

function usableUhid(): boolean {
  try {
    accessSync('/dev/uhid', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function here(): Promise<Tally> {
  const lines: string[] = [];
  await kernelTest((line) => {
    lines.push(line);
    console.log(line);
  });
  return tally(lines);
}

async function inMicroVm(): Promise<Tally> {
  demandTools();
  // Inside node_modules: the guest sees it there (its /tmp is its own), and the bundle finds node-hid beside it.
  const cache = join(process.cwd(), 'node_modules', '.cache', 'keyvouch-hid');
  mkdirSync(cache, { recursive: true });
  const [kernel, script] = await Promise.all([fetchKernel(cache), bundleGuest(cache)]);
  const initramfs = await buildInitramfs(kernel, { node: process.execPath, script }, cache);
  const lines: string[] = [];
  const guest = await bootMicroVm({
    image: kernel.image,
    initramfs,
    timeoutMs: GUEST_TIMEOUT_MS,
    onLine: (line) => {
      if (!/^(PASS|FAIL|DONE) /.test(line)) return;
      lines.push(line);
      if (!line.startsWith('DONE')) console.log(line);
    },
  });
  const counted = tally(lines);
  const ended = lines.some((line) => line.startsWith('DONE '));
  if (ended && counted.failed === 0) return counted;
  console.log(`-- the guest's console\n${guest.console.trim()}\n--`);
  if (ended) return counted;
  console.log(`FAIL the guest ${guest.ending} before the test was over`);
  return { ...counted, failed: counted.failed + 1 };
}

function tally(lines: readonly string[]): Tally {
  const count = (start: string): number => lines.filter((line) => line.startsWith(start)).length;
  return { passed: count('PASS '), failed: count('FAIL ') };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { createWindows, type Stage, type TestCase } from './stage';

/** More than any test takes on a busy machine. */
const TEST_WITHIN_MS = 120_000;

export interface Tally {
  passed: number;
  failed: number;
}

export interface RunnerOptions {
  browser: Browser;
  url: string;
  tenant: Stage['tenant'];
  picture: Stage['picture'];
  /** The last that the sandbox said, for whoever looks into a failure. */
  said(): readonly string[];
}

/** Runs the tests one after the other, each in windows of its own, and prints a line for each. */
export async function runTests(tests: readonly TestCase[], options: RunnerOptions): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0 };
  for (const test of tests) {
    const passed = await tell(test.name, () => runOne(test, options));
    tally[passed ? 'passed' : 'failed'] += 1;
  }
  return tally;
}

/** Runs one, and prints a line with how long it took. @returns whether it passed */
export async function tell(name: string, run: () => Promise<void>): Promise<boolean> {
  const start = Date.now();
  try {
    await run();
    console.log(`PASS ${name} (${Date.now() - start} ms)`);
    return true;
  } catch (error) {
    console.log(`FAIL ${name} (${Date.now() - start} ms)`);
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.log(why.replace(/^/gm, '     '));
    return false;
  }
}

async function runOne(test: TestCase, options: RunnerOptions): Promise<void> {
  const { browser, url, tenant, picture, said } = options;
  const windows = createWindows(browser, url);
  try {
    await within(TEST_WITHIN_MS, test.run({ tenant, open: windows.open, picture }));
    if (windows.complaints().length > 0) throw new Error(windows.complaints().join('\n'));
  } catch (error) {
    const folder = mkdtempSync(join(tmpdir(), 'keyvouch-browser-'));
    const pictures = await windows.photograph((index) => join(folder, `window-${index + 1}.png`)).catch(() => []);
    console.log(`     as it was: ${pictures.join(' ')}\n     the sandbox said:`);
    console.log(said().slice(-12).join('\n').replace(/^/gm, '       '));
    throw error;
  } finally {
    await windows.close();
  }
}

/** @throws Error when the time is over; what goes on then fails once its windows are closed. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`not over after ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

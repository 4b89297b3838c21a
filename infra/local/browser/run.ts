import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startChromium } from './chromium';
import { runTests, type Tally } from './runner';
import { startSandboxProcess } from './sandbox-process';
import { tenantIn } from './tenant';
import { accessibility } from './tests/accessibility';
import { decisions } from './tests/decisions';
import { firstKey } from './tests/first-key';
import { forms } from './tests/forms';
import { keyboard } from './tests/keyboard';

const HELP = `Plays Keyvouch in a browser: the sandbox's page, and Microsoft's Agents Playground.

  npm run test:browser -- [options]
    --only WORDS   only the tests whose names have these words in them
    --pictures     rewrites the pictures for the README, in infra/local/browser/pictures
    --as-built     does not build first`;
void HELP;
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, pictures: { type: 'boolean', default: false } } });
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-page-'));
  const browser = await startChromium();
  const sandbox = await startSandboxProcess(join(folder, 'sandbox'));
  const tests = [...firstKey, ...keyboard, ...decisions, ...forms, ...accessibility].filter(({ name }) => name.includes(values.only));
  let tally: Tally = { passed: 0, failed: 0 };
  try {
    tally = await runTests(tests, { browser, url: sandbox.url, tenant: tenantIn(join(folder, 'sandbox')), said: sandbox.said, picture: async () => undefined });
  } finally {
    await browser.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
}
void main();

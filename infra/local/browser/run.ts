import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser } from 'playwright-core';
import { startChromium } from './chromium';
import { keepPictures, noPictures } from './pictures';
import { playInPlaygrounds } from './playground';
import { playGroupInPlayground } from './playground-group';
import { runTests, type Tally, tell, within } from './runner';
import { startSandboxProcess } from './sandbox-process';
import { type TestCase } from './stage';
import { tenantIn } from './tenant';
import { accessibility } from './tests/accessibility';
import { decisions } from './tests/decisions';
import { firstKey } from './tests/first-key';
import { forms } from './tests/forms';
import { groups } from './tests/groups';
import { helpdesk } from './tests/helpdesk';
import { keyboard } from './tests/keyboard';
import { lockedKey } from './tests/locked-key';
import { stopping } from './tests/not-me-page';
import { otherFlows } from './tests/other-flows';

const ROOT = resolve(__dirname, '../../..');
const HELP = `Plays Keyvouch in a browser: on the sandbox's page, and in Microsoft's Agents Playground.

  npm run test:browser -- [options]
    --only WORDS   only the tests whose names have these words in them
    --pictures     rewrites the pictures for the README, in infra/local/browser/pictures
    --as-built     takes what is in dist/ instead of building it anew`;

/** In this order: the first sets the PIN of the key that the next ones use. */
const ON_THE_PAGE: readonly TestCase[] = [
  ...firstKey,
  ...otherFlows,
  ...keyboard,
  ...decisions,
  ...groups,
  ...helpdesk,
  ...forms,
  ...accessibility,
  ...lockedKey,
  ...stopping,
];
const IN_PLAYGROUNDS = 'in two Agents Playgrounds: asked, approved, vouched for, and the pass signs in';
const GROUP_IN_PLAYGROUND = 'in an Agents Playground: a ticket in a channel, and the search in a message box';
const PLAYGROUND_WITHIN_MS = 180_000;

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      pictures: { type: 'boolean', default: false },
      'as-built': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  return { only: values.only, pictures: values.pictures, asBuilt: values['as-built'] };
}

/** The tests run what is deployed, not the sources. */
function build(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'infra/build.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The build failed.\n${stdout}${stderr}`);
}

async function onThePage(
  tests: readonly TestCase[],
  browser: Browser,
  folder: string,
  pictures: boolean,
): Promise<Tally> {
  if (tests.length === 0) return { passed: 0, failed: 0 };
  const sandbox = await startSandboxProcess(folder);
  try {
    const picture = pictures ? keepPictures() : noPictures;
    return await runTests(tests, { browser, url: sandbox.url, tenant: tenantIn(folder), picture, said: sandbox.said });
  } finally {
    await sandbox.close();
  }
}

async function main(): Promise<void> {
  const { only, pictures, asBuilt } = readOptions();
  const wanted = (name: string) => name.includes(only);
  if (!asBuilt || !existsSync(join(ROOT, 'dist/functions/main.cjs'))) build();
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-browser-'));
  const browser = await startChromium();
  try {
    const tests = ON_THE_PAGE.filter(({ name }) => wanted(name));
    const tally = await onThePage(tests, browser, join(folder, 'sandbox'), pictures);
    const playgrounds = [
      { name: IN_PLAYGROUNDS, play: playInPlaygrounds },
      { name: GROUP_IN_PLAYGROUND, play: playGroupInPlayground },
    ];
    for (const { name, play } of playgrounds.filter((one) => wanted(one.name))) {
      const run = () => within(PLAYGROUND_WITHIN_MS, play(browser, folder));
      tally[(await tell(name, run)) ? 'passed' : 'failed'] += 1;
    }
    console.log(`${tally.passed} passed, ${tally.failed} failed`);
    process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});

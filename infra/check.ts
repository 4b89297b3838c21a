import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { azureAgrees } from './check/azure-agrees';
import { bicepParses } from './check/bicep-parses';
import { type Check } from './check/check';
import { ciScript } from './check/ci-script';
import { graphRights } from './check/graph-rights';
import { hostJson } from './check/host-json';
import { lockFile } from './check/lock-file';
import { settingsKnown } from './check/settings-known';
import { teamsManifest } from './check/teams-manifest';
import { topLevel } from './check/top-level';

/** The last part of `npm run check`: what no compiler and no linter sees. One line a check; exits 1 if one fails.
 * Other trees than this one may be named: the tests name broken copies. */
const ours: Check[] = [
  bicepParses,
  azureAgrees,
  settingsKnown,
  graphRights,
  teamsManifest,
  hostJson,
  topLevel,
  lockFile,
  ciScript,
];

/** The check of cards/, which infra/check/cards.ts exports as `cards`; it stays with those who draw them. */
async function cardChecks(): Promise<Check[]> {
  const file = join(__dirname, 'check', 'cards.ts');
  if (!existsSync(file)) return [];
  const { cards } = (await import(pathToFileURL(file).href)) as { cards?: Check };
  const missing = { name: 'the cards', run: async () => ['infra/check/cards.ts exports no check named "cards".'] };
  return [cards ?? missing];
}

/** Runs all checks on one tree, prints a line each, and gives the number of those that do not hold. */
async function checkTree(root: string, checks: readonly Check[]): Promise<number> {
  let failed = 0;
  for (const check of checks) {
    const breaches = await check.run(root).catch((error: unknown) => [String(error)]);
    console.log(`${breaches.length === 0 ? 'ok  ' : 'FAIL'} ${check.name}`);
    for (const breach of breaches) console.log(`       ${breach}`);
    if (breaches.length > 0) failed++;
  }
  console.log(`${checks.length - failed} checks hold, ${failed} do not.`);
  return failed;
}

async function main(trees: readonly string[]): Promise<void> {
  const checks = [...ours, ...(await cardChecks())];
  for (const tree of trees) {
    if (trees.length > 1) console.log(`== ${tree}`);
    if ((await checkTree(tree, checks)) > 0) process.exitCode = 1;
  }
}

const asked = process.argv.slice(2);
void main(asked.length > 0 ? asked : [join(__dirname, '..')]);

import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { buildAgent } from './build/agent';
import { buildExecutable } from './build/executable';
import { buildFunctions } from './build/functions';
import { zipFiles, zipFolder } from './build/zip';
import { PLACEHOLDER, teamsPackage } from './teams/package';

/**
 * `npm run build`: what is deployed, into dist/: the Functions app, the workstation agent, the Teams app package.
 * `-- --sea` makes the agent a single executable besides, for the platform that builds.
 */
const root = join(__dirname, '..');
const dist = join(root, 'dist');

const Ids = z.object({
  KEYVOUCH_APP_ID: z.string().uuid().default(PLACEHOLDER.appId),
  KEYVOUCH_PUBLIC_URL: z.string().url().startsWith('https://').default(PLACEHOLDER.publicUrl),
  KEYVOUCH_WEBSITE_URL: z.string().url().startsWith('https://').optional(),
});

function size(path: string): string {
  const bytes = statSync(join(dist, path)).size;
  return `${bytes < 1_000_000 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(2)} MB`}  dist/${path}`;
}

async function main(): Promise<void> {
  const env = Ids.parse(process.env);
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

  const names = await buildFunctions(root, join(dist, 'functions'));
  await zipFolder(join(dist, 'functions'), join(dist, 'functions.zip'));
  console.log(`${names.length} functions: ${names.join(', ')}`);
  console.log(`${size('functions/main.cjs')}\n${size('functions.zip')}`);

  await buildAgent(root, join(dist, 'agent'));
  console.log(size('agent/keyvouch-agent.cjs'));
  if (process.argv.includes('--sea')) {
    const executable = await buildExecutable(root, join(dist, 'agent'));
    console.log(size(join('agent', basename(executable))));
  }

  mkdirSync(join(dist, 'teams'), { recursive: true });
  const ids = {
    appId: env.KEYVOUCH_APP_ID,
    publicUrl: env.KEYVOUCH_PUBLIC_URL,
    ...(env.KEYVOUCH_WEBSITE_URL && { websiteUrl: env.KEYVOUCH_WEBSITE_URL }),
    version,
  };
  await zipFiles(teamsPackage(ids), join(dist, 'teams', 'keyvouch-teams.zip'));
  console.log(size('teams/keyvouch-teams.zip'));
  if (ids.appId === PLACEHOLDER.appId || ids.publicUrl === PLACEHOLDER.publicUrl) {
    console.log(
      'The Teams package has made-up ids: build with KEYVOUCH_APP_ID and KEYVOUCH_PUBLIC_URL set for a real one.',
    );
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

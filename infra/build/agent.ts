import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { packageFolders, thirdPartyText } from './third-party';

/** node-hid is native: it stays a package of its own, with one prebuilt file for each platform, and what it loads. */
const BESIDE = ['node-hid', 'pkg-prebuilds'];

/**
 * Builds the workstation agent: one runnable file, unminified so that whoever hands it out can read it, and beside it
 * the packages it cannot contain. Starts it once from a bare copy, and has it load its native part.
 */
export async function buildAgent(root: string, out: string): Promise<void> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const program = join(out, 'keyvouch-agent.cjs');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['agent/main.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['node-hid'],
    banner: { js: '#!/usr/bin/env node' },
    legalComments: 'external',
    metafile: true,
    logLevel: 'silent',
  });
  await chmod(program, 0o755);

  const folders = packageFolders(Object.keys(metafile.inputs));
  for (const name of BESIDE) {
    const from = dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`));
    // Not its C sources: what is shipped is the prebuilt part, never compiled on a workstation.
    const skip = new Set(['hidapi', 'src', 'build', 'node_modules'].map((part) => join(from, part)));
    await cp(from, join(out, 'node_modules', name), { recursive: true, filter: (path) => !skip.has(path) });
    folders.push(join('node_modules', name));
  }
  await writeFile(join(out, 'THIRD-PARTY.txt'), thirdPartyText(root, [...new Set(folders)]));
  await startOnce(out);
}

/** @throws Error when the program does not start by itself, or does not find node-hid where it was put */
async function startOnce(built: string): Promise<void> {
  const away = await mkdtemp(join(tmpdir(), 'keyvouch-agent-'));
  try {
    await cp(built, away, { recursive: true });
    const run = (args: string[]) => promisify(execFile)(process.execPath, args, { cwd: away, timeout: 30_000 });
    await run(['keyvouch-agent.cjs', '--help']);
    await run(['-e', "require('node-hid').devices()"]);
  } finally {
    await rm(away, { recursive: true, force: true });
  }
}

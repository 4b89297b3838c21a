import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { copyBeside } from './beside';
import { bundleInParts, type Parts } from './parts';
import { packageFolders, thirdPartyText } from './third-party';
import { without } from './without';

/** Packages that are required from beside the program, because they are native. */
const NATIVE = ['node-hid', 'koffi', '@napi-rs/keyring'];

/** Bundles a program that is made of the agent's sources as the agent itself is bundled. */
export function bundleAgent(root: string, entry: string): Promise<Parts> {
  return bundleInParts({ root, entry, external: NATIVE, plugins: [without] });
}

/**
 * Builds the workstation agent: one runnable file, and beside it the packages it cannot contain. Starts it once from a
 * bare copy, and has it load its native part.
 */
export async function buildAgent(root: string, out: string): Promise<void> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const program = join(out, 'keyvouch-agent.cjs');
  const { code, inputs } = await bundleAgent(root, 'agent/main.ts');
  await writeFile(program, code);
  await chmod(program, 0o755);
  // Lists keys, so that what that takes is compiled: the command that has to answer at once. There is none on that port.
  await run([join(__dirname, 'code-cache.cjs'), program, 'keys', '--json', '--device', 'tcp:127.0.0.1:1']);
  const beside = await copyBeside(root, out);
  await copyInstall(root, out);
  const folders = [...new Set([...packageFolders(inputs), ...beside])];
  await writeFile(join(out, 'THIRD-PARTY.txt'), thirdPartyText(root, folders));
  await startOnce(out);
}

function run(args: string[], cwd = tmpdir()) {
  return promisify(execFile)(process.execPath, args, { cwd, timeout: 60_000 });
}

/** What starts the agent at login, and what gives users their keys. */
async function copyInstall(root: string, out: string): Promise<void> {
  const filter = (path: string) => !path.endsWith('.test.ts');
  await cp(join(root, 'infra', 'workstation'), join(out, 'workstation'), { recursive: true, filter });
}

/** @throws Error when the program does not start by itself, or does not find node-hid where it was put */
async function startOnce(built: string): Promise<void> {
  const away = await mkdtemp(join(tmpdir(), 'keyvouch-agent-'));
  try {
    await cp(built, away, { recursive: true });
    await run(['keyvouch-agent.cjs', '--help'], away);
    await run(['-e', "require('node-hid').devices()"], away);
  } finally {
    await rm(away, { recursive: true, force: true });
  }
}

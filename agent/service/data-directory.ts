import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** What decides where the agent keeps its files. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  home: string;
}

/**
 * The agent's data directory: `--data`, else KEYVOUCH_AGENT_DATA, else where the operating system keeps the state of
 * programs for one user. It holds the workstation's key, so it is never one that a profile carries to other machines.
 */
export function dataDirectory(
  chosen?: string,
  { env, platform, home }: Surroundings = { env: process.env, platform: process.platform, home: homedir() },
): string {
  const named = chosen ?? env['KEYVOUCH_AGENT_DATA'];
  if (named) return resolve(named);
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Keyvouch');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Keyvouch');
  return join(env['XDG_STATE_HOME'] ?? join(home, '.local', 'state'), 'keyvouch');
}

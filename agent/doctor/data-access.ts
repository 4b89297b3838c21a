import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../service/error-code';
import { attention, type Finding, notChecked, ok, stop } from './finding';

/** One entry of the data directory; `name` is empty for the directory itself. */
export interface Entry {
  name: string;
  /** Permission bits. */
  mode: number;
  owner: number;
}

/** The data directory and what is in it; undefined where there is none yet. */
export async function dataEntries(directory: string): Promise<Entry[] | undefined> {
  try {
    const names = ['', ...(await readdir(directory))];
    return await Promise.all(
      names.map(async (name) => {
        const { mode, uid } = await lstat(join(directory, name));
        return { name, mode: mode & 0o777, owner: uid };
      }),
    );
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the agent's files are its user's alone. @param user The user's number; undefined on Windows */
export function dataCheck(directory: string, entries: readonly Entry[] | undefined, user: number | undefined): Finding {
  if (user === undefined) {
    return notChecked('data-directory', `Who may read ${directory} is not checked on this operating system.`);
  }
  if (!entries) return ok('data-directory', `Nothing is kept in ${directory} yet.`);
  const foreign = entries.find(({ owner }) => owner !== user);
  if (foreign) {
    return stop(
      'data-directory',
      `${join(directory, foreign.name)} belongs to another user, who can change what the agent trusts.`,
      'Run the agent as the user who paired this workstation, or name a directory of your own with --data.',
    );
  }
  const open = entries.filter(({ name, mode }) => name !== '' && (mode & 0o077) !== 0);
  if (open.length > 0) {
    const names = open.map(({ name }) => name).join(', ');
    return stop(
      'data-directory',
      `Others on this machine may read the agent's files in ${directory} (${names}).`,
      `Run: chmod -R go= "${directory}". If others use this machine, run "keyvouch-agent pair" anew afterwards.`,
    );
  }
  const directoryMode = entries.find(({ name }) => name === '')?.mode ?? 0;
  if ((directoryMode & 0o077) !== 0) {
    return attention(
      'data-directory',
      `Others on this machine may look into ${directory}; the files in it are closed to them.`,
      `Run: chmod go= "${directory}"`,
    );
  }
  return ok('data-directory', `Only you may read ${directory}.`);
}

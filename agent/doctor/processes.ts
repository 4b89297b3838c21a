import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Hidraw } from './hidraw';
import { type Holder, lockHolders } from './other-program';

/** Who has a key locked, and which of this user's processes have it open (Linux; the files of others stay closed). */
export async function holdersOf(
  { path, lockName }: Hidraw,
  root = '/',
): Promise<{ lockedBy: Holder[]; openIn: Holder[] }> {
  const locks = await readFile(join(root, 'proc/locks'), 'utf8').catch(() => '');
  const locking = lockName === undefined ? [] : lockHolders(locks, lockName);
  const processes = (await readdir(join(root, 'proc')).catch((): string[] => [])).filter((name) => /^\d+$/.test(name));
  const opening: number[] = [];
  for (const pid of processes) {
    if (Number(pid) !== process.pid && (await hasOpen(join(root, 'proc', pid, 'fd'), path))) opening.push(Number(pid));
  }
  const holder = async (pid: number): Promise<Holder> => ({ pid, name: await nameOf(root, pid) });
  return {
    lockedBy: await Promise.all([...new Set(locking)].map(holder)),
    openIn: await Promise.all(opening.filter((pid) => !locking.includes(pid)).map(holder)),
  };
}

async function hasOpen(folder: string, path: string): Promise<boolean> {
  const files = await readdir(folder).catch((): string[] => []);
  const targets = await Promise.all(files.map((file) => readlink(join(folder, file)).catch(() => '')));
  return targets.includes(path);
}

async function nameOf(root: string, pid: number): Promise<string | undefined> {
  const name = await readFile(join(root, 'proc', String(pid), 'comm'), 'utf8').catch(() => '');
  return name.trim() || undefined;
}

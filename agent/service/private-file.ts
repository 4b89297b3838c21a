import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type z } from 'zod';
import { Fault } from '../protocol/fault';
import { errorCode } from './error-code';

/** Reads a file of the agent. Undefined: there is none. @throws Fault `data-unreadable` */
export async function readPrivate<T extends z.ZodTypeAny>(path: string, schema: T): Promise<z.output<T> | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8'))) as z.output<T>;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new Fault({
      code: 'data-unreadable',
      say: `The agent's file ${path} cannot be read or is damaged.`,
      todo: 'Check who may read it; if it is damaged, run "keyvouch-agent unpair" and pair this workstation anew.',
      cause: error,
    });
  }
}

/**
 * Writes a file that its owner alone may read (0600 in a directory of 0700), whole or not at all: a new file is written,
 * flushed to the disk, and takes the place of the old one.
 * @throws Fault `data-unwritable`
 */
export async function writePrivate(path: string, value: unknown): Promise<void> {
  const next = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(next, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(value));
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(next, 0o600);
    await rename(next, path);
    await flushDirectory(dirname(path));
  } catch (error) {
    await rm(next, { force: true }).catch(() => undefined);
    throw new Fault({
      code: 'data-unwritable',
      say: `The agent cannot write its file ${path}.`,
      todo: 'Check the disk and who may write there, or name another directory with --data.',
      cause: error,
    });
  }
}

/** Without it a power cut can bring the old file back, and with it work that was done already. */
async function flushDirectory(path: string): Promise<void> {
  // Windows opens no directory as a file.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

export async function removePrivate(path: string): Promise<void> {
  await rm(path, { force: true });
}

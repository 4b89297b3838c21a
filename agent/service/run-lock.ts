import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../protocol/fault';
import { errorCode } from './error-code';

/**
 * Lets one agent at a time work with a data directory: two would run the same job twice. A lock whose process is gone
 * is taken over.
 * @returns gives it back. @throws Fault `agent-runs-already`
 */
export async function takeRunLock(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'run.lock');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
      if (isAlive(holder)) throw alreadyRuns(holder);
      await rm(path, { force: true });
    }
  }
  throw alreadyRuns(0);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process under that number is alive too.
    return errorCode(error) === 'EPERM';
  }
}

function alreadyRuns(pid: number): Fault {
  return new Fault({
    code: 'agent-runs-already',
    say: `Another Keyvouch agent is at work here${pid > 0 ? ` (process ${pid})` : ''}.`,
    todo: 'Use that one, or end it first.',
    facts: { pid },
  });
}

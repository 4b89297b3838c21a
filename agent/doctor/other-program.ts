import { type Finding, attention, ok, stop } from './finding';
import { type Hidraw } from './hidraw';

/** A process that has a key open. */
export interface Holder {
  pid: number;
  name: string | undefined;
}

/**
 * Who has locked a file by flock, as /proc/locks tells (proc(5)): `1: FLOCK ADVISORY WRITE 812 00:05:312 0 EOF`.
 * @returns process numbers; 0 for one that cannot be seen from here
 */
export function lockHolders(locks: string, lockName: string): number[] {
  return locks.split('\n').flatMap((line) => {
    const [, kind, , , pid, file] = line.trim().split(/\s+/);
    return kind === 'FLOCK' && file === lockName ? [Math.max(0, Number(pid) || 0)] : [];
  });
}

/**
 * Whether another program holds a key. A lock keeps us out as it keeps out others who ask for one (libfido2); a program
 * that merely has the key open may be waiting for a touch.
 */
export function otherProgramCheck(
  { path }: Pick<Hidraw, 'path'>,
  lockedBy: readonly Holder[],
  openIn: readonly Holder[],
): Finding {
  const todo = 'Close the window or the program that waits for the key, then try again.';
  if (lockedBy.length > 0) {
    return { ...stop('other-program', `${named(lockedBy)} has locked the security key.`, todo), device: path };
  }
  if (openIn.length > 0) {
    return { ...attention('other-program', `${named(openIn)} has the security key open too.`, todo), device: path };
  }
  return { ...ok('other-program', 'No other program of yours holds the security key.'), device: path };
}

function named(holders: readonly Holder[]): string {
  return holders
    .map(({ pid, name }) => (pid === 0 ? 'A program of another user' : `${name ?? 'Another program'} (process ${pid})`))
    .join(', ');
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { brokerCannotStart } from './faults';

/** The one user whom a broker serves. */
export interface BrokerUser {
  /** As given: `ada`, `1000`, `CONTOSO\ada`. */
  name: string;
  /** What names the meeting place: the numeric user id, or on Windows the name. */
  id: string;
  /** Where the system counts its users. */
  owner: { uid: number; gid: number } | undefined;
}

/** Runs a program of the system and gives what it prints. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>;

/** Starts a program of the system; nothing goes through a shell. */
export const runProgram: RunProgram = async (program, args) => {
  const { stdout } = await promisify(execFile)(program, [...args], { timeout: 10_000, windowsHide: true });
  return stdout;
};

/**
 * Looks a user up, by `id`, so that users of a directory service are found too.
 *
 * @throws Fault `device-broker-cannot-start`
 */
export async function brokerUser(
  name: string,
  { platform = process.platform, run = runProgram }: { platform?: NodeJS.Platform; run?: RunProgram } = {},
): Promise<BrokerUser> {
  // Neither an option of `id` nor a path.
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.@\\ -]{0,255}$/u.test(name)) throw noSuchUser(name);
  if (platform === 'win32') return { name, id: name, owner: undefined };
  const number = async (flag: string) => {
    const text = await run('id', [flag, '--', name]).catch((cause: unknown) => {
      throw noSuchUser(name, cause);
    });
    if (!/^\d{1,10}\s*$/.test(text)) throw noSuchUser(name);
    return Number(text);
  };
  const owner = { uid: await number('-u'), gid: await number('-g') };
  return { name, id: String(owner.uid), owner };
}

function noSuchUser(name: string, cause?: unknown) {
  return brokerCannotStart(
    `there is no user "${name}" on this computer`,
    'Name the user who sits here: keyvouch-agent broker --for USER.',
    cause,
  );
}

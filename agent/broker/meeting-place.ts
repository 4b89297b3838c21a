import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, open, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { Secret } from '../protocol/secret';
import { type BrokerUser, type RunProgram, runProgram } from './broker-user';
import { brokerCannotStart, brokerRunsAlready } from './faults';
import { SECRET_BYTES } from './proofs';
import { type Rendezvous } from './rendezvous';

const ROOT_MEND = 'Start it as administrator (root), or name the directory with KEYVOUCH_BROKER_DIR.';
/** How long a broker that runs already may take to accept. */
const ANSWER_MS = 1000;

/** Who prepares the place. */
export interface PreparedBy {
  /** The user who runs this process; undefined on Windows. */
  uid?: number | undefined;
  run?: RunProgram;
}

/**
 * Lays the place where the user's agent will look, with a fresh secret in it. Other users may neither read the secret nor
 * reach the socket; the user may do both and change nothing.
 *
 * @throws Fault `device-broker-cannot-start`, `device-broker-runs-already`
 */
export async function prepareMeetingPlace(
  place: Rendezvous,
  user: BrokerUser,
  { uid = process.getuid?.(), run = runProgram }: PreparedBy = {},
): Promise<Secret<Uint8Array>> {
  const { directory, socket, secretFile } = place;
  if (await answers(socket)) throw brokerRunsAlready(socket);
  try {
    if (user.owner) {
      if (uid !== 0 && uid !== user.owner.uid)
        throw new Error(`user ${String(uid)} cannot hand a secret to ${user.id}`);
      await ownDirectory(dirname(directory), uid);
      await ownDirectory(directory, uid);
      // Left behind by a broker that was killed.
      await rm(socket, { force: true });
    } else {
      await mkdir(directory, { recursive: true });
      await closeByAccessList(directory, user, run);
    }
    await rm(secretFile, { force: true });
    return await writeSecret(secretFile, user);
  } catch (cause) {
    throw brokerCannotStart(cause instanceof Error ? cause.message : 'no meeting place', ROOT_MEND, cause);
  }
}

/** Gives the user, and nobody else, the socket that is now listened on. A Windows pipe is guarded by the proofs alone. */
export async function handOverSocket({ socket }: Rendezvous, { owner }: BrokerUser): Promise<void> {
  if (!owner) return;
  await chmod(socket, 0o600);
  await chown(socket, owner.uid, owner.gid);
}

/** Takes away what a stopped broker must not leave. */
export async function leaveMeetingPlace({ socket, secretFile }: Rendezvous, { owner }: BrokerUser): Promise<void> {
  await rm(secretFile, { force: true });
  if (owner) await rm(socket, { force: true });
}

/** Others may pass through, but not look around. What was there before keeps its rights, and must not be anybody's. */
async function ownDirectory(path: string, uid: number | undefined): Promise<void> {
  const created = await mkdir(path, { recursive: true });
  // What the process's umask took away is given here; a directory of the administrator's is left as it is.
  if (created !== undefined) await chmod(path, 0o711);
  const found = await lstat(path);
  if (!found.isDirectory()) throw new Error(`${path} is no directory`);
  if (found.uid !== uid) throw new Error(`${path} belongs to another user`);
  if ((found.mode & 0o022) !== 0) throw new Error(`others may write to ${path}`);
}

/** Names every right anew, whatever was inherited: the system and its administrators all of them, the user to read. */
async function closeByAccessList(directory: string, { name }: BrokerUser, run: RunProgram): Promise<void> {
  const [system, administrators] = ['*S-1-5-18', '*S-1-5-32-544'];
  await run('icacls', [directory, '/setowner', administrators]);
  const rights = [`${system}:(OI)(CI)F`, `${administrators}:(OI)(CI)F`, `${name}:(OI)(CI)R`];
  await run('icacls', [directory, '/inheritance:r', '/grant:r', ...rights]);
}

async function writeSecret(path: string, { owner }: BrokerUser): Promise<Secret<Uint8Array>> {
  const secret = Uint8Array.from(randomBytes(SECRET_BYTES));
  // wx: never into a file, or through a link, that somebody else put there.
  const file = await open(path, 'wx', 0o400);
  try {
    await file.writeFile(secret);
    if (owner) await file.chown(owner.uid, owner.gid);
  } finally {
    await file.close();
  }
  return new Secret(secret);
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const attempt = connect(socket);
    const settle = (answer: boolean) => {
      attempt.destroy();
      resolve(answer);
    };
    attempt.setTimeout(ANSWER_MS, () => settle(true));
    attempt.once('connect', () => settle(true));
    attempt.once('error', () => settle(false));
  });
}

import { lstat, open } from 'node:fs/promises';
import { Secret } from '../protocol/secret';
import { brokerMissing, brokerNotTrusted } from './faults';
import { SECRET_BYTES } from './proofs';
import { type Rendezvous } from './rendezvous';

/** The agent's side of the meeting place: who may have laid it. */
export interface Ownership {
  /** The user who runs this process; undefined on Windows, where the place itself is the administrators'. */
  uid: number | undefined;
}

const GROUP_OR_OTHERS_WRITE = 0o022;
const GROUP_OR_OTHERS = 0o077;

/**
 * Reads the secret that a broker left for this user, and takes it only from a place that nobody but the administrator
 * and the user can have laid: an agent that believed somebody else's broker would let him come between it and the key.
 *
 * @throws Fault `device-broker-missing`, `device-broker-not-trusted`
 */
export async function readSecret(
  { directory, secretFile }: Rendezvous,
  { uid }: Ownership = { uid: process.getuid?.() },
): Promise<Secret<Uint8Array>> {
  if (uid !== undefined) {
    const place = await status(directory);
    if (!place.isDirectory()) throw brokerNotTrusted(`${directory} is no directory`);
    if (!isOurs(place.uid, uid)) throw brokerNotTrusted(`${directory} belongs to another user`);
    if ((place.mode & GROUP_OR_OTHERS_WRITE) !== 0) throw brokerNotTrusted(`others may write to ${directory}`);
    const file = await status(secretFile);
    if (!file.isFile()) throw brokerNotTrusted(`${secretFile} is no file`);
    if (!isOurs(file.uid, uid)) throw brokerNotTrusted(`${secretFile} belongs to another user`);
    if ((file.mode & GROUP_OR_OTHERS) !== 0) throw brokerNotTrusted(`others may read ${secretFile}`);
  }
  const bytes = await contents(secretFile);
  if (bytes.length !== SECRET_BYTES) throw brokerNotTrusted(`${secretFile} holds no secret`);
  return new Secret(bytes);
}

const isOurs = (owner: number, uid: number) => owner === 0 || owner === uid;

async function status(path: string) {
  return lstat(path).catch((cause: unknown) => {
    throw missingOrClosed(path, cause);
  });
}

async function contents(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      // One byte more than there should be: a longer file is no secret either.
      const buffer = Buffer.alloc(SECRET_BYTES + 1);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return Uint8Array.from(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw missingOrClosed(path, cause);
  }
}

function missingOrClosed(path: string, cause: unknown) {
  const { code } = cause as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR' ? brokerMissing(cause) : brokerNotTrusted(`${path} is closed`, cause);
}

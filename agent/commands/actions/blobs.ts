import { type Key } from '../../operations/key';
import { listBlobs, readBlob, removeBlob, type StoredBlob, writeBlob } from '../../operations/large-blobs';
import { listPasskeys, type Passkey } from '../../operations/passkeys';
import { printable } from '../../operations/printable';
import { type Dialogue } from '../../operations/set-pin';
import { encodeBase64Url } from '../../protocol/credential-id';
import { Fault } from '../../protocol/fault';
import { type BlobChangeOptions, type BlobReadOptions } from '../blobs';
import { type KeyOptions } from '../options';
import { type Outcome } from '../run-command';
import { type Session } from '../session';
import { agree } from './agree';
import { readBlobFile, writeBlobFile } from './blob-file';
import { findPasskey, shortIds, wholeIds } from './passkey-id';
import { passkeyOwner } from './passkey-words';
import { table } from './rows';
import { withKey } from './with-key';

/** Lists the blobs and whose they are. */
export function list(options: KeyOptions, session: Session): Promise<Outcome<'blobs list'>> {
  return withKey(options, session, async (key, dialogue) => {
    const blobs = await listBlobs(key, dialogue);
    return {
      document: { blobs: blobs.map(forPrograms) },
      text: blobs.length === 0 ? 'No blob is stored on this security key.' : table(forPeople(blobs)),
    };
  });
}

function forPrograms({ owner, bytes, storedBytes }: StoredBlob) {
  return {
    site: owner?.rpId ?? null,
    id: owner ? encodeBase64Url(owner.credentialId) : null,
    user: owner?.userName ?? null,
    bytes: bytes ?? null,
    storedBytes,
  };
}

function forPeople(blobs: readonly StoredBlob[]): string[][] {
  const owners = blobs.flatMap(({ owner }) => (owner ? [owner] : []));
  const ids = new Map(shortIds(owners).map((id, at) => [owners[at], id]));
  return blobs.map(({ owner, bytes, storedBytes }) => [
    owner ? (ids.get(owner) ?? '') : 'no passkey',
    owner ? `${owner.userName ?? 'nobody named'} at ${owner.rpId}` : 'nothing on this key opens it',
    bytes === undefined ? 'no blob' : `${bytes} bytes`,
    `${storedBytes} on the key`,
  ]);
}

/** Reads the blob of a passkey. */
export function read(id: string, options: BlobReadOptions, session: Session): Promise<Outcome<'blobs read'>> {
  return withKey(options, session, async (key, dialogue) => {
    const { credentialId } = await chosen(id, key, dialogue, session);
    const data = await readBlob(key, credentialId, dialogue);
    if (!data) throw nothingStored();
    if (options.out !== undefined) await writeBlobFile(options.out, data);
    const file = options.out ?? null;
    return {
      document: {
        id: encodeBase64Url(credentialId),
        bytes: data.length,
        data: file === null ? encodeBase64Url(data) : null,
        file,
      },
      text: file === null ? readable(data) : `${data.length} bytes are in ${printable(file)}.`,
    };
  });
}

/** Stores a file for a passkey; asks before it replaces something. */
export function write(
  { id, file }: { id: string; file: string },
  options: BlobChangeOptions,
  session: Session,
): Promise<Outcome<'blobs write'>> {
  return withKey(options, session, async (key, dialogue) => {
    const data = await readBlobFile(file, key.info.maxSerializedLargeBlobArray ?? 1024);
    const passkey = await chosen(id, key, dialogue, session);
    const before = await readBlob(key, passkey.credentialId, dialogue);
    session.pinWasRight();
    if (before) {
      const question = `Replace the ${before.length} bytes that are stored for the passkey of ${who(passkey)}?`;
      await agree(session, { question, proofs: wholeIds(passkey), given: options.confirm });
    }
    await writeBlob(key, passkey.credentialId, data, dialogue);
    return {
      document: { id: encodeBase64Url(passkey.credentialId), bytes: data.length, replaced: before !== undefined },
      text: `${data.length} bytes are stored for the passkey of ${who(passkey)}.`,
    };
  });
}

/** Deletes the blob of a passkey, after a yes. */
export function remove(id: string, options: BlobChangeOptions, session: Session): Promise<Outcome<'blobs delete'>> {
  return withKey(options, session, async (key, dialogue) => {
    const passkey = await chosen(id, key, dialogue, session);
    const question = `Delete what is stored for the passkey of ${who(passkey)} for ever? The passkey stays.`;
    await agree(session, { question, proofs: wholeIds(passkey), given: options.confirm });
    const deleted = await removeBlob(key, passkey.credentialId, dialogue);
    return {
      document: { id: encodeBase64Url(passkey.credentialId), deleted },
      text: deleted ? 'It is deleted.' : 'Nothing was stored for this passkey.',
    };
  });
}

async function chosen(id: string, key: Key, dialogue: Dialogue, session: Session): Promise<Passkey> {
  const passkey = findPasskey(await listPasskeys(key, dialogue), id);
  session.pinWasRight();
  return passkey;
}

const who = (passkey: Passkey) => `${passkeyOwner(passkey)} at ${printable(passkey.rpId, 120)}`;

/** Text as text, anything else in hexadecimal. */
function readable(data: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return Buffer.from(data).toString('hex');
  }
}

function nothingStored(): Fault {
  return new Fault({
    code: 'blob-none',
    say: 'Nothing is stored for this passkey.',
    todo: 'Look with "blobs list" which passkeys have something stored.',
  });
}

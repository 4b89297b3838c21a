import { joinArray, readElement, splitArray } from '../ctap/large-blob-array';
import { isSealedBy, openBlob, sealBlob } from '../ctap/large-blob-crypto';
import { createLargeBlobs } from '../ctap/large-blobs';
import { PERMISSION } from '../ctap/pin-token';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { type Key } from './key';
import { type BlobOwner, blobOwners, hasBlobKey, ownerOf } from './large-blob-owners';
import { type Dialogue } from './set-pin';
import { withToken } from './user-verification';

/** One blob among those on the key. */
export interface StoredBlob {
  /** Bytes that it takes on the key. */
  storedBytes: number;
  /** Bytes of its content, as its writer says; undefined for an entry that is no blob by the specification. */
  bytes: number | undefined;
  /** The passkey to which it belongs; undefined where that was not looked up, or no passkey on the key opens it. */
  owner: { rpId: string; credentialId: Uint8Array; userName: string | undefined } | undefined;
}

/**
 * Lists the blobs on the key. Without a dialogue nobody is asked for a PIN, and the owners stay unknown.
 *
 * @throws Fault `key-no-large-blobs`, and all of the PIN
 */
export async function listBlobs(key: Key, dialogue?: Dialogue): Promise<StoredBlob[]> {
  const elements = await readElements(key);
  const owners = dialogue && elements.length > 0 ? (await readOwners(key, dialogue)).filter(hasBlobKey) : [];
  return elements.map((element) => {
    const owner = owners.find(({ largeBlobKey }) => isSealedBy(largeBlobKey, element));
    return {
      storedBytes: element.length,
      bytes: readElement(element)?.origSize,
      owner: owner && { rpId: owner.rpId, credentialId: owner.credentialId, userName: owner.user.name },
    };
  });
}

/**
 * Reads what is stored for a passkey; undefined where there is nothing.
 *
 * @throws Fault `key-no-large-blobs`, `key-no-passkey`, `passkey-without-blob`, and all of the PIN
 */
export async function readBlob(
  key: Key,
  credentialId: Uint8Array,
  dialogue: Dialogue,
): Promise<Uint8Array | undefined> {
  const elements = await readElements(key);
  const { largeBlobKey } = ownerOf(await readOwners(key, dialogue), credentialId);
  for (const element of elements) {
    const data = openBlob(largeBlobKey, element);
    if (data) return data;
  }
  return undefined;
}

/**
 * Stores a blob for a passkey, in place of one that is there; those of other passkeys stay as they are.
 *
 * @throws Fault `key-no-large-blobs`, `key-no-passkey`, `passkey-without-blob`, `key-large-blobs-full`, and all of the PIN
 */
export async function writeBlob(
  key: Key,
  credentialId: Uint8Array,
  data: Uint8Array,
  dialogue: Dialogue,
): Promise<void> {
  await rewrite(key, credentialId, dialogue, (others, largeBlobKey) => [...others, sealBlob(largeBlobKey, data)]);
}

/**
 * Takes away what is stored for a passkey.
 *
 * @returns whether there was something
 * @throws as {@link writeBlob}
 */
export async function removeBlob(key: Key, credentialId: Uint8Array, dialogue: Dialogue): Promise<boolean> {
  return rewrite(key, credentialId, dialogue, (others) => others);
}

/** One token for finding the passkey's key and for writing. Gives whether there was a blob before. */
async function rewrite(
  key: Key,
  credentialId: Uint8Array,
  dialogue: Dialogue,
  change: (others: Uint8Array[], largeBlobKey: Secret<Uint8Array>) => Uint8Array[],
): Promise<boolean> {
  if (!hasLargeBlobs(key)) throw noLargeBlobs();
  const permissions = PERMISSION.credentialManagement | PERMISSION.largeBlobWrite;
  return withToken(key, { permissions }, dialogue, async ({ token }) => {
    const { largeBlobKey } = ownerOf(await blobOwners(key, token), credentialId);
    const before = await readElements(key);
    const others = before.filter((element) => !isSealedBy(largeBlobKey, element));
    const after = change(others, largeBlobKey);
    const same = after.length === before.length && after.every((element, i) => element === before[i]);
    if (!same) await createLargeBlobs(key.ctap, key.info).write(joinArray(after), token);
    return others.length < before.length;
  });
}

async function readElements(key: Key): Promise<Uint8Array[]> {
  if (!hasLargeBlobs(key)) throw noLargeBlobs();
  const array = await createLargeBlobs(key.ctap, key.info).read();
  // A torn array counts as empty (CTAP 2.1 §6.10.2).
  return array ? splitArray(array) : [];
}

function readOwners(key: Key, dialogue: Dialogue): Promise<BlobOwner[]> {
  const request = { permissions: PERMISSION.credentialManagement };
  return withToken(key, request, dialogue, ({ token }) => blobOwners(key, token));
}

function hasLargeBlobs({ info: { options } }: Key): boolean {
  return options['largeBlobs'] === true;
}

function noLargeBlobs(): Fault {
  return new Fault({
    code: 'key-no-large-blobs',
    say: 'This model of security key has no storage for large blobs.',
    todo: 'Use another model of key.',
  });
}

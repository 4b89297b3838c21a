import {
  createCredentialManagement,
  credentialManagementCommand,
  type StoredCredential,
} from '../ctap/credential-management';
import { ctapFault } from '../ctap/ctap-fault';
import { type PinToken } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { type Key } from './key';

/** A passkey that may own a blob. */
export type BlobOwner = StoredCredential & { rpId: string };

/** A passkey that can own one: it was made with the extension largeBlobKey (CTAP 2.1 §12.3). */
export type BlobKeyOwner = BlobOwner & { largeBlobKey: Secret<Uint8Array> };

/**
 * Reads all passkeys of the key, with the keys of their blobs.
 *
 * @param token with the permission credentialManagement
 * @throws Fault `key-cannot-list`
 */
export async function blobOwners(key: Key, token: PinToken): Promise<BlobOwner[]> {
  const command = credentialManagementCommand(key.info);
  if (command === undefined) throw cannotList();
  const management = createCredentialManagement(key.ctap, command, token);
  const owners: BlobOwner[] = [];
  for (const { id, rpIdHash } of await management.relyingParties()) {
    for (const credential of await management.credentials(rpIdHash)) owners.push({ ...credential, rpId: id });
  }
  return owners;
}

/**
 * The passkey of that id.
 *
 * @throws Fault `key-no-passkey`, `passkey-without-blob`
 */
export function ownerOf(owners: readonly BlobOwner[], credentialId: Uint8Array): BlobKeyOwner {
  const owner = owners.find((each) => Buffer.compare(each.credentialId, credentialId) === 0);
  if (!owner) throw ctapFault(STATUS.NO_CREDENTIALS);
  if (hasBlobKey(owner)) return owner;
  throw new Fault({
    code: 'passkey-without-blob',
    say: 'Nothing can be stored for this passkey: its site did not ask for that when it was made.',
    todo: 'Make a new passkey on a site that stores data on security keys.',
  });
}

/** Whether something can be stored for this passkey. */
export function hasBlobKey(owner: BlobOwner): owner is BlobKeyOwner {
  return owner.largeBlobKey !== undefined;
}

function cannotList(): Fault {
  return new Fault({
    code: 'key-cannot-list',
    say: 'This model of security key cannot list its passkeys.',
    todo: 'Look in your account which passkeys are registered.',
  });
}

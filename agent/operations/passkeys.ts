import {
  type CredentialManagement,
  createCredentialManagement,
  credentialManagementCommand,
  listingPermission,
} from '../ctap/credential-management';
import { ctapFault } from '../ctap/ctap-fault';
import { PERMISSION } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { keyMalformed } from '../hid/faults';
import { Fault } from '../protocol/fault';
import { type Key } from './key';
import { removeCredential } from './remove-credential';
import { type Dialogue } from './set-pin';
import { withToken } from './user-verification';

/** More than any key holds. */
const MOST = 1000;

/** A passkey that is stored on the key. No key knows when it was made. */
export interface Passkey {
  rpId: string;
  credentialId: Uint8Array;
  user: { id: Uint8Array; name: string | undefined; displayName: string | undefined };
  /** 1 to 3 (CTAP 2.1 §12.1). */
  credProtect: number | undefined;
}

/** New names of a passkey's user; what is left out stays. */
export interface PasskeyNames {
  name?: string | undefined;
  displayName?: string | undefined;
}

/**
 * Lists every passkey on the key, of all sites; needs the PIN.
 *
 * @throws Fault `key-cannot-list`, and all of the PIN
 */
export async function listPasskeys(key: Key, dialogue: Dialogue): Promise<Passkey[]> {
  if (credentialManagementCommand(key.info) === undefined) throw cannotList();
  return manage(key, listingPermission(key.info), dialogue, everyPasskey);
}

/**
 * Deletes one passkey for ever; needs the PIN.
 *
 * @throws Fault `key-cannot-delete`, `key-no-passkey`, and all of the PIN
 */
export function deletePasskey(key: Key, credentialId: Uint8Array, dialogue: Dialogue): Promise<void> {
  return removeCredential(key, credentialId, dialogue);
}

/**
 * Renames the user of a passkey on the key (updateUserInformation, CTAP 2.1 §6.8.6); the site's own account stays as it
 * is. Needs the PIN.
 *
 * @returns the passkey as the key tells it afterwards: a key may cut names to 64 bytes
 * @throws Fault `key-cannot-rename`, `key-no-passkey`, `key-full`, and all of the PIN
 */
export async function renamePasskey(
  key: Key,
  credentialId: Uint8Array,
  { name, displayName }: PasskeyNames,
  dialogue: Dialogue,
): Promise<Passkey> {
  refuseUnlessRenamable(key);
  return manage(key, PERMISSION.credentialManagement, dialogue, async (management) => {
    const before = await find(management, credentialId);
    const { id } = before.user;
    // The key replaces the user as a whole: what is not sent would be gone.
    await management.updateUser(credentialId, {
      id,
      name: name ?? before.user.name ?? '',
      displayName: displayName ?? before.user.displayName ?? '',
    });
    return find(management, credentialId);
  });
}

/**
 * Says why a key cannot rename, before its PIN is asked for.
 *
 * @throws Fault `key-cannot-rename`
 */
export function refuseUnlessRenamable({ info: { options } }: Pick<Key, 'info'>): void {
  if (options['credMgmt'] !== true) throw cannotRename(options['credentialMgmtPreview'] === true);
}

async function manage<T>(
  key: Key,
  permissions: number,
  dialogue: Dialogue,
  run: (management: CredentialManagement) => Promise<T>,
): Promise<T> {
  const command = credentialManagementCommand(key.info);
  if (command === undefined) throw cannotList();
  return withToken(key, { permissions }, dialogue, ({ token }) =>
    run(createCredentialManagement(key.ctap, command, token)),
  );
}

async function everyPasskey(management: CredentialManagement): Promise<Passkey[]> {
  const passkeys: Passkey[] = [];
  for (const { id, rpIdHash } of await management.relyingParties()) {
    for (const credential of await management.credentials(rpIdHash)) passkeys.push({ rpId: id, ...credential });
    // A key that invents site after site would keep us at it for hours.
    if (passkeys.length > MOST) throw keyMalformed(`claims to hold more than ${MOST} passkeys`);
  }
  return passkeys;
}

async function find(management: CredentialManagement, credentialId: Uint8Array): Promise<Passkey> {
  const passkeys = await everyPasskey(management);
  const found = passkeys.find((passkey) => Buffer.compare(passkey.credentialId, credentialId) === 0);
  if (!found) throw ctapFault(STATUS.NO_CREDENTIALS);
  return found;
}

function cannotList(): Fault {
  return new Fault({
    code: 'key-cannot-list',
    say: 'This model of security key cannot list its passkeys.',
    todo: 'Look in your account which passkeys are registered.',
  });
}

function cannotRename(preview: boolean): Fault {
  return new Fault({
    code: 'key-cannot-rename',
    say: preview
      ? 'This security key manages passkeys by the preview command of before CTAP 2.1, which has no way to rename one.'
      : 'This model of security key cannot rename its passkeys.',
    todo: 'Register the account again to change its name on the key, or leave it: the name is only for people.',
  });
}

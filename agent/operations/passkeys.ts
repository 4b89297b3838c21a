import { createCredentialManagement, credentialManagementCommand } from '../ctap/credential-management';
import { PERMISSION } from '../ctap/pin-token';
import { Fault } from '../protocol/fault';
import { type Key } from './key';
import { type Dialogue } from './set-pin';
import { verifyUser } from './user-verification';

/** A passkey that is stored on the key. */
export interface Passkey {
  rpId: string;
  credentialId: Uint8Array;
  user: { id: Uint8Array; name: string | undefined; displayName: string | undefined };
  /** 1 to 3 (CTAP 2.1 §12.1). */
  credProtect: number | undefined;
}

/**
 * Lists every passkey on the key, of all sites; needs the PIN.
 *
 * @throws Fault `key-cannot-list`, and all of the PIN
 */
export async function listPasskeys(key: Key, dialogue: Dialogue): Promise<Passkey[]> {
  const command = credentialManagementCommand(key.info);
  if (command === undefined) throw cannotList();
  const { token } = await verifyUser(key, { permissions: PERMISSION.credentialManagement }, dialogue);
  try {
    const management = createCredentialManagement(key.ctap, command, token);
    const passkeys: Passkey[] = [];
    for (const { id, rpIdHash } of await management.relyingParties()) {
      for (const credential of await management.credentials(rpIdHash)) passkeys.push({ rpId: id, ...credential });
    }
    return passkeys;
  } finally {
    token.wipe();
  }
}

function cannotList(): Fault {
  return new Fault({
    code: 'key-cannot-list',
    say: 'This model of security key cannot list its passkeys.',
    todo: 'Look in your account which passkeys are registered.',
  });
}

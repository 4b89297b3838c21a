import { createCredentialManagement, credentialManagementCommand } from '../ctap/credential-management';
import { PERMISSION } from '../ctap/pin-token';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { type Key } from './key';
import { type Dialogue } from './set-pin';
import { verifyUser } from './user-verification';

/**
 * Deletes one passkey from the key. With `pin`, nobody is asked.
 *
 * @throws Fault `key-cannot-delete`, `key-no-passkey`, and all of the PIN
 */
export async function removeCredential(
  key: Key,
  credentialId: Uint8Array,
  dialogue: Dialogue & { pin?: Secret | undefined },
): Promise<void> {
  const command = credentialManagementCommand(key.info);
  if (command === undefined) throw cannotDelete();
  const { token } = await verifyUser(key, { permissions: PERMISSION.credentialManagement }, dialogue);
  try {
    await createCredentialManagement(key.ctap, command, token).deleteCredential(credentialId);
  } finally {
    token.wipe();
  }
}

function cannotDelete(): Fault {
  return new Fault({
    code: 'key-cannot-delete',
    say: 'This model of security key cannot delete a single passkey.',
    todo: 'The passkey stays on the key and does no harm; only a reset of the whole key removes it.',
  });
}

import { Secret } from '../protocol/secret';
import { type PinProtocol } from './pin-protocol';

/** What a token may be used for (CTAP 2.1 §6.5.5.7; the last one from CTAP 2.2). */
export const PERMISSION = {
  makeCredential: 0x01,
  getAssertion: 0x02,
  credentialManagement: 0x04,
  bioEnrollment: 0x08,
  largeBlobWrite: 0x10,
  authenticatorConfiguration: 0x20,
  /** Reads the list of passkeys and changes nothing. Such a token is asked for alone and outlives unplugging. */
  persistentCredentialManagementReadOnly: 0x40,
} as const;

/** A pinUvAuthToken: proof to the key that its person was here. Gives signatures, never itself. */
export interface PinToken {
  readonly protocol: 1 | 2;
  /** pinUvAuthParam over `message`. */
  authenticate(message: Uint8Array): Uint8Array;
  /** Overwrites the token. */
  wipe(): void;
}

/** Wraps the decrypted token bytes, which belong to the token from now on. */
export function createPinToken(protocol: PinProtocol, token: Buffer): PinToken {
  const secret = new Secret(token);
  return {
    protocol: protocol.version,
    authenticate: (message) => protocol.authenticate(secret.reveal(), message),
    wipe: () => void secret.reveal().fill(0),
  };
}

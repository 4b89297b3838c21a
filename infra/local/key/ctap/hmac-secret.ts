import { createHmac } from 'node:crypto';

import type { CborMap, CborValue } from '../cbor/types';
import type { Credential } from '../credentials';
import type { Key } from './key';
import { bytes, map, optional, required, unsigned } from './params';
import { findProtocol } from './pin-uv-auth';
import { CtapError } from './status';

/** Gives the extension's output for one credential. */
export type HmacSecret = (credential: Credential, userVerified: boolean) => CborValue | undefined;

const SALT = 32;

/**
 * The hmac-secret extension of getAssertion (CTAP 2.1 §12.5): one or two salts in, one or two outputs out, both encrypted.
 * @throws CtapError PIN_AUTH_INVALID, INVALID_LENGTH for salts of another size, UNSUPPORTED_OPTION without a touch
 */
export function readHmacSecret(key: Key, extensions: CborMap, userPresent: boolean): HmacSecret | undefined {
  if (!key.profile.extensions.includes('hmac-secret')) return undefined;
  const input = optional(extensions, 'hmac-secret', map);
  if (input === undefined) return undefined;
  if (!userPresent) throw new CtapError('UNSUPPORTED_OPTION', 'hmac-secret needs a touch');

  const keyAgreement = required(input, 0x01, map);
  const saltEnc = required(input, 0x02, bytes);
  const saltAuth = required(input, 0x03, bytes);
  const protocol = findProtocol(key, optional(input, 0x04, unsigned) ?? 1);
  const secret = protocol.decapsulate(keyAgreement);
  if (!protocol.verify(secret.hmacKey, saltEnc, saltAuth)) throw new CtapError('PIN_AUTH_INVALID', 'saltAuth');
  const salts = protocol.decrypt(secret, saltEnc);
  if (salts?.length !== SALT && salts?.length !== 2 * SALT) throw new CtapError('INVALID_LENGTH', 'salts');

  return (credential, userVerified) => {
    if (!credential.hmacSecret) return undefined;
    const random = credRandom(credential, userVerified);
    const outputs = [salts.subarray(0, SALT), salts.subarray(SALT)]
      .filter((salt) => salt.length > 0)
      .map((salt) => createHmac('sha256', random).update(salt).digest());
    return protocol.encrypt(secret, Buffer.concat(outputs));
  };
}

/** CredRandomWithUV or CredRandomWithoutUV, derived from the private key, which never changes for a credential. */
function credRandom(credential: Credential, userVerified: boolean): Buffer {
  const name = userVerified ? 'CredRandomWithUV' : 'CredRandomWithoutUV';
  return createHmac('sha256', credential.key.secret).update(name).digest();
}

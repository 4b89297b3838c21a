import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import type { Credential, NewCredential } from './credentials';

const SEALED = { iv: 12, tag: 16, meta: 3, secret: 32 } as const;
const SEALED_LENGTH = SEALED.iv + SEALED.tag + SEALED.meta + SEALED.secret;

/** AES-256-GCM over algorithm, credProtect, hmac-secret and private key, bound to the RP: iv || tag || ciphertext. */
export function seal(wrappingKey: Buffer, rpIdHash: Buffer, { key, credProtect, hmacSecret }: NewCredential): Buffer {
  const iv = randomBytes(SEALED.iv);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, iv).setAAD(rpIdHash);
  const plain = Buffer.concat([Buffer.of(-key.alg, credProtect, hmacSecret ? 1 : 0), key.secret]);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

export function unseal(wrappingKey: Buffer, rpIdHash: Buffer, id: Buffer): Credential | undefined {
  if (id.length !== SEALED_LENGTH) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, id.subarray(0, SEALED.iv))
    .setAAD(rpIdHash)
    .setAuthTag(id.subarray(SEALED.iv, SEALED.iv + SEALED.tag));
  try {
    const plain = Buffer.concat([decipher.update(id.subarray(SEALED.iv + SEALED.tag)), decipher.final()]);
    return {
      id,
      key: { alg: plain[0] === 7 ? -7 : -8, secret: plain.subarray(SEALED.meta) },
      credProtect: plain[1] === 3 ? 3 : plain[1] === 2 ? 2 : 1,
      hmacSecret: plain[2] === 1,
      rpIdHash,
    };
  } catch {
    // Another key's credential, another RP's, or noise: to this key they are all simply unknown.
    return undefined;
  }
}

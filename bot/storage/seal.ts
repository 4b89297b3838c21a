import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seals text with a key that is not in the storage, so that rows written by anybody else are recognised. */
export interface Sealer {
  seal(text: string): string;
  holds(text: string, seal: string): boolean;
}

const KEY_BYTES = 32;
/** Keeps these seals apart from whatever else might be made with the same key. */
const DOMAIN = 'keyvouch-row-1\u0000';

/**
 * A sealer by HMAC-SHA-256 (RFC 2104). Seals are base64url.
 * @param key at least 32 random bytes, from Key Vault or, in the sandbox, a file.
 */
export function createSealer(key: Buffer): Sealer {
  if (key.length < KEY_BYTES) throw new RangeError(`a sealing key has at least ${KEY_BYTES} bytes`);
  const mac = (text: string) =>
    createHmac('sha256', key)
      .update(DOMAIN + text, 'utf8')
      .digest();
  return {
    seal: (text) => mac(text).toString('base64url'),
    holds(text, seal) {
      const given = Buffer.from(seal, 'base64url');
      const right = mac(text);
      // The lengths are public, and timingSafeEqual wants them equal.
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}

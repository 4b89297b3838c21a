import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

import type { CborMap, CborValue } from '../cbor/types';
import { bytes, integer, required } from '../ctap/params';
import { CtapError } from '../ctap/status';

/** A secret shared with the platform, split as the protocol wants it. */
export interface SharedSecret {
  readonly hmacKey: Buffer;
  readonly aesKey: Buffer;
}

/** The authenticator's side of one PIN/UV auth protocol (CTAP 2.1 §6.5.4, §6.5.6, §6.5.7). */
export interface PinUvAuthProtocol {
  readonly version: 1 | 2;
  /** The key agreement key as a COSE_Key. */
  publicKey(): CborMap;
  /** A new key agreement key: after a wrong PIN and at power-up. */
  regenerate(): void;
  /** @throws CtapError INVALID_PARAMETER for a key that is no P-256 point */
  decapsulate(peer: CborMap): SharedSecret;
  encrypt(secret: SharedSecret, plain: Buffer): Buffer;
  /** Undefined for ciphertexts that cannot be ones. */
  decrypt(secret: SharedSecret, cipher: Buffer): Buffer | undefined;
  verify(hmacKey: Buffer, message: Buffer, signature: Buffer): boolean;
}

const BLOCK = 16;
const ZERO_IV = Buffer.alloc(BLOCK);

export function createProtocol(version: 1 | 2): PinUvAuthProtocol {
  let ecdh = createECDH('prime256v1');
  ecdh.generateKeys();

  return {
    version,
    publicKey: () => {
      const point = ecdh.getPublicKey();
      return new Map<number, CborValue>([
        [1, 2],
        [3, -25],
        [-1, 1],
        [-2, point.subarray(1, 33)],
        [-3, point.subarray(33, 65)],
      ]);
    },
    regenerate: () => {
      ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
    },
    decapsulate: (peer) => {
      const point = readPoint(peer);
      try {
        return deriveKeys(version, ecdh.computeSecret(point));
      } catch {
        throw new CtapError('INVALID_PARAMETER', 'keyAgreement is not on the curve');
      }
    },
    encrypt: ({ aesKey }, plain) => {
      const iv = version === 1 ? ZERO_IV : randomBytes(BLOCK);
      const cipher = createCipheriv('aes-256-cbc', aesKey, iv).setAutoPadding(false);
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return version === 1 ? body : Buffer.concat([iv, body]);
    },
    decrypt: ({ aesKey }, cipher) => {
      const iv = version === 1 ? ZERO_IV : cipher.subarray(0, BLOCK);
      const body = version === 1 ? cipher : cipher.subarray(BLOCK);
      if (iv.length < BLOCK || body.length === 0 || body.length % BLOCK !== 0) return undefined;
      const decipher = createDecipheriv('aes-256-cbc', aesKey, iv).setAutoPadding(false);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    },
    verify: (hmacKey, message, signature) => {
      const mac = createHmac('sha256', hmacKey).update(message).digest();
      const expected = version === 1 ? mac.subarray(0, 16) : mac;
      return signature.length === expected.length && timingSafeEqual(signature, expected);
    },
  };
}

function deriveKeys(version: 1 | 2, z: Buffer): SharedSecret {
  if (version === 1) {
    const key = createHash('sha256').update(z).digest();
    return { hmacKey: key, aesKey: key };
  }
  const derive = (info: string): Buffer => Buffer.from(hkdfSync('sha256', z, Buffer.alloc(32), info, 32));
  return { hmacKey: derive('CTAP2 HMAC key'), aesKey: derive('CTAP2 AES key') };
}

/** CTAP 2.1 §6.5.6: kty EC2, alg -25, crv P-256, both coordinates, and nothing optional. */
function readPoint(peer: CborMap): Buffer {
  const [kty, alg, crv] = [required(peer, 1, integer), required(peer, 3, integer), required(peer, -1, integer)];
  const [x, y] = [required(peer, -2, bytes), required(peer, -3, bytes)];
  if (kty !== 2 || alg !== -25 || crv !== 1 || x.length !== 32 || y.length !== 32) {
    throw new CtapError('INVALID_PARAMETER', 'keyAgreement is not a P-256 ECDH key');
  }
  return Buffer.concat([Buffer.of(4), x, y]);
}

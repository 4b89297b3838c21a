import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { keyMalformed } from '../hid/faults';
import { type CborMap, cborMap, type CborValue } from './cbor';

/** The keys that the platform and the key agreed on for one exchange (CTAP 2.1 §6.5.4). */
export interface SharedSecret {
  /** Our public key as COSE_Key: the request's keyAgreement. */
  readonly keyAgreement: CborMap;
  encrypt(plain: Uint8Array): Uint8Array;
  /** @throws Fault `key-malformed` when the length cannot be */
  decrypt(cipher: Uint8Array): Buffer;
  authenticate(message: Uint8Array): Uint8Array;
  /** Overwrites the keys. */
  wipe(): void;
}

/** PIN/UV auth protocol one or two. */
export interface PinProtocol {
  readonly version: 1 | 2;
  /** Agrees on keys with the public key that the authenticator gave. `privateKey` is for test vectors alone. */
  encapsulate(peer: CborValue, privateKey?: Uint8Array): SharedSecret;
  /** Signs a message with the pinUvAuthToken. */
  authenticate(token: Uint8Array, message: Uint8Array): Uint8Array;
  /** Whether a decrypted token has a length that the protocol allows. */
  tokenFits(token: Uint8Array): boolean;
}

const BLOCK = 16;
const ZERO_IV = Buffer.alloc(BLOCK);

const hmac = (key: Uint8Array, message: Uint8Array) => createHmac('sha256', key).update(message).digest();

function aes(key: Uint8Array, iv: Uint8Array, data: Uint8Array, decrypt: boolean): Buffer {
  if (data.length === 0 || data.length % BLOCK !== 0) throw keyMalformed('encrypted data of an impossible length');
  const cipher = decrypt ? createDecipheriv('aes-256-cbc', key, iv) : createCipheriv('aes-256-cbc', key, iv);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

/** Protocol one: SHA-256 of the ECDH point, AES with a zero IV, 16 bytes of HMAC (CTAP 2.1 §6.5.6). */
const one: PinProtocol = {
  version: 1,
  encapsulate(peer, privateKey) {
    const { keyAgreement, z } = agree(peer, privateKey);
    const key = createHash('sha256').update(z).digest();
    z.fill(0);
    return {
      keyAgreement,
      encrypt: (plain) => aes(key, ZERO_IV, plain, false),
      decrypt: (cipher) => aes(key, ZERO_IV, cipher, true),
      authenticate: (message) => one.authenticate(key, message),
      wipe: () => void key.fill(0),
    };
  },
  authenticate: (token, message) => hmac(token, message).subarray(0, 16),
  tokenFits: (token) => token.length === 16 || token.length === 32,
};

/** Protocol two: HKDF for two keys, AES with a random IV in front, the whole HMAC (CTAP 2.1 §6.5.7). */
const two: PinProtocol = {
  version: 2,
  encapsulate(peer, privateKey) {
    const { keyAgreement, z } = agree(peer, privateKey);
    const derive = (info: string) => Buffer.from(hkdfSync('sha256', z, Buffer.alloc(32), info, 32));
    const macKey = derive('CTAP2 HMAC key');
    const aesKey = derive('CTAP2 AES key');
    z.fill(0);
    return {
      keyAgreement,
      encrypt(plain) {
        const iv = randomBytes(BLOCK);
        return Buffer.concat([iv, aes(aesKey, iv, plain, false)]);
      },
      decrypt: (cipher) => aes(aesKey, padIv(cipher), cipher.subarray(BLOCK), true),
      authenticate: (message) => hmac(macKey, message),
      wipe() {
        macKey.fill(0);
        aesKey.fill(0);
      },
    };
  },
  authenticate: (token, message) => hmac(token, message),
  tokenFits: (token) => token.length === 32,
};

function padIv(cipher: Uint8Array): Uint8Array {
  if (cipher.length < 2 * BLOCK) throw keyMalformed('encrypted data of an impossible length');
  return cipher.subarray(0, BLOCK);
}

/** The protocol of that number, or undefined for one that we do not speak. */
export function pinProtocol(version: unknown): PinProtocol | undefined {
  return version === 1 ? one : version === 2 ? two : undefined;
}

/** ECDH over P-256 with a fresh key pair: what the key gets, and the x coordinate both sides know. */
function agree(peer: CborValue, privateKey?: Uint8Array): { keyAgreement: CborMap; z: Buffer } {
  const point = publicPoint(peer);
  const ecdh = createECDH('prime256v1');
  if (privateKey) ecdh.setPrivateKey(privateKey);
  else ecdh.generateKeys();
  const own = ecdh.getPublicKey();
  try {
    return {
      keyAgreement: coseKey(Uint8Array.from(own.subarray(1, 33)), Uint8Array.from(own.subarray(33))),
      // Refuses points that are not on the curve.
      z: ecdh.computeSecret(point),
    };
  } catch (error) {
    throw keyMalformed('the key agreement is not a point of P-256', error);
  }
}

/** COSE_Key for key agreement: EC2, ECDH-ES+HKDF-256, P-256. */
function coseKey(x: Uint8Array, y: Uint8Array): CborMap {
  return cborMap([
    [1, 2],
    [3, -25],
    [-1, 1],
    [-2, x],
    [-3, y],
  ]);
}

function publicPoint(peer: CborValue): Buffer {
  if (!(peer instanceof Map)) throw keyMalformed('the key agreement is not a COSE key');
  const x: unknown = peer.get(-2);
  const y: unknown = peer.get(-3);
  if (!(x instanceof Uint8Array && y instanceof Uint8Array) || x.length !== 32 || y.length !== 32) {
    throw keyMalformed('the key agreement is not a COSE key of P-256');
  }
  return Buffer.concat([Buffer.of(4), x, y]);
}

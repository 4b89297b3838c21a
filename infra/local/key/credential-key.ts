import { createECDH, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

import type { CborMap, CborValue } from './cbor/types';

/** COSE algorithm identifiers that the key can sign with. */
export type CoseAlgorithm = -7 | -8;

/** A credential's private key: 32 bytes, a P-256 scalar (ES256) or an Ed25519 seed (EdDSA). */
export interface CredentialKey {
  readonly alg: CoseAlgorithm;
  readonly secret: Buffer;
}

/** Everything of an Ed25519 PKCS #8 key that comes before its 32-byte seed (RFC 8410 §7). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function makeCredentialKey(alg: CoseAlgorithm): CredentialKey {
  if (alg === -7) {
    const ecdh = createECDH('prime256v1');
    ecdh.generateKeys();
    return { alg, secret: leftPad(ecdh.getPrivateKey()) };
  }
  const pkcs8 = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
  return { alg, secret: pkcs8.subarray(-32) };
}

/** The public key as a COSE_Key map (RFC 9053). */
export function coseKey(key: CredentialKey): CborMap {
  if (key.alg === -7) {
    const { x, y } = point(key.secret);
    return new Map<number, CborValue>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, x],
      [-3, y],
    ]);
  }
  const { x } = privateKey(key).export({ format: 'jwk' });
  return new Map<number, CborValue>([
    [1, 1],
    [3, -8],
    [-1, 6],
    [-2, Buffer.from(x ?? '', 'base64url')],
  ]);
}

/** ES256 signatures are DER, EdDSA ones raw, as WebAuthn §6.5.5 wants them. */
export function signWith(key: CredentialKey, message: Uint8Array): Buffer {
  return key.alg === -7 ? sign('sha256', message, privateKey(key)) : sign(null, message, privateKey(key));
}

/** The uncompressed P-256 point of a scalar, in halves. */
export function point(scalar: Buffer): { x: Buffer; y: Buffer } {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  const uncompressed = ecdh.getPublicKey();
  return { x: uncompressed.subarray(1, 33), y: uncompressed.subarray(33, 65) };
}

/** Reading a key into OpenSSL takes as long as a signature: a credential that signs again is read once. */
const read = new WeakMap<CredentialKey, KeyObject>();

function privateKey(key: CredentialKey): KeyObject {
  const known = read.get(key) ?? readPrivateKey(key);
  read.set(key, known);
  return known;
}

function readPrivateKey({ alg, secret }: CredentialKey): KeyObject {
  if (alg === -8) {
    return createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, secret]), format: 'der', type: 'pkcs8' });
  }
  const { x, y } = point(secret);
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: secret.toString('base64url'),
      x: x.toString('base64url'),
      y: y.toString('base64url'),
    },
  });
}

function leftPad(scalar: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(32 - scalar.length), scalar]);
}

import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

import type { CborMap, CborValue } from '../cbor/types';
import { members, type Answer, type Host } from './host';

const CLIENT_PIN = 0x06;

/** The platform's side of a key agreement, for tests: CTAP 2.1 §6.5.6 and §6.5.7 seen from the other end. */
export interface Agreement {
  readonly version: 1 | 2;
  readonly keyAgreement: CborMap;
  encrypt(plain: Buffer): Buffer;
  decrypt(cipher: Buffer): Buffer;
  authenticate(message: Buffer): Buffer;
}

export async function agree(host: Host, version: 1 | 2 = 2): Promise<Agreement> {
  const { body } = await host.cbor(CLIENT_PIN, members({ 1: version, 2: 0x02 }));
  const theirs = body?.get(1) as CborMap;
  const ecdh = createECDH('prime256v1');
  const ours = ecdh.generateKeys();
  const z = ecdh.computeSecret(Buffer.concat([Buffer.of(4), theirs.get(-2) as Buffer, theirs.get(-3) as Buffer]));
  const hkdf = (info: string): Buffer => Buffer.from(hkdfSync('sha256', z, Buffer.alloc(32), info, 32));
  const hash = createHash('sha256').update(z).digest();
  const [hmacKey, aesKey] = version === 1 ? [hash, hash] : [hkdf('CTAP2 HMAC key'), hkdf('CTAP2 AES key')];
  return {
    version,
    keyAgreement: new Map<number, CborValue>([
      [1, 2],
      [3, -25],
      [-1, 1],
      [-2, ours.subarray(1, 33)],
      [-3, ours.subarray(33)],
    ]),
    encrypt: (plain) => {
      const iv = version === 1 ? Buffer.alloc(16) : randomBytes(16);
      const cipher = createCipheriv('aes-256-cbc', aesKey, iv).setAutoPadding(false);
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return version === 1 ? body : Buffer.concat([iv, body]);
    },
    decrypt: (cipher) => {
      const iv = version === 1 ? Buffer.alloc(16) : cipher.subarray(0, 16);
      const decipher = createDecipheriv('aes-256-cbc', aesKey, iv).setAutoPadding(false);
      return Buffer.concat([decipher.update(version === 1 ? cipher : cipher.subarray(16)), decipher.final()]);
    },
    authenticate: (message) => mac(version, hmacKey, message),
  };
}

function mac(version: 1 | 2, key: Buffer, message: Buffer): Buffer {
  const full = createHmac('sha256', key).update(message).digest();
  return version === 1 ? full.subarray(0, 16) : full;
}

export function padPin(pin: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(pin), Buffer.alloc(64)]).subarray(0, 64);
}

export function pinHash(pin: string): Buffer {
  return createHash('sha256').update(pin).digest().subarray(0, 16);
}

export async function setPin(host: Host, pin: string | Buffer, version: 1 | 2 = 2): Promise<Answer> {
  const agreement = await agree(host, version);
  const newPinEnc = agreement.encrypt(padPin(pin));
  const pinUvAuthParam = agreement.authenticate(newPinEnc);
  return host.cbor(
    CLIENT_PIN,
    members({ 1: version, 2: 0x03, 3: agreement.keyAgreement, 4: pinUvAuthParam, 5: newPinEnc }),
  );
}

export async function changePin(host: Host, from: string, to: string, version: 1 | 2 = 2): Promise<Answer> {
  const agreement = await agree(host, version);
  const newPinEnc = agreement.encrypt(padPin(to));
  const pinHashEnc = agreement.encrypt(pinHash(from));
  const pinUvAuthParam = agreement.authenticate(Buffer.concat([newPinEnc, pinHashEnc]));
  return host.cbor(
    CLIENT_PIN,
    members({ 1: version, 2: 0x04, 3: agreement.keyAgreement, 4: pinUvAuthParam, 5: newPinEnc, 6: pinHashEnc }),
  );
}

/** A token in the platform's hands: makes the two members that go into a request. */
export interface PlatformToken {
  readonly version: 1 | 2;
  authenticate(message: Buffer): Buffer;
}

/** getPinUvAuthTokenUsingPinWithPermissions; `undefined` permissions use the older getPinToken. */
export async function getToken(
  host: Host,
  pin: string,
  permissions?: number,
  rpId?: string,
  version: 1 | 2 = 2,
): Promise<Answer & { token?: PlatformToken }> {
  const agreement = await agree(host, version);
  const request = members({
    1: version,
    2: permissions === undefined ? 0x05 : 0x09,
    3: agreement.keyAgreement,
    6: agreement.encrypt(pinHash(pin)),
    9: permissions,
    10: rpId,
  });
  return tokenFrom(agreement, await host.cbor(CLIENT_PIN, request));
}

/** The token in an answer of clientPIN, if it gave one. */
export function tokenFrom(agreement: Agreement, answer: Answer): Answer & { token?: PlatformToken } {
  if (answer.body === undefined) return answer;
  const { version } = agreement;
  const value = agreement.decrypt(answer.body.get(2) as Buffer);
  return { ...answer, token: { version, authenticate: (message) => mac(version, value, message) } };
}

/** Retries left, and whether the key wants to be unplugged first. */
export async function retries(host: Host): Promise<[number, boolean]> {
  const { body } = await host.cbor(CLIENT_PIN, members({ 2: 0x01 }));
  return [body?.get(3) as number, body?.get(4) as boolean];
}

import { randomBytes } from 'node:crypto';

import { decodeCbor } from '../key/cbor/decode';
import { encodeCbor } from '../key/cbor/encode';
import type { CborValue } from '../key/cbor/types';
import { map } from '../key/ctap/params';

/** clientDataJSON over a challenge of our own, for judges that take its hash only (WebAuthn §5.8.1). */
export function clientDataJSON(type: 'webauthn.create' | 'webauthn.get', rpId: string): Buffer {
  const challenge = randomBytes(32).toString('base64url');
  return Buffer.from(JSON.stringify({ type, challenge, origin: `https://${rpId}`, crossOrigin: false }));
}

/** Puts together what a judge gave in pieces (WebAuthn §6.5.4). Statements of the format `packed` with ES256 only. */
export function attestationObject(fmt: string, authData: Buffer, { sig, x5c }: { sig: Buffer; x5c: Buffer[] }): Buffer {
  const attStmt = new Map<string, CborValue>([
    ['alg', -7],
    ['sig', sig],
    ['x5c', x5c],
  ]);
  return encodeCbor(
    new Map<string, CborValue>([
      ['fmt', fmt],
      ['attStmt', attStmt],
      ['authData', authData],
    ]),
  );
}

/** The tools of libfido2 give authenticator data as a CBOR byte string. */
export function unwrapBytes(encoded: Buffer): Buffer {
  const bytes = decodeCbor(encoded);
  if (!Buffer.isBuffer(bytes)) throw new Error('authenticator data that are no byte string');
  return bytes;
}

export function wrapBytes(bytes: Buffer): Buffer {
  return encodeCbor(bytes);
}

/** The parts of an attestation object that judges take one by one. */
export function attestationParts(object: Buffer): { fmt: string; authData: Buffer; sig: Buffer; x5c: Buffer[] } {
  const members = map(decodeCbor(object));
  const statement = map(members.get('attStmt') ?? new Map());
  const [fmt, authData] = [members.get('fmt'), members.get('authData')];
  const [sig, x5c] = [statement.get('sig'), statement.get('x5c')];
  if (typeof fmt !== 'string' || !Buffer.isBuffer(authData) || !Buffer.isBuffer(sig) || !Array.isArray(x5c)) {
    throw new Error('an attestation object without its parts');
  }
  return { fmt, authData, sig, x5c: x5c.filter((one) => Buffer.isBuffer(one)) };
}

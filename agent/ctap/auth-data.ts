import { keyMalformed } from '../hid/faults';
import { formatAaguid } from './aaguid';
import { type CborMap, type CborValue, decodeFirstCbor } from './cbor';

/** Authenticator data, taken apart (WebAuthn §6.1). */
export interface AuthData {
  /** SHA-256 of the relying party's id. */
  rpIdHash: Uint8Array;
  userPresent: boolean;
  userVerified: boolean;
  signCount: number;
  /** In registrations only. */
  credential?: { aaguid: string; credentialId: Uint8Array; publicKey: CborMap };
  /** Extension outputs by name. */
  extensions: CborMap;
}

const FLAG = { UP: 0x01, UV: 0x04, AT: 0x40, ED: 0x80 } as const;

/**
 * Takes authenticator data apart.
 *
 * @throws Fault `key-malformed`
 */
export function parseAuthData(bytes: Uint8Array): AuthData {
  if (bytes.length < 37) throw keyMalformed('authData too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(32);
  const data: AuthData = {
    rpIdHash: bytes.slice(0, 32),
    userPresent: (flags & FLAG.UP) !== 0,
    userVerified: (flags & FLAG.UV) !== 0,
    signCount: view.getUint32(33),
    extensions: new Map(),
  };
  let rest = bytes.subarray(37);
  if ((flags & FLAG.AT) !== 0) {
    const idLength = rest.length < 18 ? 0 : view.getUint16(37 + 16);
    if (idLength === 0 || rest.length < 18 + idLength) throw keyMalformed('authData without a credential id');
    const key = decodeFirstCbor(rest.subarray(18 + idLength));
    data.credential = {
      aaguid: formatAaguid(rest.subarray(0, 16)),
      credentialId: rest.slice(18, 18 + idLength),
      publicKey: asMap(key.value, 'the public key'),
    };
    rest = key.rest;
  }
  if ((flags & FLAG.ED) !== 0) {
    const extensions = decodeFirstCbor(rest);
    data.extensions = asMap(extensions.value, 'the extensions');
    rest = extensions.rest;
  }
  if (rest.length > 0) throw keyMalformed('bytes behind authData');
  return data;
}

function asMap(value: CborValue, what: string): CborMap {
  if (value instanceof Map) return value as CborMap;
  throw keyMalformed(`${what} in authData is not a map`);
}

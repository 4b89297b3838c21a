import { encodeCbor } from '../cbor/encode';
import type { CborMap } from '../cbor/types';

export interface AuthDataParts {
  readonly rpIdHash: Buffer;
  readonly userPresent: boolean;
  readonly userVerified: boolean;
  readonly signCount: number;
  readonly attested?: { readonly aaguid: Buffer; readonly credentialId: Buffer; readonly publicKey: CborMap };
  readonly extensions?: CborMap;
}

const FLAG = { UP: 0x01, UV: 0x04, AT: 0x40, ED: 0x80 } as const;

/** Authenticator data (WebAuthn §6.1): hash, flags, counter, then attested credential data and extensions if any. */
export function authData(parts: AuthDataParts): Buffer {
  const { attested, extensions } = parts;
  const hasExtensions = extensions !== undefined && extensions.size > 0;
  const flags =
    (parts.userPresent ? FLAG.UP : 0) |
    (parts.userVerified ? FLAG.UV : 0) |
    (attested === undefined ? 0 : FLAG.AT) |
    (hasExtensions ? FLAG.ED : 0);
  const head = Buffer.alloc(5);
  head.writeUInt8(flags, 0);
  head.writeUInt32BE(parts.signCount, 1);
  const sections = [parts.rpIdHash, head];
  if (attested !== undefined) {
    const idLength = Buffer.alloc(2);
    idLength.writeUInt16BE(attested.credentialId.length);
    sections.push(attested.aaguid, idLength, attested.credentialId, encodeCbor(attested.publicKey));
  }
  if (hasExtensions) sections.push(encodeCbor(extensions));
  return Buffer.concat(sections);
}

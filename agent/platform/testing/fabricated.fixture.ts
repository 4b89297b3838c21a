import { createHash, randomBytes } from 'node:crypto';
import { cborMap, encodeCbor } from '../../ctap/cbor';
import { encodeBase64Url } from '../../protocol/credential-id';

export const RP = 'login.microsoft.com';
export const AAGUID = '0102030405060708090a0b0c0d0e0f10';

/** What of a made-up attestation is to be otherwise than it should. */
export interface Twist {
  rpId?: string;
  /** UP 01, UV 04, AT 40. */
  flags?: number;
  credentialId?: Uint8Array;
}

/** An attestation object without a signature, as a key could have made it. */
export function fabricated({ rpId = RP, flags = 0x45, credentialId = randomBytes(32) }: Twist = {}): Uint8Array {
  const publicKey = cborMap([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Uint8Array.from(randomBytes(32))],
    [-3, Uint8Array.from(randomBytes(32))],
  ]);
  const attested = [
    Buffer.from(AAGUID, 'hex'),
    Buffer.of(credentialId.length >> 8, credentialId.length & 0xff),
    credentialId,
    encodeCbor(publicKey),
  ];
  const authData = Buffer.concat([
    createHash('sha256').update(rpId).digest(),
    Buffer.of(flags, 0, 0, 0, 1),
    ...((flags & 0x40) === 0 ? [] : attested),
  ]);
  return encodeCbor(
    cborMap([
      ['fmt', 'none'],
      ['attStmt', cborMap([])],
      ['authData', Uint8Array.from(authData)],
    ]),
  );
}

/** Options as Graph gives them. */
export function graphOptions(more: Record<string, unknown> = {}) {
  return {
    rp: { id: RP, name: 'Microsoft' },
    user: {
      id: encodeBase64Url(Buffer.from('OF:the-user-handle')),
      name: 'zoë@contoso.com',
      displayName: 'Zoë 🔑 Lovelace',
    },
    challenge: encodeBase64Url(randomBytes(6000)),
    pubKeyCredParams: [
      { type: 'public-key', alg: -7 },
      { type: 'public-key', alg: -257 },
    ],
    excludeCredentials: [] as { type: string; id: string }[],
    authenticatorSelection: { requireResidentKey: true, userVerification: 'required' },
    attestation: 'direct',
    extensions: {
      hmacCreateSecret: true,
      enforceCredentialProtectionPolicy: true,
      credentialProtectionPolicy: 'userVerificationOptional',
    },
    ...more,
  };
}

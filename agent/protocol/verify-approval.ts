import { createHash, createPublicKey, verify } from 'node:crypto';
import { approvalClientData } from './approval-statement';
import { Fault } from './fault';
import { ENTRA_RP_ID } from './job';
import { type ApprovalKey, type SignedApproval } from './signed-approval';

/** Bits of authenticator data (WebAuthn L3 §6.1). */
const FLAG = { UP: 0x01, UV: 0x04, AT: 0x40 } as const;
/** rpIdHash, flags, counter. */
const SHORTEST = 37;

/**
 * Whether an approver's signature holds: made by the key that is named, for Entra's relying party, over exactly this
 * statement, by a person who was there (UP) and whom the key has verified (UV).
 *
 * What is trusted by whom: the signature says that the holder of this key and its PIN agreed to this statement, and
 * neither the service nor a workstation can make one. It does not say whose key it is. The service takes that from a
 * registration that it attested itself and that Entra still lists; the subject's agent takes the service's word the
 * first time it meets an approver, and from then on holds every approval against the key that it remembers. It is no
 * sign-in: its client data has a type and an origin that no relying party takes (approval-statement.ts).
 *
 * @returns the key's signature counter
 * @throws Fault `approval-not-signed`
 */
export function verifyApproval({ statement, publicKey, authenticatorData, signature }: SignedApproval): {
  signCount: number;
} {
  const data = Buffer.from(authenticatorData, 'base64url');
  if (data.length < SHORTEST) throw notSigned('the answer of the key is too short');
  const site = createHash('sha256').update(ENTRA_RP_ID).digest();
  if (!data.subarray(0, 32).equals(site)) throw notSigned('it is for another site');
  const flags = data.readUInt8(32);
  if ((flags & FLAG.UP) === 0) throw notSigned('nobody touched the key');
  if ((flags & FLAG.UV) === 0) throw notSigned('the key did not verify its person');
  if ((flags & FLAG.AT) !== 0) throw notSigned('it is a registration');
  const client = createHash('sha256').update(approvalClientData(statement)).digest();
  if (!holds(publicKey, Buffer.concat([data, client]), Buffer.from(signature, 'base64url'))) {
    throw notSigned('the signature is not over this statement by this key');
  }
  return { signCount: data.readUInt32BE(33) };
}

function holds(key: ApprovalKey, signed: Buffer, signature: Buffer): boolean {
  try {
    // ES256 in DER and RS256 with PKCS #1 v1.5, as authenticators make them (WebAuthn L3 §6.5.5).
    return verify('sha256', signed, createPublicKey({ key, format: 'jwk' }), signature);
  } catch {
    // No point of the curve, no signature in DER: nothing that could hold.
    return false;
  }
}

function notSigned(why: string): Fault {
  return new Fault({
    code: 'approval-not-signed',
    say: `The approval does not carry its approver's signature: ${why}.`,
    todo: 'Nothing was done with it. Please tell your security team.',
    facts: { why },
  });
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Secret } from '../protocol/secret';
import { NONCE_BYTES } from './frames';

/** Who proves that it knows the secret: each in words of its own, so that no proof can be sent back. */
export type Side = 'broker' | 'agent';

/** What a proof is bound to: fresh bytes of both sides. */
export interface Nonces {
  agent: Uint8Array;
  broker: Uint8Array;
}

/** Bytes of the secret. */
export const SECRET_BYTES = 32;

export function freshNonce(): Uint8Array {
  return Uint8Array.from(randomBytes(NONCE_BYTES));
}

/** HMAC-SHA-256 over the side's words and both nonces. */
export function proofOf(side: Side, secret: Secret<Uint8Array>, nonces: Nonces): Uint8Array {
  const hmac = createHmac('sha256', secret.reveal());
  hmac.update(`keyvouch broker 1, ${side}\0`).update(nonces.agent).update(nonces.broker);
  return Uint8Array.from(hmac.digest());
}

/** Whether a proof is right, told in the same time either way. */
export function proofHolds(proof: Uint8Array, side: Side, secret: Secret<Uint8Array>, nonces: Nonces): boolean {
  const expected = proofOf(side, secret, nonces);
  return proof.length === expected.length && timingSafeEqual(proof, expected);
}

import { createHash, randomUUID } from 'node:crypto';
import { PROOF_SECONDS, type ProofClaims } from '../protocol/request-proof';
import { type WorkstationKey } from './key-store';

/** SHA-256 of a text, base64url. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** What a proof is made for. */
export interface Proven {
  /** The service's URL, without a slash at its end. */
  service: string;
  method: 'GET' | 'POST';
  /** The full URL. */
  url: string;
  /** What `bh` is the digest of. */
  body: string;
}

/**
 * A proof for one request, by the workstation's key (see agent/protocol/request-proof.ts). Each is new: one that is sent
 * again would be a replay.
 */
export function proofOf(key: WorkstationKey, type: string, { service, method, url, body }: Proven): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  const claims: ProofClaims = {
    aud: service,
    htm: method,
    htu: url,
    iat,
    exp: iat + PROOF_SECONDS,
    jti: randomUUID(),
    bh: digestOf(body),
  };
  return key.sign(type, claims);
}

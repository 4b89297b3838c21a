import { compactVerify, importJWK } from 'jose';
import { Fault } from '../../agent/protocol/fault';
import { type WorkstationJwk } from '../../agent/protocol/messages';
import { CLOCK_SKEW_SECONDS, PROOF_SECONDS, ProofClaims } from '../../agent/protocol/request-proof';
import { digestOf } from './digest';
import { badRequest } from './refusals';

/** What a proof must be, and for what it must have been made. */
export interface ExpectedProof {
  type: string;
  jwk: WorkstationJwk;
  thumbprint: string;
  method: string;
  url: string;
  audience: string;
  body: Buffer | string;
  now: Date;
}

/**
 * Verifies one proof: algorithm, type and key pinned, then what it is for and when it was made.
 * @returns the claims. @throws Fault `proof-bad`, `clock-off`
 */
export async function verifyProof(proof: string, expected: ExpectedProof): Promise<ProofClaims> {
  // A key that is no point of its curve is a bad proof like any other.
  const claims = await importJWK(expected.jwk, 'ES256')
    .then((key) => compactVerify(proof, key, { algorithms: ['ES256'] }))
    .then(({ payload, protectedHeader }) => {
      if (protectedHeader.typ !== expected.type || protectedHeader.kid !== expected.thumbprint)
        throw new Error('another type or key');
      return ProofClaims.parse(JSON.parse(new TextDecoder().decode(payload)));
    })
    .catch((error: unknown) => {
      throw badRequest('proof-bad', 'The signature of this request does not hold.', error);
    });
  const same =
    claims.aud === expected.audience &&
    claims.htm === expected.method &&
    claims.htu === expected.url &&
    claims.bh === digestOf(expected.body);
  if (!same) throw badRequest('proof-bad', 'The signature of this request was made for another request.');
  const seconds = Math.floor(expected.now.getTime() / 1000);
  const early = claims.iat > seconds + CLOCK_SKEW_SECONDS;
  const late = claims.exp < seconds - CLOCK_SKEW_SECONDS || claims.exp - claims.iat > PROOF_SECONDS;
  if (early || late) {
    throw new Fault({
      code: 'clock-off',
      say: "This workstation's clock is more than a minute off.",
      todo: 'Set the clock (turn on automatic time) and try again.',
    });
  }
  return claims;
}

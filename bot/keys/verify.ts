import { calculateJwkThumbprint, compactVerify, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import { type Purpose } from './keys';

const Claims = z.record(z.unknown());

function bad(cause: unknown): Fault {
  return new Fault({
    code: 'signature-bad',
    say: 'A record of this ticket is not signed by Keyvouch, so nothing was done with it.',
    todo: 'Please tell your security team: somebody may have changed the records.',
    cause,
  });
}

/** Verifies a compact JWS of ours against a set of public keys: algorithm, purpose and key are all pinned. */
export async function verifyWith(
  jwks: readonly JWK[],
  purpose: Purpose,
  jws: string,
): Promise<Record<string, unknown>> {
  try {
    const { payload } = await compactVerify(
      jws,
      async (header) => {
        const jwk = jwks.find(({ kid }) => kid !== undefined && kid === header.kid);
        if (header.typ !== purpose || !jwk) throw new Error('another purpose, or a key of nobody we know');
        return importJWK(jwk, 'ES256');
      },
      { algorithms: ['ES256'] },
    );
    return Claims.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (error) {
    throw bad(error);
  }
}

/** A public key as others may have it, with its RFC 7638 thumbprint as `kid`. */
export async function publicJwk({ kty, crv, x, y }: JWK): Promise<JWK> {
  const jwk: JWK = { kty: kty ?? 'EC', ...(crv && { crv }), ...(x && { x }), ...(y && { y }) };
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
}

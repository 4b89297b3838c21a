import { createHash } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import { Fault } from '../../agent/protocol/fault';
import { CLOCK_SKEW_SECONDS, PROOF_SECONDS, PROOF_TYPE, ProofClaims } from '../../agent/protocol/request-proof';
import { WorkstationJwk } from '../../agent/protocol/messages';
import { type Stored, type WorkstationRecord, type WorkstationStore } from '../service/ports';
import { badRequest, notPaired } from './refusals';

/** One request of a workstation, as it came over the wire. */
export interface SignedRequest {
  method: string;
  /** Path below the public URL, with a slash in front: `/api/workstations/ws-…/jobs`. */
  path: string;
  proof: string | null;
  body: Buffer;
  workstation: string;
}

export interface ProofDeps {
  store: WorkstationStore;
  publicUrl: string;
  now: () => Date;
}

export function digestOf(body: Buffer | string): string {
  return createHash('sha256').update(body).digest('base64url');
}

/**
 * Verifies one proof: algorithm, type and key pinned, then what it is for and when it was made.
 * @returns the claims. @throws Fault `proof-bad`, `clock-off`
 */
export async function verifyProof(
  proof: string,
  expected: {
    type: string;
    jwk: WorkstationJwk;
    thumbprint: string;
    method: string;
    url: string;
    audience: string;
    body: Buffer | string;
    now: Date;
  },
): Promise<ProofClaims> {
  const key = await importJWK(expected.jwk, 'ES256');
  const claims = await compactVerify(proof, key, { algorithms: ['ES256'] })
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

/** Notes when a workstation was last heard, at most once a minute. Somebody else who writes it at that moment is as good. */
async function noteSeen(deps: ProofDeps, { value, etag }: Stored<WorkstationRecord>): Promise<void> {
  const now = deps.now();
  const stale = value.lastSeenAt === undefined || now.getTime() - Date.parse(value.lastSeenAt) > 60_000;
  if (stale && value.state === 'active') await deps.store.put({ ...value, lastSeenAt: now.toISOString() }, etag);
}

/**
 * Whose request this is, proven by the key that was paired. Shape and size are checked before, then the workstation,
 * the signature, the time, the body, and at last that it was never seen before.
 */
export async function authenticate(deps: ProofDeps, request: SignedRequest): Promise<Stored<WorkstationRecord>> {
  if (!request.proof || request.proof.length > 4096) throw badRequest('proof-missing', 'This request is not signed.');
  const found = await deps.store.get(request.workstation);
  if (!found || found.value.state === 'removed') throw notPaired();
  const claims = await verifyProof(request.proof, {
    type: PROOF_TYPE,
    jwk: WorkstationJwk.parse(JSON.parse(found.value.publicJwk)),
    thumbprint: found.value.thumbprint,
    method: request.method,
    url: deps.publicUrl + request.path,
    audience: deps.publicUrl,
    body: request.body,
    now: deps.now(),
  });
  const first = await deps.store.seen(found.value.id, claims.jti, new Date(claims.iat * 1000).toISOString());
  if (!first) throw badRequest('proof-replayed', 'This request was seen before.');
  await noteSeen(deps, found);
  return found;
}

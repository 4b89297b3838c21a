import { decodeProtectedHeader } from 'jose';
import { WorkstationJwk } from '../../agent/protocol/messages';
import { PROOF_TYPE } from '../../agent/protocol/request-proof';
import { type Stored, type WorkstationRecord, type WorkstationStore } from '../service/ports';
import { badRequest, notPaired } from './refusals';
import { takeNextKey } from './rotate';
import { verifyProof } from './verify-proof';

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

/** Notes when a workstation was last heard, at most once a minute. Somebody else who writes it at that moment is as good. */
async function noteSeen(deps: ProofDeps, { value, etag }: Stored<WorkstationRecord>): Promise<void> {
  const now = deps.now();
  const stale = value.lastSeenAt === undefined || now.getTime() - Date.parse(value.lastSeenAt) > 60_000;
  if (stale && value.state === 'active') await deps.store.put({ ...value, lastSeenAt: now.toISOString() }, etag);
}

/** The key that a request says it is signed by, where it is the one that waits to take the present one's place. */
function nextKeyOf({ next }: WorkstationRecord, proof: string): WorkstationRecord['next'] {
  if (!next) return undefined;
  try {
    return decodeProtectedHeader(proof).kid === next.thumbprint ? next : undefined;
  } catch {
    // No JWS at all: the check of the signature says so.
    return undefined;
  }
}

/**
 * Whose request this is, proven by the key that was paired, or by the one that this key has named as the next. Shape
 * and size are checked before, then the workstation, the signature, the time, the body, and at last that it was never
 * seen before. A next key that has signed is the key from then on.
 */
export async function authenticate(deps: ProofDeps, request: SignedRequest): Promise<Stored<WorkstationRecord>> {
  if (!request.proof || request.proof.length > 4096) throw badRequest('proof-missing', 'This request is not signed.');
  const found = await deps.store.get(request.workstation);
  if (!found || found.value.state === 'removed') throw notPaired();
  const next = nextKeyOf(found.value, request.proof);
  const { publicJwk, thumbprint } = next ?? found.value;
  const claims = await verifyProof(request.proof, {
    type: PROOF_TYPE,
    jwk: WorkstationJwk.parse(JSON.parse(publicJwk)),
    thumbprint,
    method: request.method,
    url: deps.publicUrl + request.path,
    audience: deps.publicUrl,
    body: request.body,
    now: deps.now(),
  });
  const first = await deps.store.seen(found.value.id, claims.jti, new Date(claims.iat * 1000).toISOString());
  if (!first) throw badRequest('proof-replayed', 'This request was seen before.');
  if (next) return takeNextKey(deps, found, next.thumbprint);
  await noteSeen(deps, found);
  return found;
}

import { calculateJwkThumbprint } from 'jose';
import { Fault } from '../../agent/protocol/fault';
import { type KeyReply, type KeyRequest } from '../../agent/protocol/messages';
import { ROTATE_PROOF_TYPE } from '../../agent/protocol/request-proof';
import { rotationText } from '../../agent/protocol/rotation-text';
import { type Stored, type WorkstationRecord, type WorkstationStore } from '../service/ports';
import { badRequest, notPaired } from './refusals';
import { verifyProof } from './verify-proof';
import { workstationIdOf } from './workstation-id';

const ATTEMPTS = 8;

export interface RotateDeps {
  store: WorkstationStore;
  publicUrl: string;
  now: () => Date;
}

/**
 * Notes the key that a workstation names as its next one, in a request that its present key has signed. The present one
 * stays valid until the next one has signed a request, so that a reply that is lost leaves nobody locked out; the same
 * request again changes nothing.
 * @param path of the request, below the public URL
 * @throws Fault `proof-bad`, `clock-off`, `workstation-key-used`, `workstation-not-paired`
 */
export async function noteNextKey(
  deps: RotateDeps,
  workstation: WorkstationRecord,
  { jwk, proof }: KeyRequest,
  path: string,
): Promise<KeyReply> {
  const { id, thumbprint: present } = workstation;
  if (workstation.state !== 'active') throw notPaired();
  const thumbprint = await calculateJwkThumbprint(jwk);
  await verifyProof(proof, {
    type: ROTATE_PROOF_TYPE,
    jwk,
    thumbprint,
    method: 'POST',
    url: deps.publicUrl + path,
    audience: deps.publicUrl,
    body: rotationText(id, present, jwk),
    now: deps.now(),
  });
  const paired = await deps.store.get(workstationIdOf(thumbprint));
  if (thumbprint === present || paired) throw badRequest('workstation-key-used', 'This key was paired before.');
  const next = { publicJwk: JSON.stringify(jwk), thumbprint };
  await change(deps.store, id, (record) => {
    // Removed, or turned by somebody who was faster, since this request was signed.
    if (record.state !== 'active' || record.thumbprint !== present) throw notPaired();
    return record.next?.thumbprint === thumbprint ? undefined : { ...record, next };
  });
  return { thumbprint };
}

/** The next key has signed: it is the key now, and the one before is nobody's any more. */
export function takeNextKey(
  { store, now }: RotateDeps,
  { value: { id } }: Stored<WorkstationRecord>,
  thumbprint: string,
): Promise<Stored<WorkstationRecord>> {
  return change(store, id, (record) => {
    if (record.state === 'removed') throw notPaired();
    if (record.thumbprint === thumbprint) return undefined;
    const { next, ...rest } = record;
    if (next?.thumbprint !== thumbprint) throw notPaired();
    return { ...rest, ...next, lastSeenAt: now().toISOString() };
  });
}

/** Changes a record under its ETag. `to` gives undefined where nothing is left to do. */
async function change(
  store: WorkstationStore,
  id: string,
  to: (record: WorkstationRecord) => WorkstationRecord | undefined,
): Promise<Stored<WorkstationRecord>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = await store.get(id);
    if (!found) throw notPaired();
    const after = to(found.value);
    if (!after) return found;
    if (await store.put(after, found.etag)) return { ...found, value: after };
  }
  throw new Fault({
    code: 'workstation-busy',
    say: 'This workstation is just being changed.',
    todo: 'Try again in a minute.',
    retry: true,
  });
}

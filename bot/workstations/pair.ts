import { calculateJwkThumbprint } from 'jose';
import { type PairRequest } from '../../agent/protocol/messages';
import { pairingText } from '../../agent/protocol/pairing-text';
import { PAIR_PROOF_TYPE } from '../../agent/protocol/request-proof';
import { type WorkstationRecord } from '../service/ports';
import { type CodeDeps, useCode } from './codes';
import { badRequest } from './refusals';
import { verifyProof } from './verify-proof';
import { workstationIdOf } from './workstation-id';

export interface PairDeps extends CodeDeps {
  publicUrl: string;
  newId: () => string;
}

/**
 * Takes a workstation in as `pairing`: the code was right, and the key is there. It is of no use before the person
 * has compared the words in the chat and confirmed.
 */
export async function pair(deps: PairDeps, request: PairRequest, path: string): Promise<WorkstationRecord> {
  const thumbprint = await calculateJwkThumbprint(request.jwk);
  await verifyProof(request.proof, {
    type: PAIR_PROOF_TYPE,
    jwk: request.jwk,
    thumbprint,
    method: 'POST',
    url: deps.publicUrl + path,
    audience: deps.publicUrl,
    body: pairingText(request),
    now: deps.now(),
  });
  // The same key that asks again (its reply was lost) gets the same id, so that pairing twice is pairing once.
  const id = workstationIdOf(thumbprint);
  const before = await deps.store.get(id);
  const code = await deps.store.code(request.publicPart);
  if (before?.value.state === 'pairing' && code?.value.usedBy === id) return before.value;
  if (before && before.value.state !== 'pairing')
    throw badRequest('workstation-key-used', 'This key was paired before.');
  const used = await useCode(deps, request.publicPart, request.secretPart, id);
  const record: WorkstationRecord = {
    id,
    person: used.person,
    kind: used.kind,
    name: request.name,
    state: 'pairing',
    publicJwk: JSON.stringify(request.jwk),
    thumbprint,
    pairedAt: deps.now().toISOString(),
    agentVersion: request.agentVersion,
    platform: request.platform,
  };
  if (!(await deps.store.put(record, before?.etag)))
    throw badRequest('workstation-busy', 'This workstation is just being paired.');
  return record;
}

import { z } from 'zod';
import { Secret } from '../protocol/secret';
import { type CborMap, cborMap, type CborValue } from './cbor';
import { CTAP2, type Ctap, type SendOptions } from './ctap';
import { credentialDescriptor } from './descriptor';
import { type PinToken } from './pin-token';
import { bytes, largeBlobKey, readReply } from './reply';

/** Parameters of authenticatorMakeCredential (CTAP 2.1 §6.1). */
export interface MakeCredentialRequest {
  clientDataHash: Uint8Array;
  rp: { id: string; name?: string | undefined };
  user: { id: Uint8Array; name?: string | undefined; displayName?: string | undefined };
  /** COSE algorithms, the most wanted first. */
  algorithms: readonly number[];
  excludeList?: readonly Uint8Array[];
  /** Extension inputs by name. */
  extensions?: CborMap;
  discoverable: boolean;
  token?: PinToken;
  /** 1 vendor facilitated, 2 platform managed. */
  enterpriseAttestation?: 1 | 2 | undefined;
}

/** What the key made. */
export interface MakeCredentialReply {
  fmt: string;
  authData: Uint8Array;
  attStmt: CborMap;
  /** Whether an enterprise attestation was given. */
  enterpriseAttestation: boolean;
  /** Where the extension largeBlobKey was asked for and is known (CTAP 2.1 §12.3). */
  largeBlobKey?: Secret<Uint8Array>;
}

const REPLY = { 0x01: 'fmt', 0x02: 'authData', 0x03: 'attStmt', 0x04: 'epAtt', 0x05: 'largeBlobKey' };
const schema = z.object({
  fmt: z.string(),
  authData: bytes,
  attStmt: z.map(z.unknown(), z.unknown()),
  epAtt: z.boolean().catch(false).default(false),
  largeBlobKey: largeBlobKey.optional().catch(undefined),
});

/** Makes a credential; waits for a touch. `uv` is never sent: the token stands for it; `up` never may be. */
export async function makeCredential(
  ctap: Ctap,
  request: MakeCredentialRequest,
  options?: SendOptions,
): Promise<MakeCredentialReply> {
  const { rp, user, token, extensions, excludeList } = request;
  const named = (entries: Record<string, CborValue>) => cborMap(Object.entries(entries));
  const reply = await ctap.send(
    CTAP2.makeCredential,
    cborMap([
      [0x01, request.clientDataHash],
      [0x02, named({ id: rp.id, name: rp.name })],
      [0x03, named({ id: user.id, name: user.name, displayName: user.displayName })],
      [0x04, request.algorithms.map((alg) => named({ alg, type: 'public-key' }))],
      [0x05, excludeList && excludeList.length > 0 ? excludeList.map(credentialDescriptor) : undefined],
      [0x06, extensions && extensions.size > 0 ? extensions : undefined],
      [0x07, request.discoverable ? named({ rk: true }) : undefined],
      [0x08, token?.authenticate(request.clientDataHash)],
      [0x09, token?.protocol],
      [0x0a, request.enterpriseAttestation],
    ]),
    options,
  );
  const { epAtt, largeBlobKey: blobKey, ...made } = readReply('makeCredential', reply, REPLY, schema);
  return {
    ...made,
    attStmt: made.attStmt as CborMap,
    enterpriseAttestation: epAtt,
    ...(blobKey && { largeBlobKey: new Secret(blobKey) }),
  };
}

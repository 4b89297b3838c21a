import { z } from 'zod';
import { type CborMap, cborMap } from './cbor';
import { CTAP2, type Ctap, type SendOptions } from './ctap';
import { credentialDescriptor } from './descriptor';
import { type PinToken } from './pin-token';
import { bytes, readReply } from './reply';

/** Parameters of authenticatorGetAssertion (CTAP 2.1 §6.2). */
export interface GetAssertionRequest {
  rpId: string;
  clientDataHash: Uint8Array;
  allowList: readonly Uint8Array[];
  /** False asks silently: no touch, and the answer is worth nothing for signing in. */
  userPresence: boolean;
  token?: PinToken;
  extensions?: CborMap;
}

/** What the key answered. */
export interface Assertion {
  /** Absent where the key leaves it out because the allow list had one entry. */
  credentialId?: Uint8Array;
  authData: Uint8Array;
  signature: Uint8Array;
  userId?: Uint8Array;
}

const REPLY = { 0x01: 'credential', 0x02: 'authData', 0x03: 'signature', 0x04: 'user' };
const withId = z
  .map(z.unknown(), z.unknown())
  .transform((map) => map.get('id'))
  .pipe(bytes);
const schema = z.object({
  credential: withId.optional(),
  authData: bytes,
  signature: bytes,
  user: withId.optional().catch(undefined),
});

/** Asks for one assertion. Fault `key-no-passkey` when none of the allow list is on the key. */
export async function getAssertion(
  ctap: Ctap,
  request: GetAssertionRequest,
  options?: SendOptions,
): Promise<Assertion> {
  const { token, allowList, extensions } = request;
  const reply = await ctap.send(
    CTAP2.getAssertion,
    cborMap([
      [0x01, request.rpId],
      [0x02, request.clientDataHash],
      [0x03, allowList.length > 0 ? allowList.map(credentialDescriptor) : undefined],
      [0x04, extensions && extensions.size > 0 ? extensions : undefined],
      [0x05, request.userPresence ? undefined : cborMap([['up', false]])],
      [0x06, token?.authenticate(request.clientDataHash)],
      [0x07, token?.protocol],
    ]),
    options,
  );
  const { credential, user, ...rest } = readReply('getAssertion', reply, REPLY, schema);
  const assertion: Assertion = rest;
  const only = allowList.length === 1 ? allowList[0] : undefined;
  const credentialId = credential ?? only;
  if (credentialId) assertion.credentialId = credentialId;
  if (user) assertion.userId = user;
  return assertion;
}

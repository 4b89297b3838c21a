import { z } from 'zod';
import { keyMalformed } from '../hid/faults';
import { Secret } from '../protocol/secret';
import { type CborMap, cborMap, type CborValue } from './cbor';
import { CTAP2, type Ctap, type SendOptions } from './ctap';
import { credentialDescriptor } from './descriptor';
import { type PinToken } from './pin-token';
import { bytes, largeBlobKey, readReply } from './reply';

/** Parameters of authenticatorGetAssertion (CTAP 2.1 §6.2). */
export interface GetAssertionRequest {
  rpId: string;
  clientDataHash: Uint8Array;
  /** Empty asks for every passkey of the site that is stored on the key. */
  allowList: readonly Uint8Array[];
  /** False asks silently: no touch, and the answer is worth nothing for signing in. */
  userPresence: boolean;
  token?: PinToken;
  /** Extension inputs by name. */
  extensions?: CborMap;
}

/** What the key answered. */
export interface Assertion {
  /** Absent where the key leaves it out because the allow list had one entry. */
  credentialId?: Uint8Array;
  authData: Uint8Array;
  signature: Uint8Array;
  userId?: Uint8Array;
  /** Where the extension largeBlobKey was asked for and the credential has one (CTAP 2.1 §12.3). */
  largeBlobKey?: Secret<Uint8Array>;
}

/** No key holds more for one site; one that claims so is not followed. */
const MOST = 1000;

const REPLY = {
  0x01: 'credential',
  0x02: 'authData',
  0x03: 'signature',
  0x04: 'user',
  0x05: 'numberOfCredentials',
  0x07: 'largeBlobKey',
};
const withId = z
  .map(z.unknown(), z.unknown())
  .transform((map) => map.get('id'))
  .pipe(bytes);
const schema = z.object({
  credential: withId.optional(),
  authData: bytes,
  signature: bytes,
  user: withId.optional().catch(undefined),
  numberOfCredentials: z.number().int().nonnegative().optional().catch(undefined),
  largeBlobKey: largeBlobKey.optional().catch(undefined),
});

/** Asks for one assertion. Fault `key-no-passkey` when none of the allow list is on the key. */
export async function getAssertion(
  ctap: Ctap,
  request: GetAssertionRequest,
  options?: SendOptions,
): Promise<Assertion> {
  const reply = await ctap.send(CTAP2.getAssertion, parameters(request), options);
  return read(reply, request).assertion;
}

/**
 * Asks for an assertion of each passkey that fits, the newest first: one touch gives them all (CTAP 2.1 §6.3). Fault
 * `key-no-passkey` when there is none.
 */
export async function getAssertions(
  ctap: Ctap,
  request: GetAssertionRequest,
  options?: SendOptions,
): Promise<Assertion[]> {
  // The key keeps the place, so nothing else may be sent meanwhile.
  return ctap.sequence(async (send) => {
    const { assertion, total } = read(await send(CTAP2.getAssertion, parameters(request), options), request);
    if (total > MOST) throw keyMalformed(`claims to hold ${total} passkeys of one site`);
    const all = [assertion];
    while (all.length < total) {
      const next = await send(CTAP2.getNextAssertion, undefined, { ...options, limitMs: 10_000 });
      all.push(read(next, request).assertion);
    }
    return all;
  });
}

function parameters({ rpId, clientDataHash, allowList, extensions, userPresence, token }: GetAssertionRequest) {
  return cborMap([
    [0x01, rpId],
    [0x02, clientDataHash],
    [0x03, allowList.length > 0 ? allowList.map(credentialDescriptor) : undefined],
    [0x04, extensions && extensions.size > 0 ? extensions : undefined],
    [0x05, userPresence ? undefined : cborMap([['up', false]])],
    [0x06, token?.authenticate(clientDataHash)],
    [0x07, token?.protocol],
  ]);
}

function read(reply: CborValue, { allowList }: GetAssertionRequest): { assertion: Assertion; total: number } {
  const found = readReply('getAssertion', reply, REPLY, schema);
  const only = allowList.length === 1 ? allowList[0] : undefined;
  const credentialId = found.credential ?? only;
  const assertion: Assertion = {
    authData: found.authData,
    signature: found.signature,
    ...(credentialId && { credentialId }),
    ...(found.user && { userId: found.user }),
    ...(found.largeBlobKey && { largeBlobKey: new Secret(found.largeBlobKey) }),
  };
  return { assertion, total: found.numberOfCredentials ?? 1 };
}

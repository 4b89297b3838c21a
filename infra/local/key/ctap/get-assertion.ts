import type { CborMap, CborValue } from '../cbor/types';
import { signWith } from '../credential-key';
import { sha256, type Credential } from '../credentials';
import { Permission } from '../pin/token';
import { authData } from './auth-data';
import { readDescriptors, readOptions } from './entities';
import { readHmacSecret, type HmacSecret } from './hmac-secret';
import type { Call, Key } from './key';
import { boolean, map, NO_MEMBERS, ofLength, optional, required, text } from './params';
import { answerSelectionProbe, readPinUvAuth } from './pin-uv-auth';
import { nextSignCount } from './sign-count';
import { CtapError } from './status';
import { verifyUser, wayOfVerification } from './user-verification';

/** getNextAssertion must follow within 30 s (CTAP 2.1 §6.3). */
const NEXT_WITHIN_MS = 30_000;

/** What all assertions of one getAssertion have in common. */
interface Ceremony {
  readonly key: Key;
  readonly rpIdHash: Buffer;
  readonly clientDataHash: Buffer;
  readonly userPresent: boolean;
  readonly userVerified: boolean;
  readonly hmacSecret: HmacSecret | undefined;
  readonly credBlob: boolean;
  readonly largeBlobKey: boolean;
}

/** authenticatorGetAssertion (CTAP 2.1 §6.2.2), in the order of the specification's steps. */
export async function getAssertion(key: Key, params: CborMap, call: Call): Promise<CborMap> {
  const rpId = required(params, 0x01, text);
  const clientDataHash = required(params, 0x02, ofLength(32));
  const allowList = readDescriptors(params, 0x03, key.profile.maxCredentialCountInList);
  const extensions = optional(params, 0x04, map) ?? NO_MEMBERS;
  const { rk, up = true, uv = false } = readOptions(params, 0x05);
  await answerSelectionProbe(key, params, 0x06, call);
  const auth = readPinUvAuth(key, params, { parameter: 0x06, protocol: 0x07 });

  if (rk !== undefined) throw new CtapError('UNSUPPORTED_OPTION', 'rk has no meaning here');
  const hmacSecret = readHmacSecret(key, extensions, up);
  const { credBlob, largeBlobKey } = readBlobs(key, extensions);
  const needed = up && key.store.read().alwaysUv;
  const demand = { auth, uv, needed, clientDataHash, rpId, permission: Permission.ga };
  const { userVerified, userPresent } = await verifyUser(key, call, wayOfVerification(key, demand), demand);

  const ceremony: Ceremony = {
    key,
    rpIdHash: sha256(rpId),
    clientDataHash,
    userPresent: up,
    userVerified,
    hmacSecret,
    credBlob,
    largeBlobKey,
  };
  const [first, ...rest] = applicable(ceremony, allowList);
  if (first === undefined) throw new CtapError('NO_CREDENTIALS');
  if (up) {
    if (!userPresent) await call.touch();
    key.token.spend();
  }
  if (rest.length > 0) call.leave(nextAssertions(ceremony, rest));
  const response = assertion(ceremony, first, rest.length > 0);
  if (rest.length > 0) response.set(0x05, rest.length + 1);
  return response;
}

/** credBlob (CTAP 2.1 §12.2) and largeBlobKey (§12.3), which can only be asked for. */
function readBlobs({ profile }: Key, extensions: CborMap): { credBlob: boolean; largeBlobKey: boolean } {
  const asked = (name: string): boolean | undefined =>
    profile.extensions.includes(name) ? optional(extensions, name, boolean) : undefined;
  const largeBlobKey = asked('largeBlobKey');
  if (largeBlobKey === false) throw new CtapError('INVALID_OPTION', 'largeBlobKey');
  return { credBlob: asked('credBlob') ?? false, largeBlobKey: largeBlobKey ?? false };
}

/** authenticatorGetNextAssertion (§6.3): the other accounts of the getAssertion right before. */
export function getNextAssertion(key: Key, _params: CborMap, call: Call): CborMap {
  const { before } = call;
  if (before?.kind !== 'assertion' || key.now() - before.since > NEXT_WITHIN_MS) throw new CtapError('NOT_ALLOWED');
  const next = before.next();
  if (next === undefined) throw new CtapError('NOT_ALLOWED');
  call.leave({ ...before, since: key.now() });
  return next;
}

function nextAssertions(ceremony: Ceremony, rest: readonly Credential[]) {
  const queue = [...rest];
  return {
    kind: 'assertion' as const,
    since: ceremony.key.now(),
    next: () => {
      const credential = queue.shift();
      return credential && assertion(ceremony, credential, true);
    },
  };
}

/** Step 7: with an allowList the first of it that is here, else all discoverable ones, as far as credProtect allows. */
function applicable({ key, rpIdHash, userVerified }: Ceremony, allowList: Buffer[] | undefined): Credential[] {
  if (allowList === undefined || allowList.length === 0) {
    return key.credentials.discoverable(rpIdHash).filter((one) => userVerified || one.credProtect === 1);
  }
  return allowList
    .map((id) => key.credentials.find(rpIdHash, id))
    .filter((one) => one !== undefined)
    .filter((one) => userVerified || one.credProtect !== 3)
    .slice(0, 1);
}

function assertion(ceremony: Ceremony, credential: Credential, oneOfMany: boolean): Map<number, CborValue> {
  const { key, rpIdHash, clientDataHash, userPresent, userVerified } = ceremony;
  const data = authData({
    rpIdHash,
    userPresent,
    userVerified,
    signCount: nextSignCount(key.store),
    extensions: assertionOutputs(ceremony, credential),
  });
  const response = new Map<number, CborValue>([
    [0x01, new Map<string, CborValue>(Object.entries({ id: credential.id, type: 'public-key' }))],
    [0x02, data],
    [0x03, signWith(credential.key, Buffer.concat([data, clientDataHash]))],
  ]);
  // Names of accounts are for verified users who have to choose between them (§6.2.3).
  if (credential.user !== undefined) response.set(0x04, userMap(credential.user, userVerified && oneOfMany));
  if (ceremony.largeBlobKey && credential.largeBlobKey !== undefined) response.set(0x07, credential.largeBlobKey);
  return response;
}

function assertionOutputs(ceremony: Ceremony, credential: Credential): CborMap {
  const output = new Map<string, CborValue>();
  const hmacSecret = ceremony.hmacSecret?.(credential, ceremony.userVerified);
  if (ceremony.credBlob) output.set('credBlob', credential.credBlob ?? Buffer.alloc(0));
  if (hmacSecret !== undefined) output.set('hmac-secret', hmacSecret);
  return output;
}

/** A user entity with what it has; the handle alone unless names may be shown. */
export function userMap(user: NonNullable<Credential['user']>, names: boolean): CborMap {
  const entity = new Map<string, CborValue>([['id', user.id]]);
  if (names && user.name !== undefined) entity.set('name', user.name);
  if (names && user.displayName !== undefined) entity.set('displayName', user.displayName);
  return entity;
}

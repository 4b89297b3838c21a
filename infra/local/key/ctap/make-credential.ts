import { sign } from 'node:crypto';

import type { CborMap, CborValue } from '../cbor/types';
import { coseKey, makeCredentialKey } from '../credential-key';
import { sha256, type Credential, type CredProtect, type NewCredential } from '../credentials';
import { Permission } from '../pin/token';
import { aaguidBytes } from '../profile';
import { authData } from './auth-data';
import { readAlgorithms, readDescriptors, readOptions, readRp, readUser } from './entities';
import { isProtected, type Call, type Key } from './key';
import { boolean, map, NO_MEMBERS, ofLength, optional, required, unsigned } from './params';
import { answerSelectionProbe, readPinUvAuth, verifyForRp } from './pin-uv-auth';
import { nextSignCount } from './sign-count';
import { CtapError } from './status';

/** authenticatorMakeCredential (CTAP 2.1 §6.1.2), in the order of the specification's steps. */
export async function makeCredential(key: Key, params: CborMap, call: Call): Promise<CborMap> {
  const request = readRequest(key, params);
  await answerSelectionProbe(key, params, 0x08, call);
  const auth = readPinUvAuth(key, params, { parameter: 0x08, protocol: 0x09 });

  // The platform's order decides, not the key's (step 3).
  const [alg] = request.algorithms.flatMap((asked) => key.profile.algorithms.filter((ours) => ours === asked));
  if (alg === undefined) throw new CtapError('UNSUPPORTED_ALGORITHM');

  const { rk = false, up = true, uv = false } = request.options;
  if (!up) throw new CtapError('INVALID_OPTION', 'up must not be false');
  if (uv && auth === undefined) throw new CtapError('INVALID_OPTION', 'there is no built-in user verification');
  if (auth === undefined) demandUserVerification(key, rk);
  if (request.enterpriseAttestation !== undefined)
    throw new CtapError('INVALID_PARAMETER', 'no enterprise attestation');

  const userVerified = auth !== undefined;
  if (auth !== undefined) verifyForRp(key, auth, request.clientDataHash, Permission.mc, request.rp.id);

  const rpIdHash = sha256(request.rp.id);
  const excluded = request.excludeList?.some((id) => excludes(key.credentials.find(rpIdHash, id), userVerified));
  await call.touch();
  // Only after the touch: a program without a person must not learn what is on the key.
  if (excluded === true) throw new CtapError('CREDENTIAL_EXCLUDED');
  key.token.spend();

  const made: NewCredential = {
    key: makeCredentialKey(alg),
    credProtect: request.extensions.credProtect ?? 1,
    hmacSecret: request.extensions.hmacSecret,
  };
  const credential = rk ? key.credentials.keep(made, request.rp, request.user) : key.credentials.seal(made, rpIdHash);
  if (credential === undefined) throw new CtapError('KEY_STORE_FULL');

  const data = authData({
    rpIdHash,
    userPresent: true,
    userVerified,
    signCount: nextSignCount(key.store),
    attested: { aaguid: aaguidBytes(key.profile), credentialId: credential.id, publicKey: coseKey(made.key) },
    extensions: extensionOutputs(key, request),
  });
  const signature = sign('sha256', Buffer.concat([data, request.clientDataHash]), key.attestation.privateKey);
  const statement = new Map<string, CborValue>([
    ['alg', -7],
    ['sig', signature],
    ['x5c', [key.attestation.certificate]],
  ]);
  return new Map<number, CborValue>([
    [0x01, 'packed'],
    [0x02, data],
    [0x03, statement],
  ]);
}

type Request = ReturnType<typeof readRequest>;

function readRequest(key: Key, params: CborMap) {
  return {
    clientDataHash: required(params, 0x01, ofLength(32)),
    rp: readRp(required(params, 0x02, map)),
    user: readUser(required(params, 0x03, map)),
    algorithms: readAlgorithms(params, 0x04),
    excludeList: readDescriptors(params, 0x05, key.profile.maxCredentialCountInList),
    extensions: readExtensions(key, optional(params, 0x06, map) ?? NO_MEMBERS),
    options: readOptions(params, 0x07),
    enterpriseAttestation: optional(params, 0x0a, unsigned),
  };
}

function readExtensions(key: Key, input: CborMap) {
  const known = (name: string): boolean => key.profile.extensions.includes(name);
  return {
    credProtect: known('credProtect') ? readCredProtect(optional(input, 'credProtect', unsigned)) : undefined,
    hmacSecret: known('hmac-secret') && (optional(input, 'hmac-secret', boolean) ?? false),
    minPinLength: known('minPinLength') && (optional(input, 'minPinLength', boolean) ?? false),
  };
}

function readCredProtect(level: number | undefined): CredProtect | undefined {
  if (level === undefined || level === 1 || level === 2 || level === 3) return level;
  throw new CtapError('INVALID_PARAMETER', `credProtect ${level}`);
}

/** What is wanted of a request without pinUvAuthParam (§6.1.2 steps 6 to 8). */
function demandUserVerification(key: Key, rk: boolean): void {
  if (key.store.read().alwaysUv || (isProtected(key) && rk)) throw new CtapError('PUAT_REQUIRED');
}

/** A credential under credProtect level 3 is not admitted to without user verification (§6.1.2 step 12). */
function excludes(credential: Credential | undefined, userVerified: boolean): boolean {
  return credential !== undefined && (userVerified || credential.credProtect !== 3);
}

function extensionOutputs(key: Key, { extensions, rp }: Request): CborMap {
  const { minPinLength, minPinLengthRpIds } = key.store.read();
  const output = new Map<string, CborValue>();
  if (extensions.credProtect !== undefined) output.set('credProtect', extensions.credProtect);
  if (extensions.hmacSecret) output.set('hmac-secret', true);
  if (extensions.minPinLength && minPinLengthRpIds.includes(rp.id)) output.set('minPinLength', minPinLength);
  return output;
}

import type { CborMap, CborValue } from '../cbor/types';
import { coseKey, makeCredentialKey } from '../credential-key';
import { sha256, type Credential } from '../credentials';
import { Permission } from '../pin/token';
import { aaguidBytes } from '../profile';
import { attestationStatement, wantsEnterprise } from './attestation-statement';
import { authData } from './auth-data';
import { readAlgorithms, readDescriptors, readOptions, readRp, readUser } from './entities';
import type { Call, Key } from './key';
import { creationOutputs, extensionsOfCredential, readCreationExtensions } from './make-credential-extensions';
import { map, NO_MEMBERS, ofLength, optional, required, unsigned } from './params';
import { answerSelectionProbe, readPinUvAuth } from './pin-uv-auth';
import { nextSignCount } from './sign-count';
import { CtapError } from './status';
import { registrationNeedsUv, verifyUser, wayOfVerification } from './user-verification';

/** authenticatorMakeCredential (CTAP 2.1 §6.1.2), in the order of the specification's steps. */
export async function makeCredential(key: Key, params: CborMap, call: Call): Promise<CborMap> {
  const { rk = false, up = true, uv = false } = readOptions(params, 0x07);
  const request = readRequest(key, params, rk);
  const { rp, extensions, clientDataHash } = request;
  await answerSelectionProbe(key, params, 0x08, call);
  const auth = readPinUvAuth(key, params, { parameter: 0x08, protocol: 0x09 });

  // The platform's order decides, not the key's (step 3).
  const [alg] = request.algorithms.flatMap((asked) => key.profile.algorithms.filter((ours) => ours === asked));
  if (alg === undefined) throw new CtapError('UNSUPPORTED_ALGORITHM');
  if (!up) throw new CtapError('INVALID_OPTION', 'up must not be false');
  const needed = registrationNeedsUv(key, rk);
  const demand = { auth, uv, needed, clientDataHash, rpId: rp.id, permission: Permission.mc };
  const way = wayOfVerification(key, demand);
  const enterprise = wantsEnterprise(key, request.enterpriseAttestation, rp.id);
  const { userVerified, userPresent } = await verifyUser(key, call, way, demand);

  const rpIdHash = sha256(rp.id);
  const excluded = request.excludeList?.some((id) => excludes(key.credentials.find(rpIdHash, id), userVerified));
  if (!userPresent) await call.touch();
  // Only after the touch: a program without a person must not learn what is on the key.
  if (excluded === true) throw new CtapError('CREDENTIAL_EXCLUDED');
  key.token.spend();

  const made = { key: makeCredentialKey(alg), ...extensionsOfCredential(key, extensions, rk) };
  const credential = rk ? key.credentials.keep(made, rp, request.user) : key.credentials.seal(made, rpIdHash);
  if (credential === undefined) throw new CtapError('KEY_STORE_FULL');

  const data = authData({
    rpIdHash,
    userPresent: true,
    userVerified,
    signCount: nextSignCount(key.store),
    attested: { aaguid: aaguidBytes(key.profile), credentialId: credential.id, publicKey: coseKey(made.key) },
    extensions: creationOutputs(key, extensions, rp.id, rk),
  });
  const response = new Map<number, CborValue>([
    [0x01, 'packed'],
    [0x02, data],
    [0x03, attestationStatement(key, Buffer.concat([data, clientDataHash]), enterprise)],
  ]);
  if (enterprise) response.set(0x04, true);
  if (credential.largeBlobKey !== undefined) response.set(0x05, credential.largeBlobKey);
  return response;
}

function readRequest(key: Key, params: CborMap, rk: boolean) {
  return {
    clientDataHash: required(params, 0x01, ofLength(32)),
    rp: readRp(required(params, 0x02, map)),
    user: readUser(required(params, 0x03, map)),
    algorithms: readAlgorithms(params, 0x04),
    excludeList: readDescriptors(params, 0x05, key.profile.maxCredentialCountInList),
    extensions: readCreationExtensions(key, optional(params, 0x06, map) ?? NO_MEMBERS, rk),
    enterpriseAttestation: optional(params, 0x0a, unsigned),
  };
}

/** A credential under credProtect level 3 is not admitted to without user verification (§6.1.2 step 12). */
function excludes(credential: Credential | undefined, userVerified: boolean): boolean {
  return credential !== undefined && (userVerified || credential.credProtect !== 3);
}

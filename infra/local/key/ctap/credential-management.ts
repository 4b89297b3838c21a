import { createHash } from 'node:crypto';

import { encodeCbor } from '../cbor/encode';
import type { CborMap, CborValue } from '../cbor/types';
import { coseKey } from '../credential-key';
import type { Credential } from '../credentials';
import { Permission } from '../pin/token';
import { readUser } from './entities';
import { userMap } from './get-assertion';
import type { Call, Key } from './key';
import { bytes, map, NO_MEMBERS, ofLength, optional, required, text, unsigned } from './params';
import { readPinUvAuth } from './pin-uv-auth';
import { CtapError } from './status';

interface Request {
  readonly subCommand: number;
  readonly params: CborMap;
  readonly subParams: CborMap;
  readonly call: Call;
}

type SubCommand = (key: Key, request: Request) => CborMap | undefined;

const UPDATE_USER_INFORMATION = 0x07;

/** authenticatorCredentialManagement (CTAP 2.1 §6.8). */
export function credentialManagement(key: Key, params: CborMap, call: Call): CborMap | undefined {
  const subCommand = required(params, 0x01, unsigned);
  const subParams = optional(params, 0x02, map) ?? NO_MEMBERS;
  const run = subCommands.get(subCommand);
  if (run === undefined) throw new CtapError('INVALID_SUBCOMMAND', `credentialManagement ${subCommand}`);
  return run(key, { subCommand, params, subParams, call });
}

/**
 * The same under its number of before CTAP 2.1 (0x41). The preview had no updateUserInformation; keys that have both
 * numbers take it under either, and libfido2 1.12 sends it under this one.
 */
export function credentialManagementPreview(key: Key, params: CborMap, call: Call): CborMap | undefined {
  const updates = required(params, 0x01, unsigned) === UPDATE_USER_INFORMATION;
  if (updates && !key.profile.credentialManagement) throw new CtapError('INVALID_SUBCOMMAND', 'not in the preview');
  return credentialManagement(key, params, call);
}

const getCredsMetadata: SubCommand = (key, request) => {
  authorize(key, request, ANY_RP);
  return new Map([
    [0x01, key.credentials.discoverable().length],
    [0x02, key.credentials.remaining()],
  ]);
};

const enumerateRpsBegin: SubCommand = (key, request) => {
  authorize(key, request, ANY_RP);
  const oneOfEach = new Map(key.credentials.discoverable().map((one) => [one.rpIdHash.toString('hex'), one]));
  const [first, ...rest] = [...oneOfEach.values()];
  if (first === undefined) throw new CtapError('NO_CREDENTIALS');
  request.call.leave({ kind: 'rps', rest });
  return rpResponse(first).set(0x05, rest.length + 1);
};

const enumerateRpsNext: SubCommand = (_key, { call }) => {
  if (call.before?.kind !== 'rps') throw new CtapError('NOT_ALLOWED');
  const [next, ...rest] = call.before.rest;
  if (next === undefined) throw new CtapError('NOT_ALLOWED');
  call.leave({ kind: 'rps', rest });
  return rpResponse(next);
};

const enumerateCredentialsBegin: SubCommand = (key, request) => {
  const rpIdHash = required(request.subParams, 0x01, ofLength(32));
  const found = key.credentials.discoverable(rpIdHash);
  // The token is bound to an RP, the request names its hash: they fit also where the RP has nothing on the key (§6.8.4).
  const bound = key.token.boundRp();
  authorize(key, request, bound !== undefined && sha256(bound).equals(rpIdHash) ? bound : found[0]?.rp?.id);
  const [first, ...rest] = found;
  if (first === undefined) throw new CtapError('NO_CREDENTIALS');
  request.call.leave({ kind: 'credentials', rest });
  return credentialResponse(first).set(0x09, rest.length + 1);
};

const enumerateCredentialsNext: SubCommand = (_key, { call }) => {
  if (call.before?.kind !== 'credentials') throw new CtapError('NOT_ALLOWED');
  const [next, ...rest] = call.before.rest;
  if (next === undefined) throw new CtapError('NOT_ALLOWED');
  call.leave({ kind: 'credentials', rest });
  return credentialResponse(next);
};

const deleteCredential: SubCommand = (key, request) => {
  const credential = findById(key, request);
  authorize(key, request, credential?.rp?.id);
  if (credential === undefined) throw new CtapError('NO_CREDENTIALS');
  key.credentials.remove(credential.id);
  return undefined;
};

const updateUserInformation: SubCommand = (key, request) => {
  const credential = findById(key, request);
  const user = readUser(required(request.subParams, 0x03, map));
  authorize(key, request, credential?.rp?.id);
  if (credential?.user === undefined) throw new CtapError('NO_CREDENTIALS');
  if (!credential.user.id.equals(user.id)) throw new CtapError('INVALID_PARAMETER', 'another user');
  key.credentials.updateUser(credential.id, user);
  return undefined;
};

const subCommands = new Map<number, SubCommand>([
  [0x01, getCredsMetadata],
  [0x02, enumerateRpsBegin],
  [0x03, enumerateRpsNext],
  [0x04, enumerateCredentialsBegin],
  [0x05, enumerateCredentialsNext],
  [0x06, deleteCredential],
  [UPDATE_USER_INFORMATION, updateUserInformation],
]);

/** For what concerns all RPs at once: a token that is bound to one RP is not enough. */
const ANY_RP = Symbol('any RP');

/**
 * Checks the token (§6.8.2 and following): param over subCommand || subCommandParams, cm permission, and its RP.
 * An RP that is not on the key (undefined) fits an unbound token only.
 * @throws CtapError PUAT_REQUIRED, PIN_AUTH_INVALID
 */
function authorize(key: Key, request: Request, rpId: string | undefined | typeof ANY_RP): void {
  const { token } = key;
  const auth = readPinUvAuth(key, request.params, { parameter: 0x04, protocol: 0x03 });
  if (auth === undefined) throw new CtapError('PUAT_REQUIRED');
  // What was decoded was canonical, so encoding it again gives the very bytes that were signed.
  const subParams = request.params.has(0x02) ? encodeCbor(request.subParams) : Buffer.alloc(0);
  const message = Buffer.concat([Buffer.of(request.subCommand), subParams]);
  const valid = token.verify(auth.protocol, message, auth.parameter) && token.has(Permission.cm);
  const bound = token.boundRp();
  if (!valid || (bound !== undefined && bound !== rpId)) throw new CtapError('PIN_AUTH_INVALID');
}

function findById(key: Key, { subParams }: Request): Credential | undefined {
  const descriptor = required(subParams, 0x02, map);
  const id = required(descriptor, 'id', bytes);
  required(descriptor, 'type', text);
  return key.credentials.discoverable().find((one) => one.id.equals(id));
}

function rpResponse(credential: Credential): Map<number, CborValue> {
  const rp = new Map<string, CborValue>([['id', credential.rp?.id ?? '']]);
  if (credential.rp?.name !== undefined) rp.set('name', credential.rp.name);
  return new Map<number, CborValue>([
    [0x03, rp],
    [0x04, credential.rpIdHash],
  ]);
}

function credentialResponse(credential: Credential): Map<number, CborValue> {
  const descriptor = new Map<string, CborValue>(Object.entries({ id: credential.id, type: 'public-key' }));
  const response = new Map<number, CborValue>([
    [0x07, descriptor],
    [0x08, coseKey(credential.key)],
    [0x0a, credential.credProtect],
  ]);
  if (credential.user !== undefined) response.set(0x06, userMap(credential.user, true));
  if (credential.largeBlobKey !== undefined) response.set(0x0b, credential.largeBlobKey);
  return response;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

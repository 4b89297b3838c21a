import type { CborMap, CborValue } from '../cbor/types';
import type { PinUvAuthProtocol, SharedSecret } from '../pin/protocol';
import { Permission } from '../pin/token';
import { performBuiltInUv, uvRetries } from './built-in-uv';
import { hasFingerprints, type Call, type Key } from './key';
import { bytes, map, optional, required, text, unsigned } from './params';
import { findProtocol } from './pin-uv-auth';
import { CtapError } from './status';
import { grantable } from './token-grant';

/** Members of the request (CTAP 2.1 §6.5.5). */
const Member = {
  pinUvAuthProtocol: 0x01,
  subCommand: 0x02,
  keyAgreement: 0x03,
  pinUvAuthParam: 0x04,
  newPinEnc: 0x05,
  pinHashEnc: 0x06,
  permissions: 0x09,
  rpId: 0x0a,
} as const;

type Answer = Promise<CborMap | undefined> | CborMap | undefined;
type SubCommand = (key: Key, request: Request, call: Call) => Answer;
type Request = ReturnType<typeof readRequest>;

/** authenticatorClientPIN (CTAP 2.1 §6.5.5). */
export function clientPin(key: Key, params: CborMap, call: Call): Answer {
  const request = readRequest(params);
  const subCommand = subCommands.get(request.subCommand);
  if (subCommand === undefined) throw new CtapError('INVALID_SUBCOMMAND', `clientPIN ${request.subCommand}`);
  return subCommand(key, request, call);
}

/** Types are checked for every member that is there, also for those that the subcommand does not need. */
function readRequest(params: CborMap) {
  return {
    params,
    subCommand: required(params, Member.subCommand, unsigned),
    pinUvAuthProtocol: optional(params, Member.pinUvAuthProtocol, unsigned),
    keyAgreement: optional(params, Member.keyAgreement, map),
    pinUvAuthParam: optional(params, Member.pinUvAuthParam, bytes),
    newPinEnc: optional(params, Member.newPinEnc, bytes),
    pinHashEnc: optional(params, Member.pinHashEnc, bytes),
    permissions: optional(params, Member.permissions, unsigned),
    rpId: optional(params, Member.rpId, text),
  };
}

const getPinRetries: SubCommand = (key) =>
  new Map<number, CborValue>([
    [0x03, key.pin.retries()],
    [0x04, key.pin.powerCycleNeeded()],
  ]);

const getKeyAgreement: SubCommand = (key, { params }) => {
  const protocol = findProtocol(key, required(params, Member.pinUvAuthProtocol, unsigned));
  return new Map([[0x01, protocol.publicKey()]]);
};

const setPin: SubCommand = (key, { params }) => {
  const exchange = readExchange(key, params);
  const newPinEnc = required(params, Member.newPinEnc, bytes);
  const pinUvAuthParam = required(params, Member.pinUvAuthParam, bytes);
  const protocol = exchange.protocol();
  if (key.pin.isSet()) throw new CtapError('PIN_AUTH_INVALID', 'there is a PIN already');
  const secret = exchange.secret();
  if (!protocol.verify(secret.hmacKey, newPinEnc, pinUvAuthParam)) throw new CtapError('PIN_AUTH_INVALID');
  key.pin.set(decryptNewPin(protocol, secret, newPinEnc));
  return undefined;
};

const changePin: SubCommand = (key, { params }) => {
  const exchange = readExchange(key, params);
  const newPinEnc = required(params, Member.newPinEnc, bytes);
  const pinHashEnc = required(params, Member.pinHashEnc, bytes);
  const pinUvAuthParam = required(params, Member.pinUvAuthParam, bytes);
  const protocol = exchange.protocol();
  if (!key.pin.isSet()) throw new CtapError('PIN_NOT_SET');
  key.pin.assertOpen();
  const secret = exchange.secret();
  const message = Buffer.concat([newPinEnc, pinHashEnc]);
  if (!protocol.verify(secret.hmacKey, message, pinUvAuthParam)) throw new CtapError('PIN_AUTH_INVALID');
  key.pin.check(protocol, secret, pinHashEnc);
  key.pin.set(decryptNewPin(protocol, secret, newPinEnc));
  key.token.reset();
  return undefined;
};

/**
 * getPinToken (§6.5.5.7.1): the older way, always with mc and ga and without an RP. On a key without permissions it is
 * the only way, and good for everything.
 */
const getPinToken: SubCommand = (key, request) => {
  const exchange = readExchange(key, request.params);
  const pinHashEnc = required(request.params, Member.pinHashEnc, bytes);
  if (request.permissions !== undefined || request.rpId !== undefined) {
    throw new CtapError('INVALID_PARAMETER', 'getPinToken knows no permissions');
  }
  const all = grantable(key.profile, 'pin');
  const permissions = key.profile.pinUvAuthToken ? all & (Permission.mc | Permission.ga) : all;
  return tokenByPin(key, exchange, pinHashEnc, { permissions, rpId: undefined });
};

/** getPinUvAuthTokenUsingPinWithPermissions (§6.5.5.7.2). */
const getTokenUsingPin: SubCommand = (key, request) => {
  if (!key.profile.pinUvAuthToken) throw new CtapError('INVALID_SUBCOMMAND');
  const exchange = readExchange(key, request.params);
  const pinHashEnc = required(request.params, Member.pinHashEnc, bytes);
  return tokenByPin(key, exchange, pinHashEnc, readPermissions(key, request, 'pin'));
};

/** getPinUvAuthTokenUsingUvWithPermissions (§6.5.5.7.3): one finger, one try; the platform asks again, not the key. */
const getTokenUsingUv: SubCommand = async (key, request, call) => {
  if (!key.profile.pinUvAuthToken || key.profile.fingerprint === undefined) throw new CtapError('INVALID_SUBCOMMAND');
  const exchange = readExchange(key, request.params);
  const wanted = readPermissions(key, request, 'finger');
  const protocol = exchange.protocol();
  if (!hasFingerprints(key)) throw new CtapError('NOT_ALLOWED', 'no fingerprint is enrolled');
  const outcome = await performBuiltInUv(key, call, false);
  if (outcome !== 'verified') throw new CtapError(outcome === 'blocked' ? 'UV_BLOCKED' : 'UV_INVALID');
  const secret = exchange.secret();
  const token = key.token.begin({ ...wanted, userPresent: true });
  return new Map([[0x02, protocol.encrypt(secret, token)]]);
};

const getUvRetries: SubCommand = (key) => {
  if (key.profile.fingerprint === undefined) throw new CtapError('INVALID_SUBCOMMAND');
  return new Map([[0x05, uvRetries(key)]]);
};

const subCommands = new Map<number, SubCommand>([
  [0x01, getPinRetries],
  [0x02, getKeyAgreement],
  [0x03, setPin],
  [0x04, changePin],
  [0x05, getPinToken],
  [0x06, getTokenUsingUv],
  [0x07, getUvRetries],
  [0x09, getTokenUsingPin],
]);

interface Wanted {
  readonly permissions: number;
  readonly rpId: string | undefined;
}

function readPermissions(key: Key, request: Request, by: 'pin' | 'finger'): Wanted {
  const permissions = required(request.params, Member.permissions, unsigned);
  if (permissions === 0) throw new CtapError('INVALID_PARAMETER', 'no permission asked for');
  if ((permissions & ~grantable(key.profile, by)) !== 0) throw new CtapError('UNAUTHORIZED_PERMISSION');
  if ((permissions & (Permission.mc | Permission.ga)) !== 0) required(request.params, Member.rpId, text);
  return { permissions, rpId: request.rpId };
}

interface KeyExchange {
  protocol(): PinUvAuthProtocol;
  secret(): SharedSecret;
}

/** Presence of both members is checked at once, their content only when asked, as the specification orders it. */
function readExchange(key: Key, params: CborMap): KeyExchange {
  const version = required(params, Member.pinUvAuthProtocol, unsigned);
  const peer = required(params, Member.keyAgreement, map);
  const protocol = (): PinUvAuthProtocol => findProtocol(key, version);
  return { protocol, secret: () => protocol().decapsulate(peer) };
}

function decryptNewPin(protocol: PinUvAuthProtocol, secret: SharedSecret, newPinEnc: Buffer): Buffer {
  const padded = protocol.decrypt(secret, newPinEnc);
  if (padded === undefined) throw new CtapError('PIN_AUTH_INVALID', 'newPinEnc cannot be decrypted');
  return padded;
}

function tokenByPin(key: Key, exchange: KeyExchange, pinHashEnc: Buffer, wanted: Wanted): CborMap {
  const protocol = exchange.protocol();
  if (!key.pin.isSet()) throw new CtapError('PIN_NOT_SET');
  key.pin.assertOpen();
  const secret = exchange.secret();
  key.pin.check(protocol, secret, pinHashEnc);
  if (key.store.read().forcePinChange) throw new CtapError('PIN_POLICY_VIOLATION', 'the PIN must be changed first');
  const token = key.token.begin({ ...wanted, userPresent: false });
  return new Map([[0x02, protocol.encrypt(secret, token)]]);
}

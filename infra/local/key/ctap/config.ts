import { encodeCbor } from '../cbor/encode';
import type { CborMap } from '../cbor/types';
import { Permission } from '../pin/token';
import { isProtected, type Key } from './key';
import { arrayOf, boolean, map, NO_MEMBERS, optional, required, text, unsigned } from './params';
import { readPinUvAuth } from './pin-uv-auth';
import { CtapError } from './status';

type SubCommand = (key: Key, subParams: CborMap) => undefined;

const TOGGLE_ALWAYS_UV = 0x02;
/** 63 bytes of UTF-8 hold no more code points. */
const MAX_PIN_LENGTH = 63;

/** authenticatorConfig (CTAP 2.1 §6.11). */
export function authenticatorConfig(key: Key, params: CborMap): undefined {
  const number = required(params, 0x01, unsigned);
  const subParams = optional(params, 0x02, map) ?? NO_MEMBERS;
  const subCommand = subCommands.get(number);
  // Unlike clientPIN, this command answers so to a subcommand that it does not have (§6.11).
  if (subCommand === undefined) throw new CtapError('INVALID_PARAMETER', `authenticatorConfig ${number}`);
  authorize(key, params, number, subParams);
  return subCommand(key, subParams);
}

/**
 * The param is over 32 × ff || 0d || subCommand || subCommandParams. A key without user verification asks for none; with
 * alwaysUv on, all it lets through then is turning that off.
 */
function authorize(key: Key, params: CborMap, subCommand: number, subParams: CborMap): void {
  const auth = readPinUvAuth(key, params, { parameter: 0x04, protocol: 0x03 });
  if (!isProtected(key) && (!key.store.read().alwaysUv || subCommand === TOGGLE_ALWAYS_UV)) return;
  if (auth === undefined) throw new CtapError('PUAT_REQUIRED');
  const encoded = params.has(0x02) ? encodeCbor(subParams) : Buffer.alloc(0);
  const message = Buffer.concat([Buffer.alloc(32, 0xff), Buffer.of(0x0d, subCommand), encoded]);
  const valid = key.token.verify(auth.protocol, message, auth.parameter) && key.token.has(Permission.acfg);
  if (!valid) throw new CtapError('PIN_AUTH_INVALID');
}

/** enableEnterpriseAttestation (§6.11.1): only a reset disables it. */
function enableEnterpriseAttestation(key: Key): undefined {
  if (key.profile.enterpriseAttestation === undefined) throw new CtapError('INVALID_PARAMETER', 'there is none');
  key.store.change((state) => ({ ...state, enterpriseAttestation: true }));
  return undefined;
}

/** toggleAlwaysUv (§6.11.2). */
function toggleAlwaysUv(key: Key): undefined {
  const { alwaysUv } = key.store.read();
  if (alwaysUv && key.profile.alwaysUv === 'fixed') throw new CtapError('OPERATION_DENIED', 'on for good');
  key.store.change((state) => ({ ...state, alwaysUv: !alwaysUv }));
  return undefined;
}

/** setMinPINLength (§6.11.4): the minimum can only grow, and a PIN that is now too short must be changed. */
function setMinPinLength(key: Key, subParams: CborMap): undefined {
  const state = key.store.read();
  const minPinLength = optional(subParams, 0x01, unsigned) ?? state.minPinLength;
  const rpIds = optional(subParams, 0x02, arrayOf(text));
  const force = optional(subParams, 0x03, boolean) ?? false;
  const longest = Math.min(key.profile.maxPinLength ?? MAX_PIN_LENGTH, MAX_PIN_LENGTH);
  if (minPinLength < state.minPinLength || minPinLength > longest) throw new CtapError('PIN_POLICY_VIOLATION');
  if (force && state.pin === null) throw new CtapError('PIN_NOT_SET');
  if (rpIds !== undefined && rpIds.length > key.profile.maxRpIdsForSetMinPinLength) {
    throw new CtapError('KEY_STORE_FULL', 'too many RP ids');
  }
  const tooShort = state.pin !== null && state.pin.codePoints < minPinLength;
  key.store.change((now) => ({
    ...now,
    minPinLength,
    minPinLengthRpIds: rpIds ?? now.minPinLengthRpIds,
    forcePinChange: now.forcePinChange || force || tooShort,
  }));
  if (force || tooShort) key.token.reset();
  return undefined;
}

const subCommands = new Map<number, SubCommand>([
  [0x01, enableEnterpriseAttestation],
  [TOGGLE_ALWAYS_UV, toggleAlwaysUv],
  [0x03, setMinPinLength],
]);

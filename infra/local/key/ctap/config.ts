import { encodeCbor } from '../cbor/encode';
import type { CborMap } from '../cbor/types';
import { Permission } from '../pin/token';
import { isProtected, type Key } from './key';
import { arrayOf, boolean, map, NO_MEMBERS, optional, required, text, unsigned } from './params';
import { readPinUvAuth } from './pin-uv-auth';
import { CtapError } from './status';

const TOGGLE_ALWAYS_UV = 0x02;
const SET_MIN_PIN_LENGTH = 0x03;

/** authenticatorConfig (CTAP 2.1 §6.11): toggleAlwaysUv and setMinPINLength. */
export function authenticatorConfig(key: Key, params: CborMap): undefined {
  const subCommand = required(params, 0x01, unsigned);
  const subParams = optional(params, 0x02, map) ?? NO_MEMBERS;
  if (subCommand !== TOGGLE_ALWAYS_UV && subCommand !== SET_MIN_PIN_LENGTH) {
    throw new CtapError('INVALID_SUBCOMMAND', `authenticatorConfig ${subCommand}`);
  }
  authorize(key, params, subCommand, subParams);
  if (subCommand === SET_MIN_PIN_LENGTH) return setMinPinLength(key, subParams);
  key.store.change((state) => ({ ...state, alwaysUv: !state.alwaysUv }));
  return undefined;
}

/** The param is over 32 × ff || 0d || subCommand || subCommandParams. A key without a PIN asks for none. */
function authorize(key: Key, params: CborMap, subCommand: number, subParams: CborMap): void {
  const auth = readPinUvAuth(key, params, { parameter: 0x04, protocol: 0x03 });
  if (!isProtected(key)) return;
  if (auth === undefined) throw new CtapError('PUAT_REQUIRED');
  const encoded = params.has(0x02) ? encodeCbor(subParams) : Buffer.alloc(0);
  const message = Buffer.concat([Buffer.alloc(32, 0xff), Buffer.of(0x0d, subCommand), encoded]);
  const valid = key.token.verify(auth.protocol, message, auth.parameter) && key.token.has(Permission.acfg);
  if (!valid) throw new CtapError('PIN_AUTH_INVALID');
}

/** setMinPINLength (§6.11.4): the minimum can only grow, and a PIN that is now too short must be changed. */
function setMinPinLength(key: Key, subParams: CborMap): undefined {
  const state = key.store.read();
  const minPinLength = optional(subParams, 0x01, unsigned) ?? state.minPinLength;
  const rpIds = optional(subParams, 0x02, arrayOf(text));
  const force = optional(subParams, 0x03, boolean) ?? false;
  if (minPinLength < state.minPinLength || minPinLength > 63) throw new CtapError('PIN_POLICY_VIOLATION');
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

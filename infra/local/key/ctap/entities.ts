import type { CborMap } from '../cbor/types';
import type { UserEntity } from '../credentials';
import { arrayOf, boolean, bytes, integer, map, NO_MEMBERS, optional, required, text } from './params';
import { CtapError } from './status';

/** WebAuthn §5.4.3: a user handle has 1 to 64 bytes. */
const MAX_USER_ID = 64;

export function readRp(value: CborMap): { id: string; name?: string | undefined } {
  return { id: required(value, 'id', text), name: optional(value, 'name', text) };
}

export function readUser(value: CborMap): UserEntity {
  const id = required(value, 'id', bytes);
  if (id.length === 0 || id.length > MAX_USER_ID) throw new CtapError('INVALID_LENGTH', 'user.id');
  return { id, name: optional(value, 'name', text), displayName: optional(value, 'displayName', text) };
}

/** The ids in an allowList or excludeList; entries of other types than public-key are passed over. */
export function readDescriptors(params: CborMap, key: number, limit: number): Buffer[] | undefined {
  const list = optional(params, key, arrayOf(map))?.map((entry) => ({
    id: required(entry, 'id', bytes),
    type: required(entry, 'type', text),
  }));
  if (list !== undefined && list.length > limit)
    throw new CtapError('LIMIT_EXCEEDED', `more than ${limit} credentials`);
  return list?.filter((entry) => entry.type === 'public-key').map((entry) => entry.id);
}

/** pubKeyCredParams: every entry is checked, also those after the one that is chosen (CTAP 2.1 §6.1.2 step 3). */
export function readAlgorithms(params: CborMap, key: number): number[] {
  return required(params, key, arrayOf(map))
    .map((entry) => ({ alg: required(entry, 'alg', integer), type: required(entry, 'type', text) }))
    .filter((entry) => entry.type === 'public-key')
    .map((entry) => entry.alg);
}

/** The option members that makeCredential and getAssertion know; others are ignored, as CTAP wants. */
export function readOptions(params: CborMap, key: number): { rk?: boolean; up?: boolean; uv?: boolean } {
  const options = optional(params, key, map) ?? NO_MEMBERS;
  const [rk, up, uv] = ['rk', 'up', 'uv'].map((name) => optional(options, name, boolean));
  return {
    ...(rk === undefined ? {} : { rk }),
    ...(up === undefined ? {} : { up }),
    ...(uv === undefined ? {} : { uv }),
  };
}

import type { CborKey, CborMap, CborValue } from '../cbor/types';
import { CtapError } from './status';

/** What stands for a map that was left out. */
export const NO_MEMBERS: CborMap = new Map();

/** Turns a CBOR value into what a parameter must be, or ends the command with CBOR_UNEXPECTED_TYPE. */
export type Reader<T> = (value: CborValue) => T;

export const integer: Reader<number> = (value) => (typeof value === 'number' ? value : wrongType('an integer'));

export const unsigned: Reader<number> = (value) =>
  typeof value === 'number' && value >= 0 ? value : wrongType('an unsigned integer');

export const bytes: Reader<Buffer> = (value) =>
  value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : wrongType('a byte string');

export const text: Reader<string> = (value) => (typeof value === 'string' ? value : wrongType('text'));

export const boolean: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : wrongType('a boolean'));

export const map: Reader<CborMap> = (value) => (value instanceof Map ? (value as CborMap) : wrongType('a map'));

export function arrayOf<T>(item: Reader<T>): Reader<T[]> {
  return (value) => (Array.isArray(value) ? (value as readonly CborValue[]).map(item) : wrongType('an array'));
}

/** A member that may be absent. A member that is there with the wrong type is an error all the same. */
export function optional<T>(from: CborMap, key: CborKey, read: Reader<T>): T | undefined {
  const value = from.get(key);
  return value === undefined ? undefined : read(value);
}

/** A member without which the command ends with MISSING_PARAMETER. */
export function required<T>(from: CborMap, key: CborKey, read: Reader<T>): T {
  const value = optional(from, key, read);
  if (value === undefined) throw new CtapError('MISSING_PARAMETER', `member ${String(key)}`);
  return value;
}

/** For what the specification wants of an exact size, such as hashes. */
export function ofLength(length: number): Reader<Buffer> {
  return (value) => {
    const content = bytes(value);
    if (content.length !== length) throw new CtapError('INVALID_LENGTH', `not ${length} bytes`);
    return content;
  };
}

function wrongType(wanted: string): never {
  throw new CtapError('CBOR_UNEXPECTED_TYPE', `not ${wanted}`);
}

import { Decoder, Encoder } from 'cbor-x';
import { keyMalformed } from '../hid/faults';
import { scanItem } from './cbor-scan';

/** What CTAP2 messages are made of. Maps stay maps: their keys are numbers as often as words. */
export type CborValue =
  number | bigint | string | boolean | null | undefined | Uint8Array | readonly CborValue[] | CborMap;
export type CborMap = ReadonlyMap<number | string, CborValue>;

const encoder = new Encoder({ mapsAsObjects: false, useRecords: false, variableMapSize: true, tagUint8Array: false });
const decoder = new Decoder({ mapsAsObjects: false, useRecords: false });

/** Encodes as the CTAP2 canonical form asks: shortest numbers, definite lengths, map keys in order (CTAP 2.1 §8). */
export function encodeCbor(value: CborValue): Uint8Array {
  return Uint8Array.from(encoder.encode(canonical(value)));
}

/** Entries that are undefined are left out, so that optional parameters need no branches. */
export function cborMap(entries: readonly (readonly [number | string, CborValue])[]): CborMap {
  return new Map(entries.filter(([, value]) => value !== undefined));
}

/**
 * Decodes exactly one item.
 *
 * @throws Fault `key-malformed`
 */
export function decodeCbor(bytes: Uint8Array): CborValue {
  const { value, rest } = decodeFirstCbor(bytes);
  if (rest.length > 0) throw keyMalformed('bytes behind the CBOR item');
  return value;
}

/**
 * Decodes the first item and gives what follows it.
 *
 * @throws Fault `key-malformed`
 */
export function decodeFirstCbor(bytes: Uint8Array): { value: CborValue; rest: Uint8Array } {
  try {
    const end = scanItem(bytes);
    const value: unknown = decoder.decode(Buffer.from(bytes.subarray(0, end)));
    return { value: plain(value), rest: bytes.subarray(end) };
  } catch (error) {
    throw keyMalformed(error instanceof Error ? error.message : 'CBOR', error);
  }
}

/** Numbers become numbers where they fit, and bigints (vendor ids of 2^63 and such) where they do not. */
function plain(value: unknown): CborValue {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [mapKey(key), plain(entry)]));
  if (value === null || value === undefined) return value;
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  throw new Error('CBOR value of an unknown kind');
}

function mapKey(key: unknown): number | string {
  const plainKey = plain(key);
  if (typeof plainKey === 'number' || typeof plainKey === 'string') return plainKey;
  // A key of another kind has no meaning in CTAP2; its value is kept under a name that cannot be mistaken.
  return `?${Buffer.from(encodeCbor(plainKey)).toString('hex')}`;
}

function canonical(value: CborValue): unknown {
  // The encoder writes whole numbers of 2^32 and more as floats, but bigints as integers.
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) > 0xffffffff ? BigInt(value) : value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Array.isArray(value)) return value.map(canonical);
  if (value instanceof Map) {
    return new Map(
      [...(value as CborMap)]
        .sort(([a], [b]) => compareKeys(a, b))
        .map(([key, entry]) => [canonical(key), canonical(entry)]),
    );
  }
  return value;
}

/**
 * Major type first, then the shorter encoding, then bytewise: numbers from 0 up, then from -1 down, then words by their
 * length in UTF-8.
 */
function compareKeys(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') {
    return Number(a < 0) - Number(b < 0) || Math.abs(a) - Math.abs(b);
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return typeof a === 'number' ? -1 : 1;
}

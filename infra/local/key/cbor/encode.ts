import type { CborKey, CborValue } from './types';

const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5 } as const;

/**
 * Encodes to CTAP2 canonical CBOR: shortest integers, definite lengths, map keys sorted (CTAP 2.1 §8).
 * @throws RangeError for numbers that are no integers or do not fit 64 bits
 */
export function encodeCbor(value: CborValue): Buffer {
  if (value === null) return Buffer.of(0xf6);
  if (typeof value === 'boolean') return Buffer.of(value ? 0xf5 : 0xf4);
  if (typeof value === 'number' || typeof value === 'bigint') return encodeInteger(value);
  if (typeof value === 'string') return withHead(MAJOR.text, Buffer.from(value, 'utf8'));
  if (value instanceof Uint8Array) return withHead(MAJOR.bytes, value);
  if (value instanceof Map) return encodeMap(value as ReadonlyMap<CborKey, CborValue>);
  const items = value as readonly CborValue[];
  return Buffer.concat([head(MAJOR.array, items.length), ...items.map(encodeCbor)]);
}

function encodeMap(map: ReadonlyMap<CborKey, CborValue>): Buffer {
  const pairs = [...map].map(([key, value]) => ({ key: encodeCbor(key), value: encodeCbor(value) }));
  // Encoded keys in byte order are in CTAP2's order: major type first, then length, then bytes.
  pairs.sort((a, b) => Buffer.compare(a.key, b.key));
  return Buffer.concat([head(MAJOR.map, map.size), ...pairs.flatMap(({ key, value }) => [key, value])]);
}

function encodeInteger(value: number | bigint): Buffer {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new RangeError(`CTAP2 messages hold integers only, not ${value}`);
  }
  if (value >= 0) return head(MAJOR.unsigned, value);
  return head(MAJOR.negative, typeof value === 'bigint' ? -1n - value : -1 - value);
}

function withHead(major: number, content: Uint8Array): Buffer {
  return Buffer.concat([head(major, content.length), content]);
}

function head(major: number, argument: number | bigint): Buffer {
  const type = major << 5;
  // Numbers first: BigInt arithmetic is slow, and nearly all arguments are small.
  if (argument < 24) return Buffer.of(type | Number(argument));
  if (argument <= 0xff) return Buffer.of(type | 24, Number(argument));
  if (argument <= 0xffff) {
    const out = Buffer.of(type | 25, 0, 0);
    out.writeUInt16BE(Number(argument), 1);
    return out;
  }
  if (argument <= 0xffffffff) {
    const out = Buffer.of(type | 26, 0, 0, 0, 0);
    out.writeUInt32BE(Number(argument), 1);
    return out;
  }
  const out = Buffer.alloc(9);
  out[0] = type | 27;
  out.writeBigUInt64BE(BigInt(argument), 1);
  return out;
}

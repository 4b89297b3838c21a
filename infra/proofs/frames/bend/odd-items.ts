import { type Dice } from '../../seed';
import { bytes, integer, raw, text, type Tree } from './cbor-tree';

const filled = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte);

const NUMBERS = [
  ...[0n, 1n, -1n, 23n, 24n, 255n, 256n, 65_535n, 65_536n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n],
  ...[2n ** 63n, 2n ** 64n - 1n, -(2n ** 31n), -(2n ** 53n), -(2n ** 64n)],
];

/** Floats: 0, NaN, infinity, 1.5 and the largest, of each width. */
const FLOATS = [
  raw(0xf9, 0x00, 0x00),
  raw(0xf9, 0x7e, 0x00),
  raw(0xf9, 0x7c, 0x00),
  raw(0xf9, 0x3e, 0x00),
  raw(0xfa, 0x7f, 0xc0, 0x00, 0x00),
  raw(0xfa, 0x7f, 0x7f, 0xff, 0xff),
  raw(0xfb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0),
  raw(0xfb, 0xff, 0xf0, 0, 0, 0, 0, 0, 0),
  raw(0xfb, 0x7f, 0xef, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
];

/** What is no data at all: breaks, reserved heads, undefined, simple values, tags (bignum, CBOR in CBOR, records …). */
const ODDITIES = [
  ...[raw(0xff), raw(0x1c), raw(0x5f), raw(0x7f), raw(0x9f), raw(0xbf), raw(0xdc), raw(0xfc)],
  ...[raw(0xf7), raw(0xe0), raw(0xf8, 0x20), raw(0xf8, 0x00), raw(0xf6), raw(0xf4), raw(0xf5)],
  raw(0xc0, 0x61, 0x30),
  raw(0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0),
  raw(0xc4, 0x82, 0x3b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
  raw(0xd8, 0x18, 0x43, 0xa1, 0x01, 0x02),
  raw(0xd8, 0x1c, 0x81, 0xd8, 0x1d, 0x00),
  raw(0xd9, 0x01, 0x02, 0x80),
  raw(0xd9, 0xd9, 0xf7, 0xa0),
  raw(0xd9, 0xdf, 0xff, 0x82, 0x81, 0x61, 0x61, 0x00),
];

const TEXTS = [
  text(''),
  text('__proto__'),
  text('constructor'),
  text('\0'),
  text('\u001b[2J\u001b]0;owned\u0007'),
  text('\u202e\u2028\ud83d\udd11\u0301'),
  text('x'.repeat(300)),
  text('y'.repeat(7000)),
  { kind: 'text', value: Uint8Array.of(0xc3, 0x28, 0xff, 0xfe) } satisfies Tree,
];

const STRINGS = [0, 1, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 255, 1024, 7000].map((length) =>
  bytes(filled(length, length)),
);

/** One item in so many arrays or maps. */
function nested(depth: number, inMaps: boolean): Tree {
  const begin = inMaps ? [0xa1, 0x01] : [0x81];
  return raw(...Array.from({ length: depth }, () => begin).flat(), 0x00);
}

function wide(count: number, inMap: boolean): Tree {
  const numbers = Array.from({ length: count }, (_, at) => integer(at));
  return inMap
    ? { kind: 'map', entries: numbers.map((number) => [number, number] as const) }
    : { kind: 'array', items: numbers };
}

const NESTS = [3, 5, 9, 60, 3000].flatMap((depth) => [nested(depth, false), nested(depth, true)]);
const HEAPS = [0, 1, 64, 1500].flatMap((count) => [wide(count, false), wide(count, true)]);

const DRAWERS = [NUMBERS.map(integer), FLOATS, ODDITIES, TEXTS, STRINGS, NESTS, HEAPS];

/** An item that does not belong where it is put. Each kind is as likely as the others. */
export function oddItem(dice: Dice): Tree {
  return dice.one(dice.one(DRAWERS));
}

/** A length that is not the true one. */
export function falseLength(length: number, dice: Dice): bigint {
  const near = BigInt(length) + dice.one([-1n, 1n, 2n, 7n]);
  return dice.one([
    near < 0n ? 1n : near,
    0n,
    23n,
    255n,
    65_535n,
    2n ** 31n,
    2n ** 32n - 1n,
    2n ** 53n,
    2n ** 64n - 1n,
  ]);
}

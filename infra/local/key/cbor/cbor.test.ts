import fc from 'fast-check';

import { CborError, decodeCbor } from './decode';
import { encodeCbor } from './encode';
import type { CborKey, CborValue } from './types';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('canonical CBOR', () => {
  // RFC 8949 Appendix A, as far as CTAP2 messages use it.
  const vectors: [string, CborValue][] = [
    ['00', 0],
    ['17', 23],
    ['1818', 24],
    ['1903e8', 1000],
    ['1a000f4240', 1000000],
    ['1b000000e8d4a51000', 1000000000000],
    ['1bffffffffffffffff', 18446744073709551615n],
    ['20', -1],
    ['3863', -100],
    ['3903e7', -1000],
    ['3bffffffffffffffff', -18446744073709551616n],
    ['f4', false],
    ['f5', true],
    ['f6', null],
    ['40', Buffer.alloc(0)],
    ['4401020304', hex('01020304')],
    ['62c3bc', 'ü'],
    ['64f0908591', '\u{10151}'],
    ['83010203', [1, 2, 3]],
    ['a201020304', new Map([[1, 2], [3, 4]])], // prettier-ignore
    ['a26161016162820203', new Map<string, CborValue>([['a', 1], ['b', [2, 3]]])], // prettier-ignore
  ];

  test.each(vectors)('%s is read and written', (encoded, value) => {
    expect(decodeCbor(hex(encoded))).toEqual(value);
    expect(encodeCbor(value).toString('hex')).toBe(encoded);
  });

  test('writes map keys in the order of CTAP2: integers before text, short before long', () => {
    const map = new Map<CborKey, CborValue>([
      ['aa', 0],
      ['b', 0],
      [-1, 0],
      [1000, 0],
      [2, 0],
    ]);
    expect(encodeCbor(map).toString('hex')).toBe('a5 02 00 19 03e8 00 20 00 61 62 00 62 6161 00'.replaceAll(' ', ''));
  });

  test.each([
    ['an integer longer than needed', '1817'],
    ['a 16-bit integer that fits 8', '190017'],
    ['a 64-bit integer that fits 32', '1b00000000ffffffff'],
    ['a length longer than needed', '580141'],
    ['an indefinite byte string', '5f4101ff'],
    ['an indefinite map', 'bf0102ff'],
    ['a reserved head', '1c'],
    ['a tag', 'c101'],
    ['a float', 'f93c00'],
    ['undefined', 'f7'],
    ['map keys out of order', 'a202000100'],
    ['text keys out of order', 'a2626161006162 00'],
    ['a repeated map key', 'a201000100'],
    ['a map as a key', 'a1a000'],
    ['text that is not UTF-8', '61ff'],
    ['trailing bytes', '0000'],
    ['nothing', ''],
    ['a string that ends early', '42 00'],
    ['an array whose length lies', '9b7fffffffffffffff'],
    ['five levels', '81818181 8100'],
  ])('refuses %s', (_name, encoded) => {
    expect(() => decodeCbor(hex(encoded))).toThrow(CborError);
  });

  test('four levels are allowed', () => {
    expect(decodeCbor(hex('8181818100'))).toEqual([[[[0]]]]);
  });

  test('refuses to write what is no integer', () => {
    expect(() => encodeCbor(1.5)).toThrow(RangeError);
  });

  const key = fc.oneof(fc.maxSafeInteger(), fc.string({ unit: 'grapheme', maxLength: 30 }));
  const leaf = fc.oneof(
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );
  const inner = fc.array(fc.tuple(key, leaf), { maxLength: 6 }).map((pairs) => new Map<CborKey, CborValue>(pairs));
  const value: fc.Arbitrary<CborValue> = fc.oneof(leaf, inner, fc.array(inner, { maxLength: 4 }));

  test('what is written is read back the same', () => {
    fc.assert(
      fc.property(value, (written) => {
        expect(decodeCbor(encodeCbor(written))).toEqual(written);
      }),
      { numRuns: 500 },
    );
  });

  test('bytes that are accepted are the only encoding of their value', () => {
    const mutated = fc.tuple(value, fc.nat(), fc.nat(255)).map(([written, at, byte]) => {
      const bytes = encodeCbor(written);
      bytes[at % bytes.length] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(mutated, (bytes) => {
        let read: CborValue;
        try {
          read = decodeCbor(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(CborError);
          return;
        }
        expect(encodeCbor(read).equals(bytes)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

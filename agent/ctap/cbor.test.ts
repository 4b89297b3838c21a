import fc from 'fast-check';
import { Fault } from '../protocol/fault';
import { cborMap, type CborValue, decodeCbor, decodeFirstCbor, encodeCbor } from './cbor';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

describe('canonical CTAP2 CBOR out', () => {
  // RFC 8949 appendix A, and the key order of CTAP 2.1 §8.
  const table: [string, CborValue, string][] = [
    ['0', 0, '00'],
    ['23', 23, '17'],
    ['24', 24, '1818'],
    ['255', 255, '18ff'],
    ['1000', 1000, '1903e8'],
    ['1000000', 1000000, '1a000f4240'],
    ['4294967295', 0xffffffff, '1affffffff'],
    ['4294967296', 0x100000000, '1b0000000100000000'],
    ['2^53', 2n ** 53n, '1b0020000000000000'],
    ['2^64-1', 2n ** 64n - 1n, '1bffffffffffffffff'],
    ['-1', -1, '20'],
    ['-257', -257, '390100'],
    ['-2^40', -(2 ** 40), '3b000000ffffffffff'],
    ['bytes', bytes('01020304'), '4401020304'],
    ['text', 'ü', '62c3bc'],
    ['a list', [1, [2, 3]], '8201820203'],
    ['true', true, 'f5'],
    [
      'a map: numbers before words, short before long',
      cborMap([
        ['b', 1],
        ['aa', 2],
        [-1, 3],
        [10, 4],
        [100, 5],
        ['a', 6],
        [2, undefined],
      ]),
      'a60a041864052003616106616201' + '62616102',
    ],
    [
      'descriptor: id before type',
      cborMap([
        ['type', 'public-key'],
        ['id', bytes('aa')],
      ]),
      'a262696441aa64747970656a7075626c69632d6b6579',
    ],
  ];
  it.each(table)('%s', (_, value, expected) => expect(hex(encodeCbor(value))).toBe(expected));

  const value = fc.letrec<{ value: CborValue; map: CborValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.integer(),
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.uint8Array({ maxLength: 80 }),
      fc.array(tie('value'), { maxLength: 5 }),
      tie('map'),
    ),
    map: fc
      .uniqueArray(fc.tuple(fc.oneof(fc.integer(), fc.string({ unit: 'binary', maxLength: 30 })), tie('value')), {
        selector: ([key]) => key,
        maxLength: 30,
      })
      .map((entries) => new Map(entries)),
  }));
  it('comes back as it went, and the same again', () => {
    fc.assert(
      fc.property(value.value, (original) => {
        const encoded = encodeCbor(original);
        const decoded = attempt(() => decodeCbor(encoded));
        // Nested deeper than any answer may be.
        if (decoded instanceof Fault) return;
        expect(encodeCbor(decoded)).toEqual(encoded);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what a key sends', () => {
  it.each([
    ['an integer beyond 2^48 as a number', '1b0001000000000000', 2 ** 48],
    ['an integer beyond 2^53 as a bigint', '1bffffffffffffffff', 2n ** 64n - 1n],
    [
      'a map out of order',
      'a202010102',
      cborMap([
        [2, 1],
        [1, 2],
      ]),
    ],
    ['a number that is longer than needed', '1801', 1],
    ['null', 'f6', null],
  ])('is read: %s', (_, encoded, expected) => expect(decodeCbor(bytes(encoded))).toEqual(expected));

  it.each([
    ['nothing', ''],
    ['a map cut short', 'a201'],
    ['a text longer than the message', '7affffffff61'],
    ['a list of 2^64-1', '9bffffffffffffffff'],
    ['a map of 2^32-1', 'baffffffff'],
    ['an indefinite list', '9f01ff'],
    ['indefinite bytes', '5f4101ff'],
    ['a reserved length', '1c'],
    ['a tag', 'c001'],
    ['a shared structure of the library', 'd8698101'],
    ['a simple value without meaning', 'e0'],
    ['the same key twice', 'a201010102'],
    ['bytes behind it', '0000'],
    ['nesting without end', '81'.repeat(2000) + '00'],
    ['too many items', `99ffff${'00'.repeat(65535)}`],
  ])('is refused: %s', (_, encoded) => {
    expect(attempt(() => decodeCbor(bytes(encoded)))).toMatchObject({ code: 'key-malformed' });
  });

  it('can be followed by more', () => {
    expect(decodeFirstCbor(bytes('a10102ff'))).toEqual({ value: cborMap([[1, 2]]), rest: bytes('ff') });
  });

  it('never does worse than a Fault', () => {
    const mutated = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(7)).map(([data, major]) => {
      data[0] = (major << 5) | ((data[0] ?? 0) & 0x1f);
      return data;
    });
    fc.assert(
      fc.property(mutated, (data) => {
        const result = attempt(() => decodeCbor(data));
        if (result instanceof Fault) expect(result.code).toBe('key-malformed');
      }),
      { numRuns: 3000 },
    );
  });
});

function attempt(run: () => CborValue): CborValue | Fault {
  try {
    return run();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

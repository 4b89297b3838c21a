import { encodeCbor } from '../../../local/key/cbor/encode';
import { type CborValue } from '../../../local/key/cbor/types';
import { createDice } from '../../seed';
import { MAX_MESSAGE } from '../../../local/key/hid/packet';
import { bendMessage } from './bend-message';
import { bendWire, GRAVE_KINDS, MILD_KINDS } from './bend-wire';
import { bytes, integer, raw, readTree, text, type Tree, writeTree } from './cbor-tree';

const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');
const fromHex = (value: string) => Buffer.from(value, 'hex');

describe('a CBOR tree', () => {
  // RFC 8949 appendix A.
  it.each([
    '00',
    '1818',
    '1bffffffffffffffff',
    '20',
    '3903e7',
    '43010203',
    '6161',
    '80',
    '820102',
    'a16161820203',
    'f6',
  ])('of %s is written as it was read', (vector) => {
    const found = readTree(fromHex(vector));
    expect(found && hex(writeTree(found.tree))).toBe(vector);
    expect(found?.rest).toHaveLength(0);
  });

  it.each(['', '18', '4301', '8201', 'a101', '9f01ff', 'c101'])('is not read from %s', (vector) => {
    expect(readTree(fromHex(vector))).toBeUndefined();
  });

  it('gives what follows', () => {
    expect(hex(readTree(fromHex('0102'))?.rest ?? Buffer.alloc(0))).toBe('02');
  });

  const odd: [string, Tree, string][] = [
    ['a head longer than need be', { ...integer(1), width: 2 }, '190001'],
    ['a length that is not true', { ...bytes(fromHex('0102')), claims: 9n }, '490102'],
    ['an indefinite string', { ...text('a'), open: true }, '7f6161ff'],
    ['an indefinite map', { kind: 'map', entries: [[integer(1), raw(0xf5)]], open: true }, 'bf01f5ff'],
    [
      'a key twice',
      { kind: 'map', entries: [1, 2].map((value) => [integer(1), integer(value)] as const) },
      'a201010102',
    ],
    ['a negative number', integer(-1n << 64n), '3bffffffffffffffff'],
  ];
  it.each(odd)('writes %s', (_, tree, written) => {
    expect(hex(writeTree(tree))).toBe(written);
  });
});

describe('bending', () => {
  const info = new Map<number, CborValue>([
    [1, ['FIDO_2_0', 'FIDO_2_1_PRE', 'FIDO_2_1']],
    [3, Buffer.alloc(16, 5)],
    [4, new Map(Object.entries({ rk: true, clientPin: true }))],
    [5, 1200],
  ]);
  const message = Buffer.concat([Buffer.of(0), encodeCbor(info)]);
  const dice = createDice(4711);
  const many = Array.from({ length: 2_000 }, () => hex(bendMessage(message, dice)));

  it('does the same for the same seed', () => {
    expect(hex(bendMessage(message, createDice(4711)))).toBe(many[0]);
  });

  it('makes very different messages, nearly all of them wrong, none longer than CTAPHID carries', () => {
    expect(new Set(many).size).toBeGreaterThan(1_000);
    expect(many.filter((each) => each === hex(message)).length).toBeLessThan(100);
    expect(Math.max(...many.map((each) => each.length / 2))).toBe(MAX_MESSAGE);
  });

  it('gives every status', () => {
    const statuses = new Set(Array.from({ length: 20_000 }, () => bendMessage(message, dice)[0]));
    statuses.delete(undefined);
    expect(statuses.size).toBe(256);
  });

  it.each([...MILD_KINDS, ...GRAVE_KINDS])('of the wire: "%s" begins with something, or is silence', (kind) => {
    const passing = { cid: 0x01020304, command: 0x10, message: Buffer.alloc(200, 1) };
    for (let seed = 0; seed < 50; seed += 1) {
      const deliveries = bendWire(kind, passing, createDice(seed))[Symbol.iterator]();
      const first = deliveries.next();
      if (first.done) expect(['silence', 'cut off', 'a report lost']).toContain(kind);
      else expect(first.value.wait).toBeGreaterThanOrEqual(0);
    }
  });
});

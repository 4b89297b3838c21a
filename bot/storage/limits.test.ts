import fc from 'fast-check';
import { Fault } from '../../agent/protocol/fault';
import { type Op, type Row, checkRow, checkTransaction, rowBytes } from './limits';
import { joinText, splitText } from './text';

/** The code of the Fault that is thrown; undefined where none is. */
function refusal(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Fault && !error.retry) return error.code;
    throw error;
  }
}

/** Whether UTF-8 can carry it: no half of a surrogate pair alone. */
const carried = (text: unknown) => Buffer.from(String(text), 'utf8').toString('utf8') === text;

const row = (props: Row['props'], pk = 'p', rk = 'r'): Row => ({ pk, rk, props });
const props = (count: number, value: string | number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, value]));

describe('a row is refused that Azure would refuse, also where Azurite takes it', () => {
  test.each<[string, Row, string | undefined]>([
    ['252 properties', row(props(252, 1)), undefined],
    ['253 properties', row(props(253, 1)), 'storage-full-entity'],
    ['a text of 32768', row({ a: 'x'.repeat(32_768) }), undefined],
    ['a text of 32769', row({ a: 'x'.repeat(32_769) }), 'storage-full-entity'],
    ['15 texts of 32768', row(props(15, 'x'.repeat(32_768))), undefined],
    ['16 texts of 32768, over 1 MiB', row(props(16, 'x'.repeat(32_768))), 'storage-full-entity'],
    ['name a-b', row({ 'a-b': 1 }), 'storage-odd-row'],
    ['name a.b', row({ 'a.b': 1 }), 'storage-odd-row'],
    ['name 1a', row({ '1a': 1 }), 'storage-odd-row'],
    ['name a b', row({ 'a b': 1 }), 'storage-odd-row'],
    ['name of 255', row({ ['a'.repeat(255)]: 1 }), undefined],
    ['name of 256', row({ ['a'.repeat(256)]: 1 }), 'storage-odd-row'],
    ['name Timestamp', row({ Timestamp: 1 }), 'storage-odd-row'],
    ['name PartitionKey', row({ PartitionKey: 'x' }), 'storage-odd-row'],
    ['not a number', row({ a: NaN }), 'storage-odd-row'],
    ['key a/b', row({}, 'a/b'), 'storage-odd-row'],
    ['key a\\b', row({}, 'p', 'a\\b'), 'storage-odd-row'],
    ['key a#b', row({}, 'p', 'a#b'), 'storage-odd-row'],
    ['key a?b', row({}, 'a?b'), 'storage-odd-row'],
    ['key with tab', row({}, 'a\tb'), 'storage-odd-row'],
    ['key with U+0085', row({}, 'a\u0085b'), 'storage-odd-row'],
    ['key with ~ : @ é', row({}, 'a~b:c@d é'), undefined],
    ['empty keys', row({}, '', ''), undefined],
    ['key of 512', row({}, 'k'.repeat(512)), undefined],
    ['key of 513', row({}, 'k'.repeat(513)), 'storage-odd-row'],
  ])('%s', (_, given, code) => {
    expect(refusal(() => checkRow(given))).toBe(code);
  });

  test('sizes are counted as Azure counts them', () => {
    expect(rowBytes(row({ ab: 'xyz', n: 1, yes: true }))).toBe(4 + 4 + (8 + 4 + 10) + (8 + 2 + 8) + (8 + 6 + 1));
  });
});

describe('a transaction is refused that Azure would refuse', () => {
  const inserts = (count: number, value: string): Op[] =>
    Array.from({ length: count }, (_, n) => ({ kind: 'insert', row: row({ a: value }, 'p', `r${n}`) }));
  test.each<[string, Op[], string | undefined]>([
    ['100 operations', inserts(100, 'x'), undefined],
    ['101 operations', inserts(101, 'x'), 'storage-full-transaction'],
    ['none', [], 'storage-full-transaction'],
    ['under 4 MiB', inserts(99, 'x'.repeat(32_000)), undefined],
    ['over 4 MiB', inserts(99, 'ä'.repeat(32_000)), 'storage-full-transaction'],
    ['one row twice', [...inserts(1, 'x'), { kind: 'remove', rk: 'r0' }], 'storage-odd-row'],
    ['two partitions', [{ kind: 'insert', row: row({}, 'q') }], 'storage-odd-row'],
    ['a row that is refused', inserts(1, 'x'.repeat(40_000)), 'storage-full-entity'],
  ])('%s', (_, ops, code) => {
    expect(refusal(() => checkTransaction('p', ops))).toBe(code);
  });
});

test('any text is split into pieces that UTF-8 can carry, and joined again', () => {
  const long = fc
    .tuple(fc.string({ unit: 'grapheme' }), fc.nat(3), fc.string())
    .map(([a, n, b]) => `${a}${'🗝'.repeat(n * 10_000)}${b}`);
  fc.assert(
    fc.property(long, (text) => {
      const pieces = splitText(text);
      expect(Object.values(pieces).every(carried)).toBe(true);
      expect(joinText(pieces)).toBe(text);
    }),
    { numRuns: 50 },
  );
  expect(joinText({})).toBeUndefined();
});

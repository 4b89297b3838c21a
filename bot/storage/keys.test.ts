import fc from 'fast-check';
import { hourOf, invertedTime, keyOf, safeKey } from './keys';
import { checkKey } from './limits';

test.each([
  ['ticket~nonce~approve~oid', 'ticket!7Enonce!7Eapprove!7Eoid'],
  ['a/b\\c#d?e%f', 'a!2Fb!5Cc!23d!3Fe!25f'],
  ["it's", 'it!27s'],
  ['', ''],
  ['é\n', '!C3!A9!0A'],
])('%j is the key part %j', (text, key) => expect(safeKey(text)).toBe(key));

test('any text makes a key that Azure takes, and two texts never the same', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 }).map((raw) => Buffer.from(raw, 'utf8').toString('utf8'));
  fc.assert(
    fc.property(text, text, (a, b) => {
      checkKey(keyOf('cmd', a));
      expect(safeKey(a).includes('~')).toBe(false);
      expect(safeKey(a) === safeKey(b)).toBe(a === b);
    }),
  );
});

test('a long text becomes a hash that no short one can be', () => {
  expect(safeKey('x'.repeat(201))).toMatch(/^!h[0-9a-f]{64}$/);
  expect(safeKey(safeKey('x'.repeat(201)))).not.toBe(safeKey('x'.repeat(201)));
});

test('an hour is the bucket of a moment, whatever its zone; the newest comes first inverted', () => {
  expect(hourOf('2025-03-04T23:30:00.000Z')).toBe('2025030423');
  expect(hourOf('2025-03-05T00:30:00+02:00')).toBe('2025030422');
  expect(invertedTime('2025-03-04T10:00:00.001Z') < invertedTime('2025-03-04T10:00:00.000Z')).toBe(true);
});

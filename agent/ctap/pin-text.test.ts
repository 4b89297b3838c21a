import { Secret } from '../protocol/secret';
import { newPinRefused, normalisePin, paddedPin, pinUnsendable } from './pin-text';

const refused = (pin: string, minimum = 4, maximum?: number) =>
  newPinRefused(new Secret(pin), { minimum, maximum })?.code;

describe('a new PIN', () => {
  it.each([
    ['four digits', '4711', undefined],
    ['three digits', '471', 'pin-too-short'],
    ['nothing', '', 'pin-too-short'],
    ['three emoji, 12 bytes', '🔑🔑🔑', 'pin-too-short'],
    ['four emoji, 16 bytes', '🔑🔑🔑🔑', undefined],
    ['three letters typed as six code points', 'e\u0301e\u0301e\u0301', 'pin-too-short'],
    ['63 bytes', 'a'.repeat(63), undefined],
    ['64 bytes', 'a'.repeat(64), 'pin-too-long'],
    ['32 characters of 2 bytes', 'ü'.repeat(32), 'pin-too-long'],
    ['31 characters of 2 bytes', 'ü'.repeat(31), undefined],
    ['a zero byte at its end', '1234\0', 'pin-too-long'],
  ])('of %s', (_, pin, code) => expect(refused(pin)).toBe(code));

  it.each([
    [6, undefined, '47114', 'pin-too-short'],
    [6, undefined, '471147', undefined],
    [4, 8, '123456789', 'pin-too-long'],
    [4, 8, '12345678', undefined],
  ])('follows the key: at least %i, at most %s', (minimum, maximum, pin, code) => {
    expect(refused(pin, minimum, maximum)).toBe(code);
  });
});

it('the PIN the key has may have any length that can be sent', () => {
  const code = (pin: string) => pinUnsendable(new Secret(pin))?.code;
  expect([code(''), code('1'), code('x'.repeat(63)), code('x'.repeat(64))]).toEqual([
    'pin-empty',
    undefined,
    undefined,
    'pin-too-long',
  ]);
});

it('is normalised to NFC and padded with zeros to 64 bytes', () => {
  expect(normalisePin(new Secret('cafe\u0301')).reveal()).toBe('caf\u00e9');
  const padded = paddedPin(new Secret('cafe\u0301'));
  expect(padded).toHaveLength(64);
  expect(padded.subarray(0, 6).toString('hex')).toBe('636166c3a900');
  expect(padded.subarray(5).every((byte) => byte === 0)).toBe(true);
});

import { encodeId } from './id-encoding';

test.each([
  [1, '-w', '-w2', '-w=='],
  [2, '-_8', '-_81', '-/8='],
  [3, '-_8A', '-_8A0', '-/8A'],
])('an id of %d bytes', (_length, plain, digit, padded) => {
  const bytes = Buffer.from(plain, 'base64url').toString('base64url');
  expect(bytes).toBe(plain);
  expect(encodeId(plain, 'token-digit')).toBe(digit);
  expect(encodeId(plain, 'base64')).toBe(padded.replaceAll('-', '+'));
});

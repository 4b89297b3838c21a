import { retryAfterMs } from './retry-after';

const now = Date.parse('2026-11-21T12:00:00Z');

test.each([
  [null, undefined],
  ['', undefined],
  ['soon', undefined],
  ['0', 0],
  ['7', 7_000],
  [' 1.5 ', 1_500],
  ['-3', 0],
  ['999999999', 600_000],
  ['Sat, 21 Nov 2026 12:00:05 GMT', 5_000],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
])('Retry-After %p is %p ms', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms);
});

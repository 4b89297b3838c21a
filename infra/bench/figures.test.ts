import { quantile, ratio, timed } from './figures';

test.each([
  [[5, 1, 3], 0.5, 3],
  [[1, 2, 3, 4], 0.99, 4],
  [[7], 0, 7],
])('of %j the %d quantile is %d', (samples, part, expected) => {
  expect(quantile(samples, part)).toBe(expected);
});

test('no samples give no number', () => {
  expect(quantile([], 0.5)).toBeNaN();
});

test('a ratio is ours over theirs', () => {
  expect(ratio({ id: '', what: '', ours: 30, peer: '', peers: 10 })).toBe(3);
});

test('what takes a while is timed', async () => {
  expect(await timed(() => new Promise((done) => setTimeout(done, 30)))).toBeGreaterThanOrEqual(29);
});

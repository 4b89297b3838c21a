import { type Figure, holds, line, median, quantile, ratio, timed } from './figures';

test.each([
  [[5, 1, 3], 0.5, 3],
  [[1, 2, 3, 4], 0.99, 4],
  [[7], 0, 7],
])('of %j the %d quantile is %d', (samples, part, expected) => {
  expect(quantile(samples, part)).toBe(expected);
});

test('no samples give no number', () => {
  expect(median([])).toBeNaN();
});

const figure: Figure = { id: 'x', what: 'a thing', ours: 30, peer: 'a peer', peers: 10 };

test('a ratio is ours over theirs', () => {
  expect(ratio(figure)).toBe(3);
});

test.each([
  [{ ...figure }, undefined, 'a thing: 30.0 ms, 3.00 times the 10.0 ms of a peer'],
  [{ ...figure, goal: { ratio: 3 } }, true, '(goal: at most 3 times) holds'],
  [{ ...figure, goal: { ratio: 2.9 } }, false, '(goal: at most 2.9 times) DOES NOT HOLD'],
  [{ ...figure, ours: 0.3, goal: { most: 0.3 } }, true, '(goal: at most 0.30 ms) holds'],
  [{ ...figure, unit: 'exchanges' as const, goal: { most: 29 } }, false, '30 exchanges, 3.00 times the 10 exchanges'],
])('%j: holds is %s', (one, expected, text) => {
  expect(holds(one)).toBe(expected);
  expect(line(one)).toContain(text);
});

test('what takes a while is timed', async () => {
  expect(await timed(() => new Promise((done) => setTimeout(done, 30)))).toBeGreaterThanOrEqual(29);
});

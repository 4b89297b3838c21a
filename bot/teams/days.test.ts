import { startOfDay } from './days';

test.each<[string, string | undefined, number, string | undefined]>([
  ['2026-03-02', undefined, 0, '2026-03-02T00:00:00.000Z'],
  ['2026-03-02', 'Europe/Berlin', 0, '2026-03-01T23:00:00.000Z'],
  ['2026-07-02', 'Europe/Berlin', 0, '2026-07-01T22:00:00.000Z'],
  ['2026-03-02', 'America/Los_Angeles', 0, '2026-03-02T08:00:00.000Z'],
  ['2026-03-02', 'Asia/Kolkata', 0, '2026-03-01T18:30:00.000Z'],
  // The clocks change in the night to 29 March: the day has 23 hours.
  ['2026-03-29', 'Europe/Berlin', 0, '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', 1, '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', 1, '2026-10-25T23:00:00.000Z'],
  ['2026-12-31', 'Pacific/Auckland', 1, '2026-12-31T11:00:00.000Z'],
  ['2026-03-02', 'Not/AZone', 0, '2026-03-02T00:00:00.000Z'],
  ['2026-02-30', undefined, 0, undefined],
  ['02.03.2026', undefined, 0, undefined],
  ['', undefined, 0, undefined],
  ['2026-03-02T10:00', undefined, 0, undefined],
])('%s in %s, %s days later', (day, zone, later, moment) => {
  expect(startOfDay(day, zone, later)).toBe(moment);
});

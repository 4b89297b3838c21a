import { type Burst, wrongWith } from './burst';

const approval = { by: { id: 'mara', name: 'Mara' }, at: '2026-03-02T09:00:00.000Z', how: 'video' as const };
const good: Burst = {
  verb: 'show',
  times: 3,
  answers: [{}, { letters: 'd#MTXEuK' }, {}],
  events: { 'pass-started': 1, 'pass-issued': 1 },
  once: ['pass-started', 'pass-issued'],
  ticketsNow: 1,
  passesMade: 1,
  ticket: { approvals: [approval], vouchTries: 1 },
};

it('finds nothing wrong with a click that counted once', () => {
  expect(wrongWith(good)).toEqual([]);
});

it.each<[string, Partial<Burst>, RegExp]>([
  [
    'a delivery without an answer',
    { answers: [...good.answers.slice(1), { fault: 'unreachable' }] },
    /1 deliveries had no/,
  ],
  ['an event recorded twice', { events: { ...good.events, 'pass-issued': 2 } }, /"pass-issued" was recorded 2 times/],
  ['an event that is missing', { events: {} }, /"pass-started" was recorded 0 times/],
  ['two tickets', { ticketsNow: 2 }, /2 tickets/],
  ['two passes', { passesMade: 2 }, /2 passes were made/],
  ['a pass shown twice', { answers: good.answers.map((one) => ({ ...one, letters: 'x' })) }, /3 answers held a pass/],
  ['two approvals', { ticket: { approvals: [approval, approval], vouchTries: 0 } }, /2 approvals/],
  ['tries burned', { ticket: { approvals: [approval], vouchTries: 3 } }, /counted as 3 tries/],
])('finds %s', (_what, change, says) => {
  expect(wrongWith({ ...good, ...change })).toContainEqual(expect.stringMatching(says));
});

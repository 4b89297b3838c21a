import { type Fate, type OutsideCall } from '../rig/played/edges';
import { obeyed } from './obeyed';

let number = 0;
const call = (at: number, more: Partial<OutsideCall> = {}): OutsideCall => ({
  ...{
    number: (number += 1),
    to: 'graph',
    label: 'GET /users/{id}',
    writes: false,
    resource: 'GET /users/1',
    at,
    endedAt: at,
  },
  ...more,
});
const throttled = (retryAfter: string): Fate => ({ when: 'before', as: { status: 429, retryAfter } });

it.each([
  ['the same resource in the pause', [call(0, { fate: throttled('10') }), call(9_000)], 1],
  ['the same resource when it is over', [call(0, { fate: throttled('10') }), call(10_000)], 0],
  ['another resource', [call(0, { fate: throttled('10') }), call(1_000, { resource: 'GET /users/2' })], 0],
  ['what left at the same moment', [call(0, { fate: throttled('10') }), call(0)], 0],
  [
    'the next attempt of the same call at once',
    [call(0, { fate: throttled('10'), flight: 'a' }), call(0, { flight: 'a' })],
    1,
  ],
  ['a pause told as a date', [call(0, { fate: throttled(new Date(10_000).toUTCString()) }), call(9_000)], 1],
] as const)('%s', (_, calls, early) => {
  expect(obeyed(calls).early).toHaveLength(early);
});

it('counts attempts of one call', () => {
  const calls = Array.from({ length: 5 }, (_, n) => call(n * 1_000, { flight: 'a' }));
  expect(obeyed(calls)).toMatchObject({ mostAttempts: 5, tooOften: ['GET /users/{id} was tried 5 times'] });
});

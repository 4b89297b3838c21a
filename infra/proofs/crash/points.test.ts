import { createDice } from '../seed';
import { allPoints, aroundTheMaking, earlierThan, isDelicate, type Place, placesIn, somePoints } from './points';

const MAKING = 'POST /v1.0/users/{guid}/authentication/temporaryAccessPassMethods';
const story = (length: number, delicate: number[]): Place[] =>
  Array.from({ length }, (_, at) => ({
    number: at + 1,
    label: delicate.includes(at + 1) ? MAKING : 'PUT /devstoreaccount1/KeyvouchTickets',
  }));
const all = allPoints(
  new Map([
    ['pass', story(40, [30])],
    ['workstation', story(60, [])],
  ]),
);

it('reads what the host has counted, and passes over a line that was cut by its death', () => {
  expect(placesIn(`1 POST /a\n2 GET /b?c d\n\n17\n`)).toEqual([
    { number: 1, label: 'POST /a' },
    { number: 2, label: 'GET /b?c d' },
  ]);
});

it('has the moment after each write, and the one before where much hangs on it', () => {
  expect(all).toHaveLength(40 + 60 + 3);
  expect(new Set(all.map((point) => JSON.stringify(point))).size).toBe(103);
});

it('passes over reads: wherever among them the host dies, the world is the same', () => {
  const labels = [
    'GET /v1.0/users/{guid}',
    'POST /connector/v3/conversations',
    'POST /{guid}/oauth2/v2.0/token',
    'POST /v1.0/$batch',
    'POST /v1.0/users/{guid}/checkMemberGroups',
    'DELETE /v1.0/users/{guid}/authentication/fido2Methods/{id}',
    'PUT /devstoreaccount1/KeyvouchTickets',
    'POST /devstoreaccount1/$batch',
    'GET /v1.0/users/{guid}',
  ];
  const points = allPoints(new Map([['pass', labels.map((label, at) => ({ number: at + 1, label }))]]));
  expect(points.map(({ place, moment }) => `${moment} ${place.number}`)).toEqual([
    'before 2',
    'after 2',
    'before 6',
    'after 6',
    'after 7',
    'before 8',
    'after 8',
  ]);
});

it.each([2, 7, 24])('chooses %i points, the stories evenly, the making of a pass among them', (count) => {
  const chosen = somePoints(all, count, createDice(1));
  expect(chosen).toHaveLength(count);
  expect(new Set(chosen.map((point) => JSON.stringify(point))).size).toBe(count);
  const passes = chosen.filter((point) => point.story === 'pass').length;
  expect(Math.abs(passes - count / 2)).toBeLessThanOrEqual(1);
  expect(chosen.some(({ place }) => isDelicate(place.label))).toBe(true);
});

it('chooses by the seed alone', () => {
  expect(somePoints(all, 9, createDice(5))).toEqual(somePoints(all, 9, createDice(5)));
  expect(somePoints(all, 9, createDice(5))).not.toEqual(somePoints(all, 9, createDice(6)));
});

it('finds the places around the making of a pass', () => {
  expect(aroundTheMaking(story(40, [30])).map(({ number }) => number)).toEqual([
    26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
  ]);
  expect(aroundTheMaking(story(40, []))).toEqual([]);
});

it('aims earlier in the same story where a play had ended before', () => {
  const at = (story: string, number: number, moment: 'before' | 'after' = 'after') => ({
    ...{ story, moment, place: { number, label: `PUT ${number}` } },
  });
  const all = [at('a', 10), at('a', 70), at('a', 75, 'before'), at('a', 90), at('a', 100), at('b', 79)];
  expect(earlierThan(at('a', 100), all)).toEqual([at('a', 70)]);
  expect(earlierThan(at('a', 10), all)).toEqual([]);
});

import { createDice } from './seed';

it('gives the same numbers for the same seed, and others for another', () => {
  const throws = (seed: number) =>
    Array.from(
      { length: 20 },
      (
        (dice) => () =>
          dice.below(1000)
      )(createDice(seed)),
    );
  expect(throws(7)).toEqual(throws(7));
  expect(throws(7)).not.toEqual(throws(8));
});

it('stays in range and loses nothing in shuffling', () => {
  const dice = createDice(3);
  const seen = new Set(Array.from({ length: 500 }, () => dice.below(6)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(dice.shuffled([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
  expect(() => dice.one([])).toThrow(RangeError);
});

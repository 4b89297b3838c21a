/** Numbers that look random and are the same for the same seed. */
export interface Dice {
  /** An integer from 0 to below `n`. */
  below(n: number): number;
  /** One of the list. @throws RangeError where it is empty. */
  one<T>(list: readonly T[]): T;
  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[];
}

/** mulberry32: 32 bits of state are plenty for choosing what to try. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    one(list) {
      const found = list[below(list.length)];
      if (found === undefined) throw new RangeError('nothing to choose from');
      return found;
    },
    shuffled(list) {
      const order = list.map((item) => ({ item, at: next() }));
      return order.sort((a, b) => a.at - b.at).map(({ item }) => item);
    },
  };
}

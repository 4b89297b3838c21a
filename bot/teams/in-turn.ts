/** Runs works of one key one after the other, in the order in which they came; those of other keys beside them. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** One such line, for this process. A work that fails holds nobody up. */
export function createInTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, mine);
    const leave = (): void => {
      if (last.get(key) === mine) last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  };
}

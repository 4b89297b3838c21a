/** How many may be alive at once, those that only wait included. */
const ALIVE = 32;

/**
 * Does something for each item, so many at a time. Whoever only waits says so (`quiet`), and the next one begins.
 * @returns what each came to, in the order of the items
 */
export async function inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  work: (item: T, quiet: () => void) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const alive = new Set<Promise<void>>();
  let busy = 0;
  let free: () => void = () => undefined;
  for (const [at, item] of items.entries()) {
    while (busy >= lanes || alive.size >= ALIVE) {
      await new Promise<void>((resolve) => {
        free = resolve;
      });
    }
    busy += 1;
    let isQuiet = false;
    const quiet = (): void => {
      if (isQuiet) return;
      isQuiet = true;
      busy -= 1;
      free();
    };
    const one: Promise<void> = work(item, quiet)
      .then((result) => {
        results[at] = result;
      })
      .finally(() => {
        quiet();
        alive.delete(one);
        free();
      });
    alive.add(one);
    // Told to whoever waits for all of them below; not an accident by itself.
    one.catch(() => undefined);
  }
  await Promise.all(alive);
  return results;
}

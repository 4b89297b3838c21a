import { keyOf, plus, safeKey, toMoment } from './keys';
import { type Table } from './tables';

/** A signed request lives at most 60 s; another minute for clocks that differ. */
const WINDOW_MS = 120_000;
const SWEEP_EVERY_MS = 60_000;
const SWEPT_AT_ONCE = 100;

export type Seen = (workstation: string, jti: string, at: string) => Promise<boolean>;

/**
 * Remembers the ids of requests. One row for each, whatever minute it came in: an id that comes again just after a
 * minute has turned is a replay all the same. What is older than two windows is swept while others come in.
 */
export function createReplays(table: Table, now: () => Date): Seen {
  const sweptAt = new Map<string, number>();

  async function sweep(pk: string, time: number): Promise<void> {
    if (time - (sweptAt.get(pk) ?? 0) < SWEEP_EVERY_MS) return;
    sweptAt.set(pk, time);
    const old = plus(toMoment(time), -2 * WINDOW_MS);
    const rows = await table.query([['PartitionKey', 'eq', pk]]);
    const over = rows.filter(({ props }) => typeof props.until === 'string' && props.until < old);
    await Promise.all(over.slice(0, SWEPT_AT_ONCE).map(({ rk, etag }) => table.remove(pk, rk, etag)));
  }

  return async (workstation, jti, at) => {
    const pk = keyOf('jti', workstation);
    const time = now().getTime();
    // From the later of both clocks: a request dated ahead must be remembered for as long as it could be believed.
    const until = toMoment(Math.max(time, Date.parse(at)));
    const fresh = (await table.insert({ pk, rk: safeKey(jti), props: { until } })) !== undefined;
    if (fresh) await sweep(pk, time);
    return fresh;
  };
}

import { type Table } from '../../../../bot/storage/tables';
import { type Scheduler } from './scheduler';

/** A table whose every call waits for its turn, and whose every answer does too: another may come in between. */
export function gatedTable({ turn }: Scheduler, table: Table): Table {
  const around = <T>(work: () => Promise<T>): Promise<T> => turn(work).then((result) => turn(async () => result));
  return {
    create: () => table.create(),
    get: (pk, rk) => turn(() => table.get(pk, rk)),
    insert: (row) => turn(() => table.insert(row)),
    replace: (row, etag) => turn(() => table.replace(row, etag)),
    upsert: (row) => turn(() => table.upsert(row)),
    remove: (pk, rk, etag) => turn(() => table.remove(pk, rk, etag)),
    query: (conditions, limit) => turn(() => table.query(conditions, limit)),
    pages: (conditions) => table.pages(conditions),
    transact: (pk, ops) => around(() => table.transact(pk, ops)),
  };
}

/** Every function of an object, also of those inside it, waits for its turn. */
export function gatedCalls<T extends object>({ turn }: Scheduler, calls: T): T {
  const gated = (value: unknown): unknown => {
    if (typeof value === 'function')
      return (...args: unknown[]) => turn(async () => (await Reflect.apply(value, calls, args)) as unknown);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, gated(one)]));
  };
  return gated(calls) as T;
}

import { type Condition, type StoredRow, type Table } from '../../../bot/storage/tables';

/** What was asked of the tables. */
export interface Tally {
  /** As the service bills them: a transaction over one partition is one. */
  calls: number;
  /** Rows that came back, or that the service had to look at where no partition was named. */
  rows: number;
}

/** Counts what passes through a table. @param size how many rows it holds, for a question that names no partition */
export function countingTable(table: Table, tally: Tally, size: () => number): Table {
  const one = (found: StoredRow | undefined) => {
    tally.rows += found ? 1 : 0;
    return found;
  };
  const counted = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    return (...args: A) => {
      tally.calls += 1;
      return call(...args);
    };
  };
  const scanned = (conditions: readonly Condition[], found: number) =>
    conditions.some(([key, op]) => key === 'PartitionKey' && op === 'eq') ? found : size();
  return {
    create: counted(() => table.create()),
    get: counted(async (pk, rk) => one(await table.get(pk, rk))),
    insert: counted((row) => table.insert(row)),
    replace: counted((row, etag) => table.replace(row, etag)),
    upsert: counted((row) => table.upsert(row)),
    remove: counted((pk, rk, etag) => table.remove(pk, rk, etag)),
    transact: counted((pk, ops) => table.transact(pk, ops)),
    query: counted(async (conditions, limit) => {
      const found = await table.query(conditions, limit);
      tally.rows += scanned(conditions, found.length);
      return found;
    }),
    async *pages(conditions) {
      for await (const page of table.pages(conditions)) {
        tally.calls += 1;
        tally.rows += scanned(conditions, page.length);
        yield page;
      }
    },
  };
}

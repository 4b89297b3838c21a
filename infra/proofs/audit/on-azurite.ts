import { isDeepStrictEqual } from 'node:util';
import { recordKey } from '../../../bot/storage/audit-rows';
import { ANCHOR_PK } from '../../../bot/storage/ledger/anchor';
import { STATE_RK } from '../../../bot/storage/state';
import { openTable, type StoredRow, type Table } from '../../../bot/storage/tables';
import { type Value } from '../../../bot/storage/limits';
import { startTables } from '../../local/azurite';
import { ANCHOR_FORGERIES } from './anchor-forgeries';
import { anchorNow, fill, go, openBooks } from './books';
import { FORGERIES } from './forgeries';
import { forgerOf } from './forger';
import { type Tally } from './tamper-rows';

/** Makes a partition what it is to be, and nothing else. */
async function lay(table: Table, pk: string, rows: readonly StoredRow[]): Promise<void> {
  const there = await table.query([['PartitionKey', 'eq', pk]]);
  for (const { rk } of there) if (!rows.some((row) => row.rk === rk)) await table.remove(pk, rk);
  for (const { rk, props } of rows) {
    const same = there.find((row) => row.rk === rk);
    // What the service adds to a row that is read alone has a dot in its name.
    const plain = Object.fromEntries(Object.entries(props).filter(([name]) => !name.includes('.')));
    if (isDeepStrictEqual(same?.props, plain)) continue;
    await table.upsert({ pk, rk, props: plain as Record<string, Value> });
  }
}

/** A few forgeries of every kind against real tables, each found by the whole of `audit verify`. */
export async function tamperOnAzurite(progress: (text: string) => void): Promise<Tally> {
  const tally: Tally = { tried: 0, missed: [], byName: {} };
  const azurite = await startTables();
  try {
    const books = await openBooks((name) => openTable(azurite, `Audit${name}`));
    const { tickets, audit } = books.tables;
    const [first = '', second = ''] = await fill(books, { tickets: 3, records: 3, atOnce: 3 });
    const older = await tickets.get(first, STATE_RK);
    const stored = await books.store.load(first);
    if (!stored || !older) throw new Error('the first ticket is not there');
    await go(books, await go(books, stored));
    await anchorNow(books);
    const clean = (await books.ledger.verify()).findings;
    if (clean.length > 0) throw new Error(`untouched, and yet: ${clean[0]?.what ?? ''}`);

    const tryOne = async (name: string, table: Table, pk: string, forged: readonly StoredRow[]) => {
      const before = await table.query([['PartitionKey', 'eq', pk]]);
      await lay(table, pk, forged);
      const { findings } = await books.ledger.verify();
      tally.tried += 1;
      tally.byName[name] = 1;
      if (findings.length === 0) tally.missed.push(`on Azurite: ${name}`);
      await lay(table, pk, before);
    };
    for (const { name, apply } of FORGERIES) {
      const forger = forgerOf(
        first,
        new Map((await tickets.query([['PartitionKey', 'eq', first]])).map((row) => [row.rk, row])),
      );
      apply(forger, 3, { states: [older], other: await tickets.get(second, recordKey(3)) });
      await tryOne(name, tickets, first, [...forger.rows.values()]);
    }
    await tryOne('a whole ticket dropped', tickets, second, []);
    const anchors = await audit.query([['PartitionKey', 'eq', ANCHOR_PK]]);
    for (const { name, apply } of ANCHOR_FORGERIES) {
      const forged = apply(anchors, 1);
      if (forged) await tryOne(name, audit, ANCHOR_PK, forged);
    }
    const left = (await books.ledger.verify()).findings;
    if (left.length > 0) throw new Error(`put back as it was, and yet: ${left[0]?.what ?? ''}`);
    progress(`${tally.tried} forgeries on Azurite`);
    return tally;
  } finally {
    await azurite.close();
  }
}

import { createMemoryTable } from '../../proofs/audit/memory-table';
import { countingTable } from './counting-table';

test('a transaction is one call, a listing costs what comes back, and one that names no partition the whole table', async () => {
  const tally = { calls: 0, rows: 0 };
  const table = countingTable(createMemoryTable(), tally, () => 1000);
  const row = (rk: string) => ({ pk: 'p', rk, props: { n: 1 } });
  await table.transact('p', [
    { kind: 'insert', row: row('1') },
    { kind: 'insert', row: row('2') },
  ]);
  expect(tally).toEqual({ calls: 1, rows: 0 });
  await table.get('p', '1');
  await table.get('p', '3');
  expect(tally).toEqual({ calls: 3, rows: 1 });
  await table.query([['PartitionKey', 'eq', 'p']]);
  expect(tally).toEqual({ calls: 4, rows: 3 });
  await table.query([['RowKey', 'eq', '1']]);
  expect(tally).toEqual({ calls: 5, rows: 1003 });
});

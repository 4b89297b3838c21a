import { type StoredRow, type Table, openTable } from '../../../bot/storage/tables';
import { type LocalTables, startTables } from '../../local/azurite';
import { createMemoryTable } from './memory-table';

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(30_000);

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const row = (pk: string, rk: string, n = 1) => ({ pk, rk, props: { n } });
const keys = (rows: readonly StoredRow[]) => rows.map(({ pk, rk }) => `${pk}/${rk}`);

describe.each([
  ['Azurite', async () => openTable(tables, `Contract${process.pid}`)],
  ['memory', async () => createMemoryTable()],
] as [string, () => Promise<Table>][])('the contract of a table: %s', (_, make) => {
  let table: Table;
  beforeAll(async () => {
    table = await make();
    await table.create();
    for (const [pk, rk] of [
      ['b', '2'],
      ['a', '2'],
      ['b', '1'],
      ['a', '1'],
    ] as const)
      await table.insert(row(pk, rk));
  });

  test('rows come in the order of their keys, as asked for', async () => {
    expect(keys(await table.query([]))).toEqual(['a/1', 'a/2', 'b/1', 'b/2']);
    expect(keys(await table.query([], 3))).toEqual(['a/1', 'a/2', 'b/1']);
    expect(keys(await table.query([['PartitionKey', 'eq', 'b']]))).toEqual(['b/1', 'b/2']);
    expect(keys(await table.query([['RowKey', 'gt', '1']]))).toEqual(['a/2', 'b/2']);
    expect(
      keys(
        await table.query([
          ['PartitionKey', 'ge', 'a'],
          ['PartitionKey', 'lt', 'b'],
          ['RowKey', 'le', '1'],
        ]),
      ),
    ).toEqual(['a/1']);
    const paged: string[] = [];
    for await (const page of table.pages([])) paged.push(...keys(page));
    expect(paged).toEqual(['a/1', 'a/2', 'b/1', 'b/2']);
  });

  test('an insert is refused where a row is, a replacement and a removal where the ETag is another', async () => {
    const etag = await table.insert(row('c', '1'));
    expect(etag).toBeDefined();
    expect(await table.insert(row('c', '1', 2))).toBeUndefined();
    expect(await table.replace(row('c', '1', 3), 'W/"datetime\'2020-01-01T00%3A00%3A00Z\'"')).toBeUndefined();
    const next = await table.replace(row('c', '1', 4), etag!);
    expect(next).not.toBe(etag);
    expect((await table.get('c', '1'))?.props.n).toBe(4);
    expect((await table.get('c', '1'))?.etag).toBe(next);
    expect(await table.remove('c', '1', etag)).toBe(false);
    expect(await table.remove('c', '1')).toBe(true);
    expect(await table.remove('c', '1')).toBe(false);
    expect(await table.get('c', '1')).toBeUndefined();
  });

  test('a transaction happens whole or not at all', async () => {
    await table.upsert(row('d', '1'));
    const insert = (rk: string) => ({ kind: 'insert' as const, row: row('d', rk) });
    expect(await table.transact('d', [insert('2'), insert('1')])).toMatchObject({ kind: 'refused', status: 409 });
    expect(await table.transact('d', [insert('2'), { kind: 'remove', rk: '9' }])).toMatchObject({ kind: 'refused' });
    expect(keys(await table.query([['PartitionKey', 'eq', 'd']]))).toEqual(['d/1']);
    const done = await table.transact('d', [insert('2'), { kind: 'remove', rk: '1' }]);
    expect(done.kind).toBe('done');
    expect(keys(await table.query([['PartitionKey', 'eq', 'd']]))).toEqual(['d/2']);
  });
});

import { TableClient } from '@azure/data-tables';
import { TABLES } from '../../../bot/storage';
import { type Rig } from './rig';

/** Every row of a table as one line of JSON, in the order of their keys; without the stamps that a rewrite changes. */
export async function dumpTable(rig: Pick<Rig, 'truthConnection'>, table: keyof typeof TABLES): Promise<string[]> {
  const client = TableClient.fromConnectionString(rig.truthConnection, TABLES[table], {
    allowInsecureConnection: true,
  });
  const rows: string[] = [];
  for await (const { etag: _etag, timestamp: _timestamp, ...row } of client.listEntities())
    rows.push(JSON.stringify(row));
  return rows;
}

/** Every row of every table. */
export async function dumpTables(rig: Pick<Rig, 'truthConnection'>): Promise<string[]> {
  const tables = Object.keys(TABLES) as (keyof typeof TABLES)[];
  return (await Promise.all(tables.map((table) => dumpTable(rig, table)))).flat();
}

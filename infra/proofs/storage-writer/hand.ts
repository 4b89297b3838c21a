import { TableClient, type TableEntity } from '@azure/data-tables';
import { TABLES } from '../../../bot/storage';
import { type Rig } from '../rig/rig';

/** Somebody who may read and write every row of the storage, past the product. */
export interface Hand {
  /** A row as it lies there. */
  read(table: keyof typeof TABLES, pk: string, rk: string): Promise<TableEntity>;
  /** Writes a row, whatever was there. */
  write(table: keyof typeof TABLES, row: TableEntity): Promise<void>;
  /** Changes the JSON in a row. @throws Error where that changes nothing: then nothing would be tried. */
  edit(table: keyof typeof TABLES, pk: string, rk: string, change: (text: string) => string): Promise<void>;
  /** Puts everything back as it was before the first write since the last time. */
  undo(): Promise<void>;
}

export function handIn({ truthConnection }: Pick<Rig, 'truthConnection'>): Hand {
  const clients = new Map<string, TableClient>();
  const at = (table: keyof typeof TABLES): TableClient => {
    const made = TableClient.fromConnectionString(truthConnection, TABLES[table], { allowInsecureConnection: true });
    const client = clients.get(table) ?? made;
    clients.set(table, client);
    return client;
  };
  let before: (() => Promise<unknown>)[] = [];

  const hand: Hand = {
    async read(table, pk, rk) {
      const { etag: _etag, timestamp: _timestamp, ...row } = await at(table).getEntity<TableEntity>(pk, rk);
      const plain = Object.entries(row).filter(([name]) => !name.includes('.'));
      return { ...Object.fromEntries(plain), partitionKey: pk, rowKey: rk };
    },
    async write(table, row) {
      const { partitionKey, rowKey } = row;
      const old = await hand.read(table, partitionKey, rowKey).catch(() => undefined);
      before.unshift(() =>
        old
          ? at(table).upsertEntity(old, 'Replace')
          : at(table)
              .deleteEntity(partitionKey, rowKey)
              .catch(() => undefined),
      );
      await at(table).upsertEntity(row, 'Replace');
    },
    async edit(table, pk, rk, change) {
      const row = await hand.read(table, pk, rk);
      const text = String(row['s00']);
      if (change(text) === text) throw new Error(`the row ${pk} ${rk} has nothing of that kind to change`);
      await hand.write(table, { ...row, s00: change(text) });
    },
    async undo() {
      const all = before;
      before = [];
      for (const one of all) await one();
    },
  };
  return hand;
}

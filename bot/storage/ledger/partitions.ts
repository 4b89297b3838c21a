import { type StoredRow } from '../tables';

/** All rows of one partition, in the order of their keys. */
export interface PartitionRows {
  pk: string;
  rows: readonly StoredRow[];
}

/** Puts the rows of a scan together by partition: one at a time is in memory. */
export async function* partitionsOf(pages: AsyncIterable<readonly StoredRow[]>): AsyncGenerator<PartitionRows> {
  let pk: string | undefined;
  let rows: StoredRow[] = [];
  for await (const page of pages) {
    for (const row of page) {
      if (pk !== undefined && row.pk !== pk) {
        yield { pk, rows };
        rows = [];
      }
      pk = row.pk;
      rows.push(row);
    }
  }
  if (pk !== undefined) yield { pk, rows };
}

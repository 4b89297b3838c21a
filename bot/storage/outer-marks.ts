import { z } from 'zod';
import { type OuterMark, type TicketStore } from '../service/ports';
import { keyOf } from './keys';
import { type SealedRows, shaped } from './sealed';
import { partitionOf } from './state';
import { type Table } from './tables';

const markSchema = shaped<OuterMark>(
  z.object({
    told: z.number().int().nonnegative(),
    sending: z.object({ seq: z.number().int().positive(), at: z.string() }).optional(),
    heldUntil: z.string().optional(),
    ref: z.string().optional(),
    failures: z.number().int().nonnegative(),
    failingSince: z.string().optional(),
    notBefore: z.string().optional(),
  }),
);

/** How far outer systems were told: sealed rows in the ticket's partition, beside its chain. */
export function createOuterMarks(table: Table, rows: SealedRows): Pick<TicketStore, 'outerMark' | 'putOuterMark'> {
  const key = (to: string) => keyOf('outer', to);
  return {
    async outerMark(id, to) {
      const row = await table.get(partitionOf(id), key(to));
      return row && { value: rows.open('outer', row, markSchema), etag: row.etag };
    },
    putOuterMark(id, to, mark, etag) {
      const row = rows.make('outer', partitionOf(id), key(to), mark);
      return etag === undefined ? table.insert(row) : table.replace(row, etag);
    },
  };
}

import { z } from 'zod';
import { type TicketStore } from '../service/ports';
import { type OutboxItem } from '../tickets/effects';
import { type TicketId } from '../tickets/ids';
import { type Moment } from '../tickets/ticket';
import { type Hints } from './hints';
import { dueRow, earliest } from './indexes';
import { keyOf, laterOf, toMoment } from './keys';
import { type Row } from './limits';
import { type SealedRows, shaped } from './sealed';
import { partitionOf } from './state';
import { type StoredRow, type Table } from './tables';

/** An item as it is stored: besides, until when somebody works on it. */
interface Item extends OutboxItem {
  claimedUntil?: Moment;
}

const itemSchema = shaped<Item>(
  z.object({
    id: z.string(),
    effect: z.object({ kind: z.string() }),
    notBefore: z.string(),
    attempts: z.number().int().nonnegative(),
    requestIds: z.array(z.string()).optional(),
    claimedUntil: z.string().optional(),
  }),
);

export const outboxKey = (item: string) => keyOf('out', item);

/** A sealed outbox row: nobody but the service can put something into an outbox, or change it. */
export function outboxRow(rows: SealedRows, ticket: TicketId, item: Item): Row {
  return rows.make('out', partitionOf(ticket), outboxKey(item.id), item);
}

export interface Outbox extends Pick<TicketStore, 'outbox' | 'claim' | 'settle' | 'postpone' | 'putBack'> {
  /** When the next item can be worked on; undefined where the outbox is empty. */
  nextMoment(ticket: TicketId): Promise<Moment | undefined>;
}

/** When an item can be worked on: from its own moment on, and not while somebody has it. */
function freeAt({ notBefore, claimedUntil }: Item): Moment {
  return claimedUntil === undefined ? notBefore : laterOf(notBefore, claimedUntil);
}

export function createOutbox(table: Table, rows: SealedRows, hints: Hints, now: () => Date): Outbox {
  const open = (row: StoredRow) => rows.open('out', row, itemSchema);

  async function items(ticket: TicketId): Promise<Item[]> {
    const found = await table.query([
      ['PartitionKey', 'eq', partitionOf(ticket)],
      ['RowKey', 'ge', 'out~'],
      ['RowKey', 'lt', 'out~~'],
    ]);
    return found.map(open);
  }

  return {
    async outbox(id, at) {
      const due = (await items(id)).filter((item) => freeAt(item) <= toMoment(at));
      due.sort((a, b) => (a.notBefore + a.id < b.notBefore + b.id ? -1 : 1));
      return due.map(({ claimedUntil: _claimedUntil, ...item }) => item);
    },
    async claim(id, item, until) {
      const row = await table.get(partitionOf(id), outboxKey(item));
      if (!row) return false;
      const found = open(row);
      if (found.claimedUntil !== undefined && found.claimedUntil > toMoment(now())) return false;
      const claimed = { ...found, claimedUntil: toMoment(until) };
      return (await table.replace(outboxRow(rows, id, claimed), row.etag)) !== undefined;
    },
    async settle(id, item) {
      await table.remove(partitionOf(id), outboxKey(item));
    },
    async postpone(id, item, notBefore, requestIds) {
      const row = await table.get(partitionOf(id), outboxKey(item));
      if (!row) return false;
      const { claimedUntil: _claimedUntil, ...found } = open(row);
      const later = {
        ...found,
        notBefore: toMoment(notBefore),
        attempts: found.attempts + 1,
        ...(requestIds && { requestIds }),
      };
      // While it was claimed, its pointer may have been put off until the end of the lease.
      await hints.write([dueRow('outbox', id, later.notBefore, toMoment(now()))], 0);
      // Refused: somebody else took it after the lease had run out, and it is theirs to put off.
      await table.replace(outboxRow(rows, id, later), row.etag);
      return true;
    },
    async putBack(id, item) {
      const notBefore = toMoment(item.notBefore);
      await hints.write([dueRow('outbox', id, notBefore, toMoment(now()))], 0);
      await table.insert(outboxRow(rows, id, { ...item, notBefore }));
    },
    async nextMoment(ticket) {
      return earliest((await items(ticket)).map(freeAt));
    },
  };
}

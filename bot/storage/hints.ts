import { z } from 'zod';
import { type ShortId, type TicketId } from '../tickets/ids';
import { type IndexRow, shortPk } from './indexes';
import { type StoredRow, type Table } from './tables';

/** Told of things that went wrong without harm, and of rows that somebody else wrote. Never a secret, never a name. */
export type Log = (event: string, facts: Readonly<Record<string, string | number>>) => void;

/**
 * How much older than now a pointer must be before it may be removed as false: its transaction may still be under way
 * (at most 15 s a call), and clocks of two instances may differ.
 */
export const GRACE_MS = 90_000;

const pointerSchema = z.object({ ticket: z.string(), version: z.number().int().default(0) });

/** Pointers to tickets: written just before the transaction that makes them true, removed some time after. */
export interface Hints {
  /** @param version of the ticket for which they are written */
  write(rows: readonly IndexRow[], version: number): Promise<void>;
  /** Removes what no longer points anywhere, as far as no later version has put it up again. Never fails. */
  drop(rows: readonly IndexRow[], version: number): Promise<void>;
  /** Takes a short id for a ticket. False: another ticket has it. */
  claimShortId(shortId: ShortId, ticket: TicketId): Promise<boolean>;
  ofShortId(shortId: ShortId): Promise<TicketId | undefined>;
}

/** Where a row points to; undefined for a row that somebody else wrote. */
export function pointerOf(row: StoredRow): z.infer<typeof pointerSchema> | undefined {
  return pointerSchema.safeParse(row.props).data;
}

const SHORT_RK = 'ticket';

export function createHints(table: Table, log: Log): Hints {
  async function drop(row: IndexRow, version: number): Promise<void> {
    const stored = await table.get(row.pk, row.rk);
    const pointer = stored && pointerOf(stored);
    if (!stored || !pointer || pointer.version > version) return;
    await table.remove(row.pk, row.rk, stored.etag);
  }

  async function ofShortId(shortId: ShortId): Promise<TicketId | undefined> {
    const row = await table.get(shortPk(shortId), SHORT_RK);
    return row && pointerOf(row)?.ticket;
  }

  return {
    async write(rows, version) {
      await Promise.all(rows.map(({ pk, rk, ticket }) => table.upsert({ pk, rk, props: { ticket, version } })));
    },
    async drop(rows, version) {
      const results = await Promise.allSettled(rows.map((row) => drop(row, version)));
      const failed = results.filter(({ status }) => status === 'rejected').length;
      if (failed > 0) log('storage-pointers-left', { failed });
    },
    async claimShortId(shortId, ticket) {
      const row = { pk: shortPk(shortId), rk: SHORT_RK, props: { ticket, version: 0 } };
      return (await table.insert(row)) !== undefined || (await ofShortId(shortId)) === ticket;
    },
    ofShortId,
  };
}

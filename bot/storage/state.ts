import { z } from 'zod';
import { type StoredTicket } from '../service/ports';
import { type TicketId } from '../tickets/ids';
import { type Ticket } from '../tickets/ticket';
import { type Head } from './chain';
import { oddRow, tooLarge } from './faults';
import { safeKey } from './keys';
import { type Row, rowBytes } from './limits';
import { type SealedRows, shaped } from './sealed';
import { type StoredRow, type Table } from './tables';

export const STATE_RK = 'state';

/** Some way under Azure's 1 MiB, so that the fault comes before the wall. */
const STATE_BYTES = 900 * 1024;

/** The few fields by which storage knows a ticket; the seal says that the rest is as `evolve` made it. */
const ticketSchema = z.object({
  id: z.string(),
  shortId: z.string(),
  version: z.number().int().positive(),
  status: z.string(),
  openedAt: z.string(),
  approvers: z.array(z.object({ id: z.string() })),
});

const stateSchema = z.object({
  ticket: shaped<Ticket>(ticketSchema),
  head: z.object({ seq: z.number().int().positive(), hash: z.string() }),
});

export const partitionOf = (ticket: TicketId) => safeKey(ticket);

/** The state row of a ticket: the ticket and the head of its audit chain under one seal. */
export interface States {
  /** `version` and `status` beside the seal are for people who look at the table, and never read. */
  row(ticket: Ticket, head: Head): Row;
  open(row: StoredRow): { stored: StoredTicket; head: Head };
  load(id: TicketId): Promise<StoredTicket | undefined>;
}

export function createStates(table: Table, rows: SealedRows): States {
  function open(row: StoredRow): { stored: StoredTicket; head: Head } {
    const { ticket, head } = rows.open('state', row, stateSchema);
    if (ticket.version !== head.seq) {
      throw oddRow('the state and its chain differ in length', { pk: row.pk });
    }
    return { stored: { ticket, etag: etagWith(head, row.etag) }, head };
  }

  return {
    row(ticket, head) {
      const row = rows.make('state', partitionOf(ticket.id), STATE_RK, { ticket, head });
      const whole = { ...row, props: { ...row.props, version: ticket.version, status: ticket.status } };
      const bytes = rowBytes(whole);
      if (bytes > STATE_BYTES) throw tooLarge('entity', 'the state is larger than 900 KB', { pk: row.pk, bytes });
      return whole;
    },
    open,
    async load(id) {
      const row = await table.get(partitionOf(id), STATE_RK);
      return row && open(row).stored;
    },
  };
}

/**
 * The ETag as callers hold it: the service's own, and where the chain stood when it was read. So that a commit need not
 * read the state again to go on with the chain.
 */
export function etagWith(head: Head, etag: string): string {
  return `${head.hash} ${etag}`;
}

/** Takes apart what `etagWith` joined. The chain has as many records as the ticket has versions. */
export function readEtag(stored: StoredTicket): { head: Head; etag: string } {
  const [hash = '', ...etag] = stored.etag.split(' ');
  return { head: { seq: stored.ticket.version, hash }, etag: etag.join(' ') };
}

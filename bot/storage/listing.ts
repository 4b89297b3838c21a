import { Fault } from '../../agent/protocol/fault';
import { type TicketPage } from '../service/ports';
import { type TicketId } from '../tickets/ids';
import { type Ticket } from '../tickets/ticket';
import { GRACE_MS, pointerOf } from './hints';
import { listRows } from './indexes';
import { type States } from './state';
import { type StoredRow, type Table } from './tables';

const DEFAULT_SIZE = 20;
export const LARGEST = 100;
/** Where pointer after pointer is false, a page ends early and the next one goes on. */
export const LOOKS = 5;

export type List = (pk: string, page?: { size?: number; next?: string }) => Promise<TicketPage>;

/** A ticket of a list, as it was read to check it; without the ticket where its seal does not hold. */
export interface Listed {
  id: TicketId;
  ticket?: Ticket;
}

/** What a pointer leads to, where that is so. */
export type Check = (row: StoredRow) => Promise<Listed | undefined>;

/** What of the rows of a page belongs there, as lists give it. */
export function pageOf(found: readonly Listed[], next?: string): TicketPage {
  return {
    items: found.map(({ id }) => id),
    tickets: found.flatMap(({ ticket }) => ticket ?? []),
    ...(next !== undefined && { next: Buffer.from(next, 'utf8').toString('base64url') }),
  };
}

/**
 * Checks pointers against their tickets, so that a list never names a ticket that does not belong there, whoever wrote
 * the pointer; false ones are tidied away.
 * @param index the table of pointers
 */
export function createCheck(index: Table, states: States, now: () => Date): Check {
  async function check(row: StoredRow): Promise<Listed | undefined> {
    const id = pointerOf(row)?.ticket;
    const found = id === undefined ? undefined : await listed(row, id);
    if (found) return found;
    const age = now().getTime() - Date.parse(row.writtenAt);
    // Under its ETag: were it put up again meanwhile, it stays.
    if (age > GRACE_MS) await index.remove(row.pk, row.rk, row.etag);
    return undefined;
  }

  async function listed(row: StoredRow, id: TicketId): Promise<Listed | undefined> {
    try {
      const ticket = (await states.load(id))?.ticket;
      const belongs = ticket && listRows(ticket).some(({ pk, rk }) => pk === row.pk && rk === row.rk);
      return belongs ? { id, ticket } : undefined;
    } catch (error) {
      // A ticket that was tampered with stays in the list: whoever opens it hears of it.
      if (error instanceof Fault && !error.retry) return { id };
      throw error;
    }
  }

  return check;
}

/** Pages through the pointers of one partition, each checked. */
export function createList(index: Table, check: Check): List {
  return async (pk, page = {}) => {
    const size = Math.min(Math.max(page.size ?? DEFAULT_SIZE, 1), LARGEST);
    let after = page.next === undefined ? '' : Buffer.from(page.next, 'base64url').toString('utf8');
    const items: Listed[] = [];
    for (let look = 0; look < LOOKS && items.length < size; look += 1) {
      const missing = size - items.length;
      const rows = await index.query(
        [
          ['PartitionKey', 'eq', pk],
          ['RowKey', 'gt', after],
        ],
        missing,
      );
      const checked = await Promise.all(rows.map(check));
      items.push(...checked.filter((found) => found !== undefined));
      if (rows.length < missing) return pageOf(items);
      after = rows.at(-1)?.rk ?? after;
    }
    return pageOf(items, after);
  };
}

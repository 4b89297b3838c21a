import { Fault } from '../../agent/protocol/fault';
import { type TicketId } from '../tickets/ids';
import { type Moment } from '../tickets/ticket';
import { GRACE_MS, type Log, pointerOf } from './hints';
import { type DueKind, dueRow, duePk } from './indexes';
import { hourOf, plus, toMoment } from './keys';
import { type StoredRow, type Table } from './tables';

/** How many due rows one look takes; the next look takes the rest. */
const LOOK = 2_000;
const AT_ONCE = 16;
const WATERMARK_PK = 'watermark';
/** Before all buckets. */
const START = '0000000000';
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z(?=~)/;

export interface Due {
  due(now: Moment, kind: DueKind): Promise<readonly TicketId[]>;
  dueDone(now: Moment, kind: DueKind, ids: readonly TicketId[]): Promise<void>;
}

/** The earliest moment at which a ticket still has something to do of this kind, asked of the ticket itself. */
export type Outstanding = (kind: DueKind, ticket: TicketId) => Promise<Moment | undefined>;

interface DueRow {
  row: StoredRow;
  at: Moment;
  ticket: TicketId;
}

/**
 * Looks for what is due, in hour buckets from a watermark on. What keeps it from ever missing something:
 * a row lies never before the moment it was written; a row is removed only when it is older than any transaction under
 * way, and only after the ticket itself has said what is still to do and has a row for that; and the watermark passes
 * only buckets that are empty.
 */
export function createDue(table: Table, outstanding: Outstanding, log: Log): Due {
  /** The hour from which to look. A mark in the future, whoever wrote it, would hide what is due: it is not believed. */
  async function watermark(kind: DueKind, now: Moment): Promise<string> {
    const hour = (await table.get(WATERMARK_PK, kind))?.props.hour;
    return typeof hour === 'string' && /^\d{10}$/.test(hour) && hour <= hourOf(now) ? hour : START;
  }

  async function look(kind: DueKind, now: Moment, from: string): Promise<DueRow[]> {
    const until = toMoment(now);
    const rows = await table.query(
      [
        ['PartitionKey', 'ge', duePk(kind, from)],
        ['PartitionKey', 'le', duePk(kind, hourOf(until))],
        ['RowKey', 'lt', `${until}~~`],
      ],
      LOOK,
    );
    // By bucket, then by moment: oldest first.
    return rows.flatMap((row) => {
      const ticket = pointerOf(row)?.ticket;
      const at = MOMENT.exec(row.rk)?.[0];
      return ticket === undefined || at === undefined ? [] : [{ row, at, ticket }];
    });
  }

  /** Puts up the row for what is still to do; what cannot be told is looked at again. */
  async function carryOn(kind: DueKind, ticket: TicketId, now: Moment): Promise<void> {
    let next: Moment | undefined;
    try {
      next = await outstanding(kind, ticket);
    } catch (error) {
      if (!(error instanceof Fault) || error.retry) throw error;
      log(error.code, { ticket });
      next = now;
    }
    if (next === undefined) return;
    const { pk, rk } = dueRow(kind, ticket, next, now);
    await table.upsert({ pk, rk, props: { ticket } });
  }

  async function moveWatermark(kind: DueKind, now: Moment, from: string, left: readonly DueRow[]): Promise<void> {
    const oldest = left[0];
    const safe = hourOf(plus(now, -GRACE_MS));
    const hour = oldest && hourOf(oldest.at) < safe ? hourOf(oldest.at) : safe;
    if (hour > from) await table.upsert({ pk: WATERMARK_PK, rk: kind, props: { hour } });
  }

  return {
    async due(now, kind) {
      const rows = await look(kind, now, await watermark(kind, now));
      return [...new Set(rows.map(({ ticket }) => ticket))];
    },
    async dueDone(now, kind, ids) {
      const from = await watermark(kind, now);
      const rows = await look(kind, now, from);
      const old = plus(now, -GRACE_MS);
      const done = new Set(ids);
      const removable = rows.filter(({ at, ticket }) => at <= old && done.has(ticket));
      const tickets = [...new Set(removable.map(({ ticket }) => ticket))];
      await inTurns(tickets, (ticket) => carryOn(kind, ticket, now));
      await inTurns(removable, async ({ row }) => {
        await table.remove(row.pk, row.rk);
      });
      // A look that was cut short says nothing of what comes after its last row.
      const removed = new Set(removable);
      const left = rows.filter((row) => !removed.has(row));
      await moveWatermark(kind, now, from, rows.length < LOOK ? left : [...left, ...rows.slice(-1)]);
    },
  };
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) await Promise.all(items.slice(at, at + AT_ONCE).map(work));
}

import { recordKey } from '../../../bot/storage/audit-rows';
import { STATE_RK } from '../../../bot/storage/state';
import { type StoredRow } from '../../../bot/storage/tables';
import { verifyPartition } from '../../../bot/storage/verify-partition';
import { type Outside, verifyOne } from '../../../bot/storage/ledger/verify-ledger';
import { type Dice } from '../seed';
import { type Books } from './books';
import { FORGERIES, type Forgery } from './forgeries';
import { forgerOf } from './forger';
import { type MemoryTable } from './memory-table';

/** State rows as they were written, by partition, the oldest first. */
export type History = ReadonlyMap<string, readonly StoredRow[]>;

/** Keeps every state row that is written to a table from now on, as somebody who reads along could. */
export function keepHistory(table: MemoryTable): History {
  const history = new Map<string, StoredRow[]>();
  const { transact } = table;
  table.transact = async (pk, ops) => {
    const done = await transact(pk, ops);
    const state = table.partitions.get(pk)?.get(STATE_RK);
    const kept = history.get(pk) ?? [];
    if (state && kept.at(-1) !== state) history.set(pk, [...kept, state]);
    return done;
  };
  return history;
}

export interface Tally {
  tried: number;
  missed: string[];
  byName: Record<string, number>;
}

/**
 * Tampers once with each of so many records, each time by the next kind of forgery, and verifies the ticket as
 * `audit verify` does. What was not found is missed.
 * @param outside what anchors and log say; undefined: as if there were no anchors
 */
export function tamperWithEach(
  { tables, parts }: Books<MemoryTable>,
  outside: Outside | undefined,
  history: History,
  dice: Dice,
  progress: (done: number) => void,
): Tally {
  const tally: Tally = { tried: 0, missed: [], byName: {} };
  const tickets = dice.shuffled([...tables.tickets.partitions]);
  for (const [at, [ticket, rows]] of tickets.entries()) {
    const last = [...rows.keys()].filter((rk) => rk.startsWith('ev~')).length;
    const neighbour = tickets[(at + 1) % tickets.length]?.[1];
    for (let seq = 1; seq <= last; seq += 1) {
      const forgery = chosen(tally.tried, seq === last);
      const forger = forgerOf(ticket, rows);
      forgery.apply(forger, seq, { states: history.get(ticket) ?? [], other: neighbour?.get(recordKey(seq)) });
      const partition = { pk: ticket, rows: inOrder(forger.rows) };
      const { faults } = outside
        ? verifyOne(parts, outside, partition)
        : verifyPartition({ ticket, rows: partition.rows }, parts);
      if (faults.length === 0) tally.missed.push(`${forgery.name}: record ${seq} of ${last} of ${ticket}`);
      tally.tried += 1;
      tally.byName[forgery.name] = (tally.byName[forgery.name] ?? 0) + 1;
      if (tally.tried % 10_000 === 0) progress(tally.tried);
    }
  }
  return tally;
}

/** The kinds in turn; where one needs something after the record, the next that does not. */
function chosen(turn: number, isLast: boolean): Forgery {
  for (let step = 0; step < FORGERIES.length; step += 1) {
    const forgery = FORGERIES[(turn + step) % FORGERIES.length];
    if (forgery && !(isLast && forgery.notLast)) return forgery;
  }
  throw new RangeError('there is no forgery for a last record');
}

function inOrder(rows: ReadonlyMap<string, StoredRow>): StoredRow[] {
  return [...rows.values()].sort((a, b) => (a.rk < b.rk ? -1 : 1));
}

import { ANCHOR_PK } from '../../../bot/storage/ledger/anchor';
import { LOG, verifyLog } from '../../../bot/storage/ledger/log';
import { verifyAnchors } from '../../../bot/storage/ledger/verify-anchors';
import { goneFrom, type Outside } from '../../../bot/storage/ledger/verify-ledger';
import { type StoredRow } from '../../../bot/storage/tables';
import { type Dice } from '../seed';
import { ANCHOR_FORGERIES } from './anchor-forgeries';
import { type Books } from './books';
import { type MemoryTable } from './memory-table';
import { type Tally } from './tamper-rows';

async function* onePage(rows: readonly StoredRow[]): AsyncGenerator<readonly StoredRow[]> {
  yield rows;
}

function count(tally: Tally, name: string, found: boolean, where: string): void {
  tally.tried += 1;
  tally.byName[name] = (tally.byName[name] ?? 0) + 1;
  if (!found) tally.missed.push(`${name}: ${where}`);
}

/** Tampers with so many anchors by every kind of forgery each, and cuts so many tails off. */
export async function tamperWithAnchors(
  { tables, keys, now }: Books<MemoryTable>,
  outside: Outside,
  dice: Dice,
  places: number,
): Promise<Tally> {
  const tally: Tally = { tried: 0, missed: [], byName: {} };
  const anchors = await tables.audit.query([['PartitionKey', 'eq', ANCHOR_PK]]);
  // What the service's log says of its newest anchor: it is kept outside the storage.
  const noted = outside.anchors.newest;
  const some = dice.shuffled([...anchors.keys()]).slice(0, places);
  for (const at of some) {
    for (const { name, apply } of ANCHOR_FORGERIES) {
      const forged = apply(anchors, at);
      if (!forged) continue;
      const { faults } = await verifyAnchors(onePage(forged), keys, now());
      count(tally, name, faults.length > 0, `at ${at} of ${anchors.length}`);
    }
    const { faults } = await verifyAnchors(onePage(anchors.slice(at + 1)), keys, now(), noted);
    count(tally, 'the newest anchors cut off, against one that was noted', faults.length > 0, `${at + 1}`);
  }
  return tally;
}

/** Drops so many whole tickets, one at a time. */
export function dropTickets(books: Books<MemoryTable>, outside: Outside, dice: Dice, places: number): Tally {
  const tally: Tally = { tried: 0, missed: [], byName: {} };
  const all = new Set(books.tables.tickets.partitions.keys());
  for (const pk of dice.shuffled([...all]).slice(0, places)) {
    all.delete(pk);
    const gone = goneFrom(outside.anchors.anchored, all);
    count(tally, 'a whole ticket dropped', gone.length === 1 && gone[0]?.where === pk, pk);
    all.add(pk);
  }
  return tally;
}

/** Tampers with each row of the administrators' log. */
export async function tamperWithLog({ tables, parts }: Books<MemoryTable>, outside: Outside): Promise<Tally> {
  const tally: Tally = { tried: 0, missed: [], byName: {} };
  const rows = await tables.audit.query([['PartitionKey', 'eq', LOG]]);
  const anchored = outside.anchors.anchored.get(LOG) ?? [];
  for (const [at, row] of rows.entries()) {
    const bent = { ...row, props: { ...row.props, s00: String(row.props.s00).replace('"', "'") } };
    for (const [name, forged] of [
      ['a row of the log changed', rows.with(at, bent)],
      ['a row of the log dropped', rows.toSpliced(at, 1)],
    ] as const) {
      const { faults } = verifyLog(forged, parts.rows, anchored);
      count(tally, name, faults.length > 0, row.rk);
    }
  }
  count(tally, 'the whole log dropped', verifyLog([], parts.rows, anchored).faults.length > 0, LOG);
  return tally;
}

import { type TicketStore } from '../service/ports';
import { type TicketEvent } from '../tickets/events';
import { type TicketId } from '../tickets/ids';
import { recordsIn } from './audit-rows';
import { genesis, hashOf } from './chain';
import { tampered } from './faults';
import { partitionOf, STATE_RK, type States } from './state';
import { type Table } from './tables';

/**
 * A ticket's events, read from its audit chain and held against the head that stands under the state's seal: what
 * somebody else wrote into the tables is never told to anyone as something that happened.
 */
export function createHistory(table: Table, states: States): Pick<TicketStore, 'history'> {
  return {
    async history(id: TicketId) {
      const pk = partitionOf(id);
      const stateRow = await table.get(pk, STATE_RK);
      if (!stateRow) return [];
      const { head } = states.open(stateRow);
      const rows = await table.query([
        ['PartitionKey', 'eq', pk],
        ['RowKey', 'ge', 'ev~'],
        ['RowKey', 'lt', 'ev~~'],
      ]);
      const records = recordsIn(rows);
      const events: TicketEvent[] = [];
      let end = genesis(id);
      // Records beyond the head that was read belong to a commit that came after it: they are told the next time.
      for (let seq = 1; seq <= head.seq; seq += 1) {
        const record = records.get(seq);
        if (!record) throw tampered('ev', pk, `ev~${seq}`);
        const { hash, ...chained } = record;
        if (chained.seq !== seq || chained.previous !== end.hash || hashOf(chained) !== hash)
          throw tampered('ev', pk, `ev~${seq}`);
        events.push({ ...chained.data, kind: chained.kind, at: chained.at } as TicketEvent);
        end = { seq, hash };
      }
      if (end.hash !== head.hash) throw tampered('ev', pk, `ev~${head.seq}`);
      return events;
    },
  };
}

import { type TicketStore } from '../service/ports';
import { type Moment } from '../tickets/ticket';
import { pointerOf } from './hints';
import { invertedTime, toMoment } from './keys';
import { blockPk, countedPk } from './opening-rows';
import { type Table } from './tables';

const LATEST_MS = 9_999_999_999_999;
/** More than one bar at a time would take more than one denial of the same: a false pointer or two may lie before it. */
const BLOCKS_AT_MOST = 3;

/** Counts openings, and finds denials that bar repeats: no more rows are read than are asked for, however many there are. */
export function createOpenings(index: Table): Pick<TicketStore, 'openings' | 'blocks'> {
  return {
    async openings(of, since, most) {
      const rows = await index.query(
        [
          ['PartitionKey', 'eq', countedPk(of)],
          ['RowKey', 'lt', invertedTime(since)],
        ],
        most,
      );
      return rows.flatMap(({ rk }): Moment[] => {
        const inverted = Number(rk.split('~')[0]);
        return Number.isInteger(inverted) ? [toMoment(LATEST_MS - inverted)] : [];
      });
    },
    async blocks(subject, flow) {
      const rows = await index.query([['PartitionKey', 'eq', blockPk(subject, flow)]], BLOCKS_AT_MOST);
      return rows.flatMap((row) => pointerOf(row)?.ticket ?? []);
    },
  };
}

import { type TicketPage } from '../service/ports';
import { type QueueFilter } from '../tickets/queue';
import { type Check, LARGEST, type Listed, LOOKS, pageOf } from './listing';
import { queueConditions, queuePartitions } from './queue-rows';
import { type Table } from './tables';

/** Pages through a part of the queue. The partitions are merged by their keys, a bounded number of rows at a time. */
export function createQueueList(index: Table, check: Check) {
  return {
    async queue(filter: QueueFilter, page: { size?: number; next?: string } = {}): Promise<TicketPage> {
      const size = Math.min(Math.max(page.size ?? LARGEST, 1), LARGEST);
      const pks = queuePartitions(filter);
      let after = page.next === undefined ? '' : Buffer.from(page.next, 'base64url').toString('utf8');
      const items: Listed[] = [];
      for (let look = 0; look < LOOKS && items.length < size; look += 1) {
        const missing = size - items.length;
        const found = await Promise.all(pks.map((pk) => index.query(queueConditions(pk, filter, after), missing)));
        const rows = found
          .flat()
          .sort((a, b) => (a.rk < b.rk ? -1 : 1))
          .slice(0, missing);
        const checked = await Promise.all(rows.map(check));
        items.push(...checked.filter((found) => found !== undefined));
        if (rows.length < missing) return pageOf(items);
        after = rows.at(-1)?.rk ?? after;
      }
      return pageOf(items, after);
    },
    async queueCount(filter: QueueFilter, most: number): Promise<number> {
      const found = await Promise.all(
        queuePartitions(filter).map((pk) => index.query(queueConditions(pk, filter), most)),
      );
      return Math.min(most, found.flat().length);
    },
  };
}

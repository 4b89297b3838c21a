import { type QueueFilter, queueOrder, queuePlace, type WaitsOn } from '../tickets/queue';
import { type Ticket } from '../tickets/ticket';
import { type IndexRow } from './indexes';
import { keyOf, safeKey } from './keys';
import { type Condition } from './tables';

const FREE_PK = 'queue-free';
const TAKEN_PK = 'queue-taken';
const onPk = (waitsOn: WaitsOn) => `queue-on~${waitsOn}`;
const ofPk = (person: string) => keyOf('queue-of', person);

/**
 * The pointers by which the queue finds a ticket: whom it waits for, and who looks after it. Their keys sort as the queue
 * does, and say from when on a ticket is overdue: no row has to be written because time passes.
 */
export function queueRows(ticket: Ticket): IndexRow[] {
  const place = queuePlace(ticket);
  if (!place) return [];
  const rk = `${queueOrder(place)}~${safeKey(ticket.id)}`;
  const { assigned } = place;
  const pks = [onPk(place.waitsOn), ...(assigned === undefined ? [FREE_PK] : [TAKEN_PK, ofPk(assigned)])];
  return pks.map((pk) => ({ kind: 'queue', pk, rk, ticket: ticket.id }));
}

/** The partitions that hold a part of the queue; what they hold beyond it is told by the ticket itself. */
export function queuePartitions({ waitsOn, assigned }: QueueFilter): string[] {
  if (typeof assigned === 'object') return [ofPk(assigned.to)];
  if (assigned === 'nobody') return [FREE_PK];
  return waitsOn ? [onPk(waitsOn)] : [FREE_PK, TAKEN_PK];
}

/** The rows of one of them that belong to that part, after a key. */
export function queueConditions(pk: string, { overdueBy }: QueueFilter, after = ''): Condition[] {
  return [
    ['PartitionKey', 'eq', pk],
    ['RowKey', 'gt', after],
    ...(overdueBy === undefined ? [] : [['RowKey', 'lt', `1~${overdueBy}`] as const]),
  ];
}

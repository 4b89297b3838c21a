import { type AuditRecord, type TicketStore } from '../service/ports';
import { type TicketId } from '../tickets/ids';
import { partsIn, recordsIn } from './audit-rows';
import { oddRow } from './faults';
import { type SealedRows } from './sealed';
import { type States, partitionOf } from './state';
import { type Table } from './tables';
import { verifyPartition } from './verify-partition';

export type Audit = Pick<TicketStore, 'audit' | 'verifyAudit'>;

/** The audit of single tickets. What is over all of them is in ledger/. */
export function createAudit(table: Table, states: States, rows: SealedRows): Audit {
  const between = (id: TicketId, prefix: string) =>
    table.query([
      ['PartitionKey', 'eq', partitionOf(id)],
      ['RowKey', 'ge', prefix],
      ['RowKey', 'lt', `${prefix}~`],
    ]);

  return {
    async audit(id) {
      const [records, parts] = await Promise.all([between(id, 'ev~'), between(id, 'pd~')]);
      const personal = partsIn(parts);
      return [...recordsIn(records)].map(([seq, record]): AuditRecord => {
        if (!record) throw oddRow('an audit record cannot be read', { ticket: id, seq });
        const part = personal.get(seq);
        return part ? { ...record, personal: part.personal } : record;
      });
    },
    async verifyAudit(id) {
      const found = await table.query([['PartitionKey', 'eq', partitionOf(id)]]);
      return verifyPartition({ ticket: id, rows: found }, { states, rows }).faults;
    },
  };
}

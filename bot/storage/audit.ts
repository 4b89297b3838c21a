import { z } from 'zod';
import { type AuditRecord, type TicketStore } from '../service/ports';
import { type TicketId } from '../tickets/ids';
import { Fault } from '../../agent/protocol/fault';
import { type Head, type Link } from './chain';
import { oddRow } from './faults';
import { keyOf, seq10 } from './keys';
import { STATE_RK, type States, partitionOf } from './state';
import { type StoredRow, type Table } from './tables';
import { joinText } from './text';
import { verifyChain } from './verify';

export const commandKey = (commandId: string) => keyOf('cmd', commandId);
export const recordKey = (seq: number) => `ev~${seq10(seq)}`;
export const partKey = (seq: number) => `pd~${seq10(seq)}`;

const fieldsSchema = z.record(z.unknown());

const recordSchema = z
  .object({
    seq: z.number().int().positive(),
    at: z.string(),
    kind: z.string(),
    actor: z.string(),
    commandId: z.string(),
    data: fieldsSchema,
    commitment: z.string(),
    previous: z.string(),
    hash: z.string(),
  })
  .strict();

const partSchema = z.object({ seq: z.number().int(), salt: z.string(), personal: fieldsSchema }).strict();

/** What may lie in a ticket's partition. */
const KNOWN = /^(state|(ev|pd)~\d{10}|(cmd|out|card)~.+)$/;

function parseJson<T>(row: StoredRow, schema: z.ZodType<T>): T | undefined {
  const text = joinText(row.props);
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Rows of one kind by the number in their key. */
function numbered<T>(rows: readonly StoredRow[], prefix: string, schema: z.ZodType<T>): Map<number, T | undefined> {
  const found = rows.filter(({ rk }) => rk.startsWith(prefix) && KNOWN.test(rk));
  return new Map(found.map((row) => [Number(row.rk.slice(prefix.length)), parseJson(row, schema)]));
}

export type Audit = Pick<TicketStore, 'audit' | 'verifyAudit'>;

export function createAudit(table: Table, states: States): Audit {
  const between = (id: TicketId, prefix: string) =>
    table.query([
      ['PartitionKey', 'eq', partitionOf(id)],
      ['RowKey', 'ge', prefix],
      ['RowKey', 'lt', `${prefix}~`],
    ]);

  /** The head, where there is a state whose seal holds. */
  function headOf(rows: readonly StoredRow[]): Head | undefined {
    const state = rows.find(({ rk }) => rk === STATE_RK);
    try {
      return state && states.open(state).head;
    } catch (error) {
      if (error instanceof Fault) return undefined;
      throw error;
    }
  }

  return {
    async audit(id) {
      const [records, parts] = await Promise.all([between(id, 'ev~'), between(id, 'pd~')]);
      const personal = numbered(parts, 'pd~', partSchema);
      return [...numbered(records, 'ev~', recordSchema)].map(([seq, record]): AuditRecord => {
        if (!record) throw oddRow('an audit record cannot be read', { ticket: id, seq });
        const part = personal.get(seq);
        return part ? { ...record, personal: part.personal } : record;
      });
    },
    async verifyAudit(id) {
      const rows = await table.query([['PartitionKey', 'eq', partitionOf(id)]]);
      const head = headOf(rows);
      const records: Map<number, Link['record'] | undefined> = numbered(rows, 'ev~', recordSchema);
      const strange = rows.filter(({ rk }) => !KNOWN.test(rk));
      return [
        ...strange.map(({ rk }) => `row ${rk} does not belong here`),
        ...verifyChain({
          ticket: id,
          ...(head ? { head } : {}),
          records,
          parts: numbered(rows, 'pd~', partSchema),
          commands: new Set(rows.map(({ rk }) => rk)),
          commandKey,
        }),
      ];
    },
  };
}

import { type AuditRecord } from '../../service/ports';
import { type ShortId, type TicketId } from '../../tickets/ids';
import { type Moment } from '../../tickets/ticket';
import { partsIn, recordsIn } from '../audit-rows';
import { type StoredRow, type Table } from '../tables';
import { LOG } from './log';
import { partitionsOf } from './partitions';

/** A record as it leaves the house: with what joins it to records of others. */
export interface ExportedRecord {
  /** A ticket's id, or `log` for what administrators did. */
  ticket: TicketId;
  /** Of `log` empty. */
  shortId: ShortId;
  flow: string;
  seq: number;
  at: Moment;
  kind: string;
  /** Entra object id, id of a workstation, `keyvouch`, or who ran an administrator's command. */
  actor: string;
  /** Entra object ids. Entra's own audit log has the subject as a target of its records. */
  requester: string;
  subject: string;
  hander: string;
  commandId: string;
  /** Ids of authentication methods in Entra (passes, passkeys) that the record names. */
  methodIds: readonly string[];
  /** `client-request-id` of calls to Graph, where the record has them. */
  requestIds: readonly string[];
  data: Readonly<Record<string, unknown>>;
  /** Only where it was asked for, and not erased. By the path where it stood: `subject.name`. */
  personal?: Readonly<Record<string, unknown>>;
  hash: string;
}

export interface ExportOptions {
  /** Moments: from (inclusive) and to (exclusive). */
  from?: Moment;
  to?: Moment;
  withPersonal?: boolean;
}

/** What cannot be read is told, not left out in silence. */
export type Exported = { kind: 'record'; record: ExportedRecord } | { kind: 'unreadable'; ticket: string; seq: number };

/** All records, ticket by ticket and each in its order; last what administrators did. */
export async function* exportRecords(tickets: Table, audit: Table, options: ExportOptions): AsyncGenerator<Exported> {
  for await (const { pk, rows } of partitionsOf(tickets.pages([]))) yield* recordsOf(pk, rows, options);
  yield* recordsOf(LOG, await audit.query([['PartitionKey', 'eq', LOG]]), options);
}

function* recordsOf(
  ticket: TicketId,
  rows: readonly StoredRow[],
  { from = '', to, withPersonal = false }: ExportOptions,
): Generator<Exported> {
  const records = recordsIn(rows);
  const parts = withPersonal ? partsIn(rows) : new Map<number, undefined>();
  const opened = records.get(1)?.data;
  const about = {
    shortId: text(opened, 'shortId'),
    flow: text(opened, 'flow'),
    requester: text(field(opened, 'requester'), 'id'),
    subject: text(field(opened, 'subject'), 'id'),
    hander: text(field(opened, 'hander'), 'id'),
  };
  for (const [seq, record] of [...records].sort(([a], [b]) => a - b)) {
    if (!record) yield { kind: 'unreadable', ticket, seq };
    else if (record.at >= from && (to === undefined || record.at < to)) {
      yield { kind: 'record', record: { ticket, ...about, ...exported(record, parts.get(seq)?.personal) } };
    }
  }
}

function exported({ seq, at, kind, actor, commandId, data, hash }: AuditRecord, personal: AuditRecord['personal']) {
  const methodIds = idsIn(data, METHOD);
  const requestIds = idsIn(data, REQUEST);
  return { seq, at, kind, actor, commandId, methodIds, requestIds, data, hash, ...(personal && { personal }) };
}

const METHOD = /^(methodId|passkeysBefore)$/;
const REQUEST = /^requestIds$/;

/** Texts under fields of these names, wherever they stand. */
function idsIn(value: unknown, names: RegExp, name = ''): string[] {
  if (typeof value === 'string') return names.test(name) ? [value] : [];
  if (Array.isArray(value)) return unique(value.flatMap((item) => idsIn(item, names, name)));
  if (typeof value !== 'object' || value === null) return [];
  return unique(Object.entries(value).flatMap(([key, inner]) => idsIn(inner, names, key)));
}

const unique = (ids: readonly string[]) => [...new Set(ids)];

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function text(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
}

import { z } from 'zod';
import { Fault } from '../../../agent/protocol/fault';
import { type AuditRecord } from '../../service/ports';
import { type TicketId } from '../../tickets/ids';
import { commandKey, partsIn, recordKey, recordsIn } from '../audit-rows';
import { type Head, extendBy, genesis } from '../chain';
import { oddRow } from '../faults';
import { type Hints } from '../hints';
import { changedRow } from '../indexes';
import { toMoment } from '../keys';
import { type Op } from '../limits';
import { type SealedRows } from '../sealed';
import { type StoredRow, type Table } from '../tables';
import { splitText } from '../text';
import { verifyChain } from '../verify';
import { type AnchoredHead } from '../verify-partition';

/** The name of the administrators' chain among those of the tickets; no ULID is like it. */
export const LOG = 'log';

const HEAD_RK = 'head';
/** A writer that loses more races than this has no luck but a fault. */
const TRIES = 10;

const headSchema = z.object({ seq: z.number().int().positive(), hash: z.string() });

/** Tickets whose personal parts were erased, each with the number of the last record that this reached. */
const erasedSchema = z.object({ tickets: z.array(z.tuple([z.string(), z.number().int().positive()])) }).passthrough();

/** What an administrator did, to be recorded. Nothing personal but ids. */
export interface LogEntry {
  kind: 'erased' | 'conversation-removed';
  /** Who gave the command. */
  actor: string;
  data: Readonly<Record<string, unknown>>;
}

/** What administrators did to the records: one more hash chain, its head sealed and anchored as those of tickets are. */
export interface AdminLog {
  append(entries: readonly LogEntry[]): Promise<void>;
  head(): Promise<Head | undefined>;
  rows(): Promise<StoredRow[]>;
}

export function createAdminLog(audit: Table, sealed: SealedRows, hints: Hints, now: () => Date): AdminLog {
  const read = async () => {
    const row = await audit.get(LOG, HEAD_RK);
    return row && { head: sealed.open('log', row, headSchema), etag: row.etag };
  };

  return {
    async append(entries) {
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const at = toMoment(now());
        const before = await read();
        const steps = entries.map((entry) => ({ ...entry, data: { ...entry.data }, at, commandId: '', personal: {} }));
        const { links, head } = extendBy(before?.head ?? genesis(LOG), steps);
        const row = sealed.make('log', LOG, HEAD_RK, head);
        const ops: Op[] = [
          before ? { kind: 'replace', row, etag: before.etag } : { kind: 'insert', row },
          ...links.map(({ record }): Op => {
            const props = splitText(JSON.stringify(record));
            return { kind: 'insert', row: { pk: LOG, rk: recordKey(record.seq), props } };
          }),
        ];
        await hints.write([changedRow(LOG, at)], 0);
        if ((await audit.transact(LOG, ops)).kind === 'done') return;
        // Refused, for the attempt before it worked and its reply was lost: once is enough.
        if ((await read())?.head.hash === head.hash) return;
      }
      throw oddRow("the administrators' log could not be written", { tries: TRIES });
    },
    async head() {
      return (await read())?.head;
    },
    rows: () => audit.query([['PartitionKey', 'eq', LOG]]),
  };
}

export interface VerifiedLog {
  faults: string[];
  records: number;
  /** By ticket: up to which record its personal parts were erased. */
  erased: Map<TicketId, number>;
}

/** Everything that is wrong with the administrators' log, and what it says of erasures. */
export function verifyLog(
  rows: readonly StoredRow[],
  sealed: SealedRows,
  anchored: readonly AnchoredHead[],
): VerifiedLog {
  const records = recordsIn(rows);
  const head = headIn(rows, sealed);
  if (rows.length === 0 && anchored.length === 0) return { faults: [], records: 0, erased: new Map() };
  const newest = anchored.reduce((last, { seq }) => Math.max(last, seq), 0);
  const strange = rows.filter(({ rk }) => rk !== HEAD_RK && !/^ev~\d{10}$/.test(rk));
  const chain = { ticket: LOG, records, parts: partsIn(rows), commandKey, ...(head && { head }) };
  const faults = [
    ...strange.map(({ rk }) => `row ${rk} does not belong here`),
    ...verifyChain(chain),
    ...(head && head.seq < newest ? [`an older head was put back: it stands at ${head.seq}, not at ${newest}`] : []),
    ...anchored.flatMap(({ seq, hash, anchor }) =>
      records.get(seq)?.hash === hash ? [] : [`record ${seq} is not the one that anchor ${anchor} names`],
    ),
  ];
  // Whoever could write the log could excuse what was taken away: it counts only where all of it holds.
  return {
    faults,
    records: records.size,
    erased: faults.length === 0 ? erasedIn([...records.values()]) : new Map<TicketId, number>(),
  };
}

function headIn(rows: readonly StoredRow[], sealed: SealedRows): Head | undefined {
  const row = rows.find(({ rk }) => rk === HEAD_RK);
  try {
    return row && sealed.open('log', row, headSchema);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function erasedIn(records: readonly (Pick<AuditRecord, 'kind' | 'data'> | undefined)[]): Map<TicketId, number> {
  const erased = new Map<TicketId, number>();
  for (const record of records) {
    if (record?.kind !== 'erased') continue;
    for (const [ticket, seq] of erasedSchema.safeParse(record.data).data?.tickets ?? []) {
      erased.set(ticket, Math.max(seq, erased.get(ticket) ?? 0));
    }
  }
  return erased;
}

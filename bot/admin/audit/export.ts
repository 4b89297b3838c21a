import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault } from '../../../agent/protocol/fault';
import { type Exported, type ExportedRecord, type ExportOptions } from '../../storage';
import { EXIT } from '../exit-status';
import { type Admin } from '../open';
import { type Terminal } from '../terminal';
import { csvLine } from '../../service/csv';

export interface ExportFlags {
  format: 'jsonl' | 'csv';
  /** A day or a moment, ISO 8601: from (inclusive) and to (exclusive). */
  from?: string;
  to?: string;
  out?: string;
  withPersonal?: true;
}

/** `audit export`. @param stdout where it goes without --out. @returns the exit status */
export async function exportAudit(
  { ledger }: Admin,
  flags: ExportFlags,
  terminal: Terminal,
  stdout: Writable,
): Promise<number> {
  const found = ledger.records(rangeOf(flags));
  const seen = { records: 0, unreadable: 0 };
  const lines = linesOf(found, flags, seen);
  // For its owner alone: who did what when is nobody else's business.
  if (flags.out === undefined) await pipeline(Readable.from(lines), stdout, { end: false });
  else await pipeline(Readable.from(lines), createWriteStream(flags.out, { mode: 0o600 }));
  if (flags.out !== undefined) terminal.hint(`${seen.records} records written to ${flags.out}.`);
  if (seen.unreadable === 0) return EXIT.done;
  terminal.hint(`${seen.unreadable} records cannot be read and are left out. "audit verify" says which.`);
  return EXIT.wrong;
}

async function* linesOf(
  found: AsyncIterable<Exported>,
  { format, ...flags }: ExportFlags,
  seen: { records: number; unreadable: number },
): AsyncGenerator<string> {
  const withPersonal = flags.withPersonal === true;
  if (format === 'csv') yield `${csvLine([...COLUMNS, ...(withPersonal ? ['personal'] : [])])}\r\n`;
  for await (const one of found) {
    if (one.kind === 'unreadable') {
      seen.unreadable += 1;
      continue;
    }
    seen.records += 1;
    yield format === 'csv' ? `${csvLine(fieldsOf(one.record, withPersonal))}\r\n` : `${JSON.stringify(one.record)}\n`;
  }
}

const COLUMNS = [
  ...['at', 'ticket', 'shortId', 'flow', 'seq', 'kind', 'actor', 'requester', 'subject', 'hander', 'commandId'],
  ...['methodIds', 'requestIds', 'data', 'hash'],
];

function fieldsOf(record: ExportedRecord, withPersonal: boolean): (string | number)[] {
  const { at, ticket, shortId, flow, seq, kind, actor, requester, subject, hander, commandId } = record;
  return [
    ...[at, ticket, shortId, flow, seq, kind, actor, requester, subject, hander, commandId],
    ...[record.methodIds.join(' '), record.requestIds.join(' '), JSON.stringify(record.data), record.hash],
    ...(withPersonal ? [record.personal ? JSON.stringify(record.personal) : ''] : []),
  ];
}

function rangeOf({ from, to, withPersonal }: ExportFlags): ExportOptions {
  return {
    withPersonal: withPersonal === true,
    ...(from !== undefined && { from: momentOf('--from', from) }),
    ...(to !== undefined && { to: momentOf('--to', to) }),
  };
}

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

function momentOf(flag: string, text: string): string {
  const time = ISO.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new Fault({
    code: 'usage',
    say: `${flag} takes a day or a moment.`,
    todo: 'Write 2025-03-04 (midnight in UTC) or 2025-03-04T10:20:30Z.',
  });
}

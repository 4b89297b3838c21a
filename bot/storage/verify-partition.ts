import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import { type TicketId } from '../tickets/ids';
import { type Moment, type Ticket } from '../tickets/ticket';
import { KNOWN, commandKey, partsIn, recordsIn } from './audit-rows';
import { type Head, type Link } from './chain';
import { plus } from './keys';
import { type SealedRows } from './sealed';
import { STATE_RK, type States } from './state';
import { type StoredRow } from './tables';
import { verifyChain } from './verify';

/** Where a chain stood when an anchor was written. */
export interface AnchoredHead extends Head {
  /** The number of that anchor. */
  anchor: number;
}

/** What is known of a ticket from outside its own rows. */
export interface Known {
  /** Where anchors say that its chain stood. */
  anchored: readonly AnchoredHead[];
  now: Moment;
  /** Up to which record its personal parts were erased; 0: never. */
  erasedTo: number;
}

export interface Partition {
  ticket: TicketId;
  rows: readonly StoredRow[];
  /** Undefined: the ticket is held against its own rows alone. */
  known?: Known;
}

export interface Verified {
  faults: string[];
  records: number;
  /** Records that no anchor covers yet, because they are young. */
  young: number;
}

/** An anchor looks at what is older than 90 s, every 5 minutes; the rest is for a host that was busy or asleep. */
export const ANCHOR_SLACK_MS = 15 * 60_000;

type Openers = Readonly<{ states: States; rows: SealedRows }>;

/**
 * Everything that is wrong with a ticket's rows, one sentence each: its chain, the commands it took, the rows under seal,
 * and, where something is known from outside, what anchors and the record of erasures say.
 */
export function verifyPartition({ ticket, rows, known }: Partition, openers: Openers): Verified {
  const stateRow = rows.find(({ rk }) => rk === STATE_RK);
  const state = unlessFault(() => stateRow && openers.states.open(stateRow));
  const records = recordsIn(rows);
  const parts = partsIn(rows);
  const commands = rows.filter(({ rk }) => rk.startsWith('cmd~'));
  const chain = {
    ticket,
    records,
    parts,
    commands: new Set(commands.map(({ rk }) => rk)),
    commandKey,
    ...(state && { head: state.head }),
  };
  const late = known && lateFaults(records, known);
  return {
    faults: [
      ...rows.filter(({ rk }) => !KNOWN.test(rk)).map(({ rk }) => `row ${rk} does not belong here`),
      ...verifyChain(chain),
      ...commandFaults(commands, records),
      ...sealFaults(rows, openers.rows),
      ...(stateRow && state ? besideFaults(stateRow, state.stored.ticket) : []),
      ...(known ? [...anchorFaults(records, state?.head, known), ...missingParts(records, parts, known)] : []),
      ...(late?.faults ?? []),
    ],
    records: records.size,
    young: late?.young ?? 0,
  };
}

type Records = ReadonlyMap<number, Link['record'] | undefined>;

function unlessFault<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** A remembered command is never taken again: one that was put there by hand would keep a click from working. */
function commandFaults(rows: readonly StoredRow[], records: Records): string[] {
  const ends = new Map<string, number>();
  for (const [seq, record] of records) {
    if (record) ends.set(commandKey(record.commandId), Math.max(seq, ends.get(commandKey(record.commandId)) ?? 0));
  }
  return rows.flatMap(({ rk, props }) => {
    const end = ends.get(rk);
    if (end === undefined) return [`row ${rk} remembers a command that no record names`];
    return props.version === end ? [] : [`row ${rk} was changed`];
  });
}

function sealFaults(rows: readonly StoredRow[], sealed: SealedRows): string[] {
  return rows.flatMap((row) => {
    const kind = /^(out|card|shared|outer)~/.exec(row.rk)?.[1];
    if (kind !== 'out' && kind !== 'card' && kind !== 'shared' && kind !== 'outer') return [];
    const holds = unlessFault(() => {
      sealed.open(kind, row, z.unknown());
      return true;
    });
    return holds ? [] : [`row ${row.rk} was not written by Keyvouch`];
  });
}

/** What stands beside the seal is never read by Keyvouch, but people look at it. */
function besideFaults({ props }: StoredRow, { version, status }: Ticket): string[] {
  return props.version === version && props.status === status
    ? []
    : ['the state row shows another version or status than the sealed state has'];
}

function anchorFaults(records: Records, head: Head | undefined, { anchored }: Known): string[] {
  const faults: string[] = [];
  const newest = anchored.reduce((last, { seq }) => Math.max(last, seq), 0);
  if (head && head.seq < newest) {
    faults.push(`an older state was put back: it stands at ${head.seq}, and anchors know ${newest}`);
  }
  for (const { seq, hash, anchor } of anchored) {
    if (records.get(seq)?.hash !== hash) faults.push(`record ${seq} is not the one that anchor ${anchor} names`);
  }
  return faults;
}

function missingParts(records: Records, parts: ReadonlyMap<number, unknown>, { erasedTo }: Known): string[] {
  return [...records].flatMap(([seq, record]) =>
    record?.commitment && seq > erasedTo && !parts.has(seq)
      ? [`the personal part of record ${seq} is gone, and no erasure of it is recorded`]
      : [],
  );
}

/** Records after the last one that an anchor covers: young ones wait for theirs, others should have it. */
function lateFaults(records: Records, { anchored, now }: Known): { faults: string[]; young: number } {
  const covered = anchored.reduce((last, { seq }) => Math.max(last, seq), 0);
  const open = [...records].flatMap(([seq, record]) => (record && seq > covered ? [{ seq, at: record.at }] : []));
  const late = open.filter(({ at }) => isLate(at, now));
  const [first] = late;
  const which =
    late.length > 1 ? `${late.length} records from ${first?.seq ?? 0} on have` : `record ${first?.seq ?? 0} has`;
  return {
    faults: first ? [`${which} no anchor after 15 minutes: the timer stands still, or anchors were taken out`] : [],
    young: open.length - late.length,
  };
}

function isLate(at: Moment, now: Moment): boolean {
  return Number.isNaN(Date.parse(at)) || plus(at, ANCHOR_SLACK_MS) < now;
}

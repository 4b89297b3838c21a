import { type Keys } from '../../keys/keys';
import { type TicketId } from '../../tickets/ids';
import { toMoment } from '../keys';
import { type SealedRows } from '../sealed';
import { type States, partitionOf } from '../state';
import { type Condition, type Table } from '../tables';
import { type AnchoredHead, verifyPartition } from '../verify-partition';
import { ANCHOR_PK, type AnchorRef } from './anchor';
import { LOG, verifyLog } from './log';
import { type PartitionRows, partitionsOf } from './partitions';
import { type VerifiedAnchors, verifyAnchors } from './verify-anchors';

/** Something that is wrong with the audit trail. */
export interface Finding {
  /** A ticket's id, `anchors`, or `log`: what administrators did. */
  where: string;
  /** A sentence in plain words. */
  what: string;
}

export interface Verdict {
  tickets: number;
  records: number;
  anchors: number;
  /** The newest anchor: whoever notes it elsewhere can ask for it again. */
  newest?: AnchorRef;
  /** Records that no anchor covers yet, because they are young. */
  young: number;
  findings: Finding[];
}

export interface VerifyOptions {
  /** Only this ticket; what is over all of them is checked all the same. */
  ticket?: TicketId;
  /** An anchor that was noted outside the storage. */
  noted?: Pick<AnchorRef, 'number' | 'hash'>;
  progress?: (tickets: number) => void;
}

export interface LedgerParts {
  tickets: Table;
  audit: Table;
  states: States;
  rows: SealedRows;
  keys: Pick<Keys, 'verify'>;
  now: () => Date;
}

/** What anchors and log say, against which each ticket is held. */
export interface Outside {
  anchors: VerifiedAnchors;
  erased: ReadonlyMap<TicketId, number>;
  findings: Finding[];
  records: number;
}

/** Reads and verifies what lies over all tickets: the anchors, and what administrators did. */
export async function verifyOutside(parts: LedgerParts, noted?: VerifyOptions['noted']): Promise<Outside> {
  const { audit, rows, keys, now } = parts;
  const anchorRows = audit.pages([['PartitionKey', 'eq', ANCHOR_PK]]);
  const anchors = await verifyAnchors(anchorRows, keys, now(), noted);
  const log = verifyLog(await audit.query([['PartitionKey', 'eq', LOG]]), rows, anchors.anchored.get(LOG) ?? []);
  return {
    anchors,
    erased: log.erased,
    records: log.records,
    findings: [...anchors.faults.map((what) => ({ where: 'anchors', what })), ...log.faults.map(inLog)],
  };
}

const inLog = (what: string): Finding => ({ where: LOG, what });

/** Verifies one ticket's rows against themselves and against what is known from outside. */
export function verifyOne(parts: LedgerParts, outside: Outside, { pk, rows }: PartitionRows) {
  const known = {
    anchored: outside.anchors.anchored.get(pk) ?? [],
    now: toMoment(parts.now()),
    erasedTo: outside.erased.get(pk) ?? 0,
  };
  return verifyPartition({ ticket: pk, rows, known }, parts);
}

/** Tickets of which anchors know and of which nothing is left. */
export function goneFrom(
  anchored: ReadonlyMap<TicketId, readonly AnchoredHead[]>,
  there: ReadonlySet<string>,
): Finding[] {
  return [...anchored.keys()]
    .filter((chain) => chain !== LOG && !there.has(partitionOf(chain)))
    .map((chain) => ({ where: chain, what: 'the whole ticket is gone: anchors know it, and it has no rows' }));
}

/** Verifies the whole audit trail, or one ticket of it, page by page. Changes nothing. */
export async function verifyLedger(parts: LedgerParts, options: VerifyOptions = {}): Promise<Verdict> {
  const { ticket, noted, progress = () => undefined } = options;
  const outside = await verifyOutside(parts, noted);
  const { anchors } = outside;
  const findings = [...outside.findings];
  const there = new Set<string>();
  let records = outside.records;
  let young = 0;
  const only: Condition[] = ticket === undefined ? [] : [['PartitionKey', 'eq', partitionOf(ticket)]];
  for await (const partition of partitionsOf(parts.tickets.pages(only))) {
    const { pk } = partition;
    there.add(pk);
    const one = verifyOne(parts, outside, partition);
    findings.push(...one.faults.map((what) => ({ where: pk, what })));
    records += one.records;
    young += one.young;
    if (there.size % 1000 === 0) progress(there.size);
  }
  const gone = goneFrom(anchors.anchored, there);
  if (ticket === undefined) findings.push(...gone);
  else if (there.size === 0) {
    findings.push(gone.find(({ where }) => where === ticket) ?? { where: ticket, what: 'there is no such ticket' });
  }
  const { newest, count } = anchors;
  return { tickets: there.size, records, anchors: count, young, findings, ...(newest && { newest }) };
}

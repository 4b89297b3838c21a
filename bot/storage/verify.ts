import { type TicketId } from '../tickets/ids';
import { type Head, type Link, commitmentOf, genesis, hashOf } from './chain';

/** What was found of a chain: its rows as they lie there, the keys they lie under, and the sealed head. */
export interface Found {
  ticket: TicketId;
  /** Undefined where there is no state row whose seal holds. */
  head?: Head;
  /** By the number in the row's key; undefined where the row cannot be read. */
  records: ReadonlyMap<number, Link['record'] | undefined>;
  parts: ReadonlyMap<number, Link['part']>;
  /** Keys of the rows that remember the commands which were taken; undefined for a chain that takes none. */
  commands?: ReadonlySet<string>;
  commandKey: (commandId: string) => string;
}

/**
 * Everything that is wrong with a ticket's audit chain, one sentence each; none where it holds. Finds records that were
 * changed, dropped, added, reordered or cut off, also by someone who computes every hash anew: the head is sealed.
 * Personal parts that were erased are no fault.
 */
export function verifyChain(found: Found): string[] {
  const faults: string[] = [];
  if (!found.head) faults.push('there is no state whose seal holds, so nothing says where the chain ends');
  // Not as far as the largest number in a key: somebody may have written a row under ten nines.
  const last = found.head?.seq ?? found.records.size;
  let before = genesis(found.ticket).hash;
  for (let seq = 1; seq <= last; seq += 1) {
    const record = found.records.get(seq);
    if (!found.records.has(seq)) faults.push(`record ${seq} is missing`);
    else if (!record) faults.push(`record ${seq} cannot be read`);
    else faults.push(...recordFaults(seq, before, record, found));
    if (record) before = record.hash;
    if (seq === found.head?.seq && before !== found.head.hash) {
      faults.push('the chain does not end where the sealed state says');
    }
  }
  for (const seq of found.records.keys()) {
    if (seq < 1) faults.push(`record ${seq} was added before the chain`);
    if (seq > last) faults.push(`record ${seq} was added after the end of the chain`);
  }
  faults.push(...partFaults(found));
  return faults;
}

function recordFaults(seq: number, before: string, record: Link['record'], found: Found): string[] {
  const { hash, ...chained } = record;
  const faults: string[] = [];
  if (chained.seq !== seq) faults.push(`record ${seq} lies in another's place`);
  if (hashOf(chained) !== hash) faults.push(`record ${seq} was changed`);
  if (chained.previous !== before) faults.push(`record ${seq} does not follow the one before it`);
  if (found.commands?.has(found.commandKey(chained.commandId)) === false) {
    faults.push(`the command of record ${seq} is no longer remembered as taken`);
  }
  return faults;
}

function partFaults(found: Found): string[] {
  const faults: string[] = [];
  for (const [seq, part] of found.parts) {
    const commitment = found.records.get(seq)?.commitment;
    if (!part) faults.push(`the personal part of record ${seq} cannot be read`);
    else if (!commitment) faults.push(`a personal part was added to record ${seq}`);
    else if (commitmentOf(part.salt, part.personal) !== commitment) {
      faults.push(`the personal part of record ${seq} was changed`);
    }
  }
  return faults;
}

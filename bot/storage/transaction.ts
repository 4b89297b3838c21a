import { type Commit } from '../service/ports';
import { type OutboxItem } from '../tickets/effects';
import { type Moment } from '../tickets/ticket';
import { type Head, extend, genesis } from './chain';
import { commandKey, partKey, recordKey } from './audit-rows';
import { seq10, toMoment } from './keys';
import { type Op } from './limits';
import { outboxKey, outboxRow } from './outbox';
import { type SealedRows } from './sealed';
import { type States, partitionOf, readEtag } from './state';
import { splitText } from './text';

/** A commit as one entity group transaction. The first operation is the state's. */
export interface Transaction {
  pk: string;
  ops: readonly Op[];
  /** The same without removing the settled outbox item, for when that has gone already; undefined if none is removed. */
  withoutSettling?: readonly Op[];
  outbox: readonly OutboxItem[];
  head: Head;
}

/** @throws Error where the commit is not one step of one ticket: a fault of the caller, not of the storage. */
function check({ before, after, events }: Commit): void {
  const version = before?.ticket.version ?? 0;
  if (before && before.ticket.id !== after.id) throw new Error('a commit stays with its ticket');
  if (events.length === 0) throw new Error('a commit has at least one event');
  if (after.version !== version + events.length) throw new Error('a version is raised by one for each event');
}

/**
 * The rows of a commit.
 * @param token by which the writer knows its own commit again after a lost reply
 */
export function transactionOf(
  commit: Commit,
  token: string,
  now: Moment,
  states: States,
  rows: SealedRows,
): Transaction {
  check(commit);
  const { before, after, commandId, events, wanted, settles } = commit;
  const pk = partitionOf(after.id);
  const read = before && readEtag(before);
  const { links, head } = extend(read?.head ?? genesis(after.id), commandId, events);
  const state = states.row(after, head);
  const outbox = wanted.map(({ effect, notBefore }, index): OutboxItem => ({
    id: `${seq10(after.version)}-${index + 1}`,
    effect,
    notBefore: toMoment(notBefore ?? now),
    attempts: 0,
  }));
  const insert = (rk: string, props: Record<string, string | number | boolean>): Op => ({
    kind: 'insert',
    row: { pk, rk, props },
  });
  const ops: Op[] = [
    read ? { kind: 'replace', row: state, etag: read.etag } : { kind: 'insert', row: state },
    insert(commandKey(commandId), { token, version: after.version, at: now }),
    ...links.map(({ record }) => insert(recordKey(record.seq), splitText(JSON.stringify(record)))),
    ...links.flatMap(({ part }) => (part ? [insert(partKey(part.seq), splitText(JSON.stringify(part)))] : [])),
    ...outbox.map((item): Op => ({ kind: 'insert', row: outboxRow(rows, after.id, item) })),
  ];
  if (settles === undefined) return { pk, ops, outbox, head };
  return { pk, ops: [...ops, { kind: 'remove', rk: outboxKey(settles) }], withoutSettling: ops, outbox, head };
}

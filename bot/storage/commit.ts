import { randomBytes } from 'node:crypto';
import { Fault } from '../../agent/protocol/fault';
import { type Commit, type CommitResult } from '../service/ports';
import { type Ticket, type Moment } from '../tickets/ticket';
import { commandKey } from './audit-rows';
import { oddRow } from './faults';
import { type Hints } from './hints';
import { type IndexRow, changedRow, indexRows } from './indexes';
import { toMoment } from './keys';
import { type Claim } from './opening-claims';
import { type SealedRows } from './sealed';
import { type States, etagWith } from './state';
import { type Transacted, type Table } from './tables';
import { type Transaction, transactionOf } from './transaction';

export interface CommitParts {
  table: Table;
  states: States;
  rows: SealedRows;
  hints: Hints;
  /** Makes a new ticket the only open one of its flow for its subject. */
  claimOpening: (ticket: Ticket) => Promise<Claim>;
  dueTimes: (ticket: Ticket) => readonly Moment[];
  now: () => Date;
}

const without = (rows: readonly IndexRow[], others: readonly IndexRow[]) =>
  rows.filter(({ pk, rk }) => !others.some((other) => other.pk === pk && other.rk === rk));

/** Only lists are tidied at once; due rows are removed by `dueDone`, who asks the ticket before. */
const LISTS: readonly IndexRow['kind'][] = ['open', 'waiting', 'frozen', 'pass', 'queue'];
const isListRow = ({ kind }: IndexRow) => LISTS.includes(kind);

/** Writes one step of a ticket: first the pointers to it, then everything else in one transaction. */
export function createCommit(parts: CommitParts): (commit: Commit) => Promise<CommitResult> {
  const { table, states, rows, hints, dueTimes } = parts;

  /**
   * What became of a transaction that was refused, or whose reply was lost. A commit of ours is known by its token in
   * the command's row, even where others have gone on with the ticket since. The command is read first, so that the
   * state is at least as new.
   */
  async function lookAgain(commit: Commit, transaction: Transaction, token: string): Promise<CommitResult | 'same'> {
    const { pk, outbox } = transaction;
    const command = await table.get(pk, commandKey(commit.commandId));
    const stored = await states.load(commit.after.id);
    if (command && !stored) throw oddRow('a command without its ticket', { pk });
    if (command && stored) {
      return command.props.token === token ? { kind: 'committed', stored, outbox } : { kind: 'duplicate', stored };
    }
    const unchanged = commit.before ? stored?.etag === commit.before.etag : !stored;
    if (unchanged) return 'same';
    if (!stored) throw oddRow('the state of a ticket is gone', { pk });
    return { kind: 'conflict', stored };
  }

  async function write(commit: Commit, transaction: Transaction, token: string): Promise<CommitResult> {
    let refused: Transacted | undefined;
    for (const ops of [transaction.ops, transaction.withoutSettling]) {
      if (!ops) continue;
      let done: Transacted;
      try {
        done = await table.transact(transaction.pk, ops);
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'storage-unreachable') throw error;
        const found = await lookAgain(commit, transaction, token).catch(() => 'same' as const);
        if (found === 'same') throw error;
        return found;
      }
      if (done.kind === 'done') return committed(commit, transaction, done.etags[0]);
      const found = await lookAgain(commit, transaction, token);
      if (found !== 'same') return found;
      refused = done;
      // 404 with the state unchanged: the settled item has gone already, which is as well.
      if (done.status !== 404) break;
    }
    throw oddRow('rows of this commit exist already', { pk: transaction.pk, status: statusOf(refused) });
  }

  return async (commit) => {
    const { before, after } = commit;
    const now = toMoment(parts.now());
    const token = randomBytes(12).toString('base64url');
    const transaction = transactionOf(commit, token, now, states, rows);
    if (!before && !(await hints.claimShortId(after.shortId, after.id))) return { kind: 'conflict' };
    if (!before && commit.sole) {
      const { taken, ...by } = await parts.claimOpening(after);
      if (!taken) return { kind: 'claimed', ...by };
    }
    const had = before ? indexRows(before.ticket, [], dueTimes(before.ticket), now) : [];
    const needed = indexRows(after, commit.wanted, dueTimes(after), now);
    await hints.write([...without(needed, had), changedRow(after.id, now)], after.version);
    const result = await write(commit, transaction, token);
    if (result.kind === 'committed') await hints.drop(without(had, needed).filter(isListRow), after.version);
    return result;
  };
}

function statusOf(refused: Transacted | undefined): number {
  return refused?.kind === 'refused' ? refused.status : 0;
}

function committed({ after }: Commit, { head, outbox, pk }: Transaction, etag: string | undefined): CommitResult {
  if (etag === undefined) throw oddRow('the service gave no ETag', { pk });
  return { kind: 'committed', stored: { ticket: after, etag: etagWith(head, etag) }, outbox };
}

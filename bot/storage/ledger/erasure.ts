import { Fault } from '../../../agent/protocol/fault';
import { type ShortId, type TicketId } from '../../tickets/ids';
import { type Moment, type Ticket } from '../../tickets/ticket';
import { partKey } from '../audit-rows';
import { oddRow } from '../faults';
import { IS_OPEN } from '../indexes';
import { type Op } from '../limits';
import { ERASED, erasedTicket } from '../personal';
import { STATE_RK, type States, partitionOf } from '../state';
import { type StoredRow, type Table } from '../tables';
import { type AdminLog } from './log';
import { partitionsOf } from './partitions';

/** Whose personal data goes: of one person, or of all tickets that were closed before a moment. */
export type ErasureScope = { person: string } | { closedBefore: Moment };

export interface Erasable {
  ticket: TicketId;
  shortId: ShortId;
  /** The number of its last record. */
  version: number;
}

export interface ErasurePlan {
  scope: ErasureScope;
  erasable: readonly Erasable[];
  /** Tickets that fit, and that must be left alone for now. */
  left: readonly { ticket: TicketId; why: 'open' | 'at-work' | 'tampered' }[];
}

export interface Erasure {
  /** Looks through all tickets; changes nothing. */
  plan(scope: ErasureScope): Promise<ErasurePlan>;
  /**
   * Erases the personal parts of the planned tickets. It is recorded first, in the administrators' log, so that no part
   * is ever gone without a record that says so; cut short, it can be done again.
   * @param actor who gave the command
   * @returns how many tickets were erased; one that somebody works on meanwhile is left
   */
  carryOut(plan: ErasurePlan, actor: string): Promise<number>;
}

/** In one entry of the log, and in one transaction with the state. */
const TICKETS_AN_ENTRY = 500;
const REMOVED_AT_ONCE = 99;
/** Transactions for one ticket: one of more than 4,000 rows is no ticket of ours. */
const ROUNDS = 50;

/** Rows that hold something personal beside the state. The posts of cards name conversations. */
const PERSONAL_ROW = /^(pd|card)~/;

export interface ErasureParts {
  tickets: Table;
  states: States;
  log: AdminLog;
  /** Takes the jobs of tickets from their workstations. */
  forgetJobs: (tickets: ReadonlySet<string>) => Promise<void>;
}

export function createErasure({ tickets: table, states, log, forgetJobs }: ErasureParts): Erasure {
  /** @returns false where the ticket is not closed any more. What was recorded after the plan stays. */
  async function eraseOne({ ticket, version }: Erasable): Promise<boolean> {
    const last = partKey(version);
    const pk = partitionOf(ticket);
    for (let round = 0; round < ROUNDS; round += 1) {
      const rows = await table.query([['PartitionKey', 'eq', pk]]);
      const found = closedIn(rows, states);
      if (found.kind !== 'closed') return false;
      const personal = rows.filter(({ rk }) => PERSONAL_ROW.test(rk) && !(rk.startsWith('pd~') && rk > last));
      if (personal.length === 0 && isErased(found.ticket)) return true;
      const state = states.row(erasedTicket(found.ticket), found.head);
      await table.transact(pk, [
        { kind: 'replace', row: state, etag: found.etag },
        ...personal.slice(0, REMOVED_AT_ONCE).map(({ rk }): Op => ({ kind: 'remove', rk })),
      ]);
      // Done or refused because somebody was faster: the next look tells.
    }
    throw oddRow('a ticket could not be erased', { pk, rounds: ROUNDS });
  }

  return {
    async plan(scope) {
      const erasable: Erasable[] = [];
      const left: ErasurePlan['left'][number][] = [];
      for await (const { pk, rows } of partitionsOf(table.pages([]))) {
        if (!rows.some(({ rk }) => PERSONAL_ROW.test(rk))) continue;
        const found = closedIn(rows, states);
        if (found.kind === 'tampered') left.push({ ticket: pk, why: 'tampered' });
        else if (fits(found.ticket, scope)) {
          const { id, shortId, version } = found.ticket;
          if (found.kind === 'closed') erasable.push({ ticket: id, shortId, version });
          else left.push({ ticket: id, why: found.kind });
        }
      }
      return { scope, erasable, left };
    },
    async carryOut({ scope, erasable }, actor) {
      let count = 0;
      for (let at = 0; at < erasable.length; at += TICKETS_AN_ENTRY) {
        const some = erasable.slice(at, at + TICKETS_AN_ENTRY);
        const tickets = some.map(({ ticket, version }) => [ticket, version]);
        await log.append([{ kind: 'erased', actor, data: { ...scope, tickets } }]);
        // First, because a ticket in which nothing is personal any more is not looked at again.
        await forgetJobs(new Set(some.map(({ ticket }) => ticket)));
        for (const one of some) if (await eraseOne(one)) count += 1;
      }
      return count;
    },
  };
}

type Standing =
  | { kind: 'tampered' }
  | { kind: 'open' | 'at-work'; ticket: Ticket }
  | { kind: 'closed'; ticket: Ticket; head: ReturnType<States['open']>['head']; etag: string };

/** How a ticket stands: a closed one with something in its outbox is still at work. */
function closedIn(rows: readonly StoredRow[], states: States): Standing {
  const row = rows.find(({ rk }) => rk === STATE_RK);
  if (!row) return { kind: 'tampered' };
  try {
    const { stored, head } = states.open(row);
    const { ticket } = stored;
    if (IS_OPEN[ticket.status]) return { kind: 'open', ticket };
    if (rows.some(({ rk }) => rk.startsWith('out~'))) return { kind: 'at-work', ticket };
    return { kind: 'closed', ticket, head, etag: row.etag };
  } catch (error) {
    if (error instanceof Fault) return { kind: 'tampered' };
    throw error;
  }
}

function fits(ticket: Ticket, scope: ErasureScope): boolean {
  if ('closedBefore' in scope) return (ticket.closedAt ?? ticket.openedAt) < scope.closedBefore;
  return names(ticket, scope.person.toLowerCase());
}

/** Whether an id stands anywhere in a ticket: as subject, approver, who commented … */
function names(value: unknown, id: string): boolean {
  if (typeof value === 'string') return value.toLowerCase() === id;
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => names(inner, id));
}

function isErased(ticket: Ticket): boolean {
  return ticket.reason === ERASED && ticket.requester.name === ERASED && ticket.subject.name === ERASED;
}

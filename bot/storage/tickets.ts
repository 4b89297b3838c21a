import { type TicketStore } from '../service/ports';
import { type Moment, type Ticket } from '../tickets/ticket';
import { createAudit } from './audit';
import { createCommit } from './commit';
import { createDue } from './due';
import { type Log, createHints } from './hints';
import { OPEN_PK, earliest, frozenPk, passPk, personPk, waitingPk } from './indexes';
import { createHistory } from './history';
import { createCheck, createList } from './listing';
import { createOpeningClaims } from './opening-claims';
import { createOpenings } from './openings';
import { createOuterMarks } from './outer-marks';
import { createOutbox } from './outbox';
import { createQueueList } from './queue-list';
import { type SealedRows } from './sealed';
import { createStates } from './state';
import { type Table } from './tables';

export interface TicketStoreOptions {
  tickets: Table;
  index: Table;
  rows: SealedRows;
  now: () => Date;
  dueTimes: (ticket: Ticket) => readonly Moment[];
  log: Log;
}

/** The tickets: a partition each in one table, and the pointers to them in another. */
export function createTicketStore({ tickets, index, rows, now, dueTimes, log }: TicketStoreOptions): TicketStore {
  const states = createStates(tickets, rows);
  const hints = createHints(index, log);
  const { nextMoment, ...outbox } = createOutbox(tickets, rows, hints, now);
  const claimOpening = createOpeningClaims(index, states, now);
  const check = createCheck(index, states, now);
  const list = createList(index, check);
  const due = createDue(
    index,
    async (kind, id) => {
      if (kind === 'outbox') return nextMoment(id);
      const stored = await states.load(id);
      return stored && earliest(dueTimes(stored.ticket));
    },
    log,
  );

  return {
    load: states.load,
    async find(shortId) {
      const id = await hints.ofShortId(shortId);
      if (id === undefined) return undefined;
      // The ticket itself says which short id it has; a pointer that somebody bent leads nowhere.
      return (await states.load(id))?.ticket.shortId === shortId ? id : undefined;
    },
    commit: createCommit({ table: tickets, states, rows, hints, claimOpening, dueTimes, now }),
    ofPerson: (person, page) => list(personPk(person), page),
    waitingFor: (person, page) => list(waitingPk(person), page),
    frozenOf: (subject, page) => list(frozenPk(subject), page),
    withPassOf: (subject, page) => list(passPk(subject), page),
    open: (page) => list(OPEN_PK, page),
    ...createQueueList(index, check),
    ...createOpenings(index),
    ...outbox,
    ...due,
    ...createAudit(tickets, states, rows),
    ...createHistory(tickets, states),
    ...createOuterMarks(tickets, rows),
  };
}

import { type ConversationStore, type TicketStore, type WorkstationStore } from '../service/ports';
import { type Moment, type Ticket } from '../tickets/ticket';
import { createConversationStore } from './conversations';
import { type Log } from './hints';
import { type Sealer } from './seal';
import { createSealedRows } from './sealed';
import { type PipelinePolicy, type TableSource, openTable } from './tables';
import { createTicketStore } from './tickets';
import { createWorkstationStore } from './workstations';

export { type Sealer, createSealer } from './seal';
export { type PipelinePolicy, type TableSource } from './tables';
export { type Log } from './hints';

export interface StorageOptions {
  tables: TableSource;
  /** Seals rows that have authority. Its key is not in the storage. */
  sealer: Sealer;
  now: () => Date;
  /** When time alone changes a ticket: bot/tickets/due.ts. */
  dueTimes: (ticket: Ticket) => readonly Moment[];
  /** See every attempt of every call; for tests and for telemetry. */
  policies?: readonly PipelinePolicy[];
  log?: Log;
}

export interface Storage {
  tickets: TicketStore;
  conversations: ConversationStore;
  workstations: WorkstationStore;
  /** Creates the tables that are not there yet. */
  prepare(): Promise<void>;
  /** @throws Fault `storage-unreachable`, `storage-refused` or `storage-odd-row` where the tables cannot be read. */
  ping(): Promise<void>;
}

export const TABLES = {
  tickets: 'KeyvouchTickets',
  index: 'KeyvouchIndex',
  people: 'KeyvouchPeople',
  workstations: 'KeyvouchWorkstations',
} as const;

/** The storage of Keyvouch: Azure Tables, the same in the cloud and on Azurite. Opens no connection before it is used. */
export function createStorage(options: StorageOptions): Storage {
  const { now, dueTimes, log = () => undefined } = options;
  const open = (name: string) => openTable(options.tables, name, options.policies);
  const tickets = open(TABLES.tickets);
  const index = open(TABLES.index);
  const people = open(TABLES.people);
  const workstations = open(TABLES.workstations);
  const rows = createSealedRows(options.sealer);

  return {
    tickets: createTicketStore({ tickets, index, rows, now, dueTimes, log }),
    conversations: createConversationStore(people, tickets, rows),
    workstations: createWorkstationStore(workstations, rows, now),
    async prepare() {
      await Promise.all([tickets, index, people, workstations].map((table) => table.create()));
    },
    async ping() {
      await Promise.all([tickets.get('ping', 'ping'), index.get('ping', 'ping')]);
    },
  };
}

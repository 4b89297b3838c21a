import { type Keys } from '../keys/keys';
import { type ConversationStore, type TicketStore, type WorkstationStore } from '../service/ports';
import { type PasskeyStore } from '../service/passkeys-port';
import { type Moment, type Ticket } from '../tickets/ticket';
import { createConversationStore } from './conversations';
import { type Log } from './hints';
import { type Ledger, createLedger } from './ledger';
import { createPasskeyStore } from './passkeys';
import { type Sealer } from './seal';
import { createSealedRows } from './sealed';
import { type PipelinePolicy, type TableSource, openTable } from './tables';
import { createTicketStore } from './tickets';
import { createWorkstationStore } from './workstations';

export { type Sealer, createSealer } from './seal';
export { type PipelinePolicy, type TableSource } from './tables';
export { type Log } from './hints';
export {
  type AnchorRef,
  type ErasurePlan,
  type ErasureScope,
  type Exported,
  type ExportedRecord,
  type ExportOptions,
  type Finding,
  type Ledger,
  type Verdict,
} from './ledger';

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
  passkeys: PasskeyStore;
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
  audit: 'KeyvouchAudit',
} as const;

function tablesOf({ tables, policies }: Pick<StorageOptions, 'tables' | 'policies'>) {
  const open = (name: keyof typeof TABLES) => openTable(tables, TABLES[name], policies);
  return {
    ...{ tickets: open('tickets'), index: open('index'), people: open('people') },
    ...{ workstations: open('workstations'), audit: open('audit') },
  };
}

/** The storage of Keyvouch: Azure Tables, the same in the cloud and on Azurite. Opens no connection before it is used. */
export function createStorage(options: StorageOptions): Storage {
  const { now, dueTimes, log = () => undefined } = options;
  const tables = tablesOf(options);
  const { tickets, index, people, workstations } = tables;
  const rows = createSealedRows(options.sealer);

  return {
    tickets: createTicketStore({ tickets, index, rows, now, dueTimes, log }),
    conversations: createConversationStore(people, tickets, rows),
    workstations: createWorkstationStore(workstations, rows, now),
    passkeys: createPasskeyStore(people, rows),
    async prepare() {
      await Promise.all(Object.values(tables).map((table) => table.create()));
    },
    async ping() {
      await Promise.all([tickets.get('ping', 'ping'), index.get('ping', 'ping')]);
    },
  };
}

export interface AuditOptions extends Omit<StorageOptions, 'dueTimes'> {
  /** Sign and verify anchors. They are not in the storage either. */
  keys: Pick<Keys, 'sign' | 'verify'>;
}

/** The audit over all tickets of a storage: anchors, verification, export, erasure. No click waits for it. */
export function openLedger(options: AuditOptions): Ledger {
  const { keys, now, log = () => undefined } = options;
  return createLedger({ ...tablesOf(options), rows: createSealedRows(options.sealer), keys, now, log });
}

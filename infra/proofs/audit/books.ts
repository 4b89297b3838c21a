import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileKeys } from '../../../bot/keys/file-keys';
import { type Keys } from '../../../bot/keys/keys';
import {
  type CommitResult,
  type StoredTicket,
  type TicketStore,
  type WorkstationStore,
} from '../../../bot/service/ports';
import { comment, openTicket, opening, step } from '../../../bot/storage/example.fixture';
import { type Ledger, createLedger } from '../../../bot/storage/ledger';
import { type LedgerParts } from '../../../bot/storage/ledger/verify-ledger';
import { createSealer } from '../../../bot/storage/seal';
import { createSealedRows } from '../../../bot/storage/sealed';
import { createStates } from '../../../bot/storage/state';
import { createTicketStore } from '../../../bot/storage/tickets';
import { type Table } from '../../../bot/storage/tables';
import { createWorkstationStore } from '../../../bot/storage/workstations';
import { type MemoryTable, createMemoryTable } from './memory-table';

/** The product's storage over tables of our choice, with a clock that we move. */
export interface Books<T extends Table = Table> {
  tables: Record<'tickets' | 'index' | 'audit' | 'people' | 'workstations', T>;
  keys: Keys;
  store: TicketStore;
  workstations: WorkstationStore;
  ledger: Ledger;
  /** What verification works with. */
  parts: LedgerParts;
  /** A process that starts anew over the same tables: it remembers nothing. */
  restart(): Ledger;
  /** Lets so many minutes pass. */
  pass(minutes: number): void;
  now(): Date;
  logged: string[];
}

const START = Date.parse('2025-03-04T10:20:30.400Z');

async function keysInMemory(): Promise<Keys> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-books-'));
  try {
    return await fileKeys(join(folder, 'keys.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function openBooks<T extends Table>(make: (name: string, now: () => Date) => T): Promise<Books<T>> {
  let time = START;
  const now = () => new Date(time);
  const keys = await keysInMemory();
  const rows = createSealedRows(createSealer(keys.derive('seal', 'rows')));
  const tables = {
    ...{ tickets: make('tickets', now), index: make('index', now) },
    ...{ audit: make('audit', now), people: make('people', now), workstations: make('workstations', now) },
  };
  await Promise.all(Object.values(tables).map((table) => table.create()));
  const logged: string[] = [];
  const log = (event: string) => void logged.push(event);
  const restart = () => createLedger({ ...tables, rows, keys, now, log });
  return {
    ...{ tables, keys, restart, now, logged },
    workstations: createWorkstationStore(tables.workstations, rows, now),
    store: createTicketStore({ ...tables, rows, now, log, dueTimes: () => [] }),
    ledger: restart(),
    parts: { ...tables, states: createStates(tables.tickets, rows), rows, keys, now },
    pass: (minutes) => void (time += minutes * 60_000),
  };
}

export const openMemoryBooks = (): Promise<Books<MemoryTable>> => openBooks((_, now) => createMemoryTable(now));

export function committed(result: CommitResult): StoredTicket {
  if (result.kind !== 'committed') throw new Error(`not committed but ${result.kind}`);
  return result.stored;
}

/** A ticket of one record. */
export async function open(books: Books, change: Parameters<typeof openTicket>[0] = {}): Promise<StoredTicket> {
  const ticket = openTicket({ openedAt: books.now().toISOString(), ...change });
  return committed(await books.store.commit(opening(ticket)));
}

let commands = 0;

/** A command that causes so many events: each is a record with a personal part. */
export async function go(
  books: Books,
  before: StoredTicket,
  more: { events?: number; change?: Parameters<typeof openTicket>[0] } = {},
): Promise<StoredTicket> {
  const { events = 1, change = {} } = more;
  commands += 1;
  const at = books.now().toISOString();
  const said = Array.from({ length: events }, (_, n) => comment(`Word ${n} of command ${commands}`, at));
  return committed(await books.store.commit(step(before, `command-${commands}`, { events: said, change })));
}

/** Lets a change grow old enough for its anchor, and writes that. */
export async function anchorNow(books: Books): Promise<void> {
  books.pass(5);
  await books.ledger.anchor();
}

export interface Volume {
  tickets: number;
  /** Records in each: the first is its opening, then two at a time. */
  records: number;
  /** Tickets that live at the same time. */
  atOnce: number;
}

/** Fills the books with tickets that live side by side, with an anchor every few minutes of their time. */
export async function fill(books: Books, { tickets, records, atOnce }: Volume): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < tickets; from += atOnce) {
    let living: StoredTicket[] = [];
    for (let n = from; n < Math.min(from + atOnce, tickets); n += 1) living.push(await open(books));
    ids.push(...living.map(({ ticket }) => ticket.id));
    for (let seq = 1; seq < records; seq += 2) {
      const events = Math.min(2, records - seq);
      const next: StoredTicket[] = [];
      for (const one of living) next.push(await go(books, one, { events }));
      living = next;
      await anchorNow(books);
    }
  }
  return ids;
}

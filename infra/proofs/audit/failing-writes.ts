import { Fault } from '../../../agent/protocol/fault';
import { openTicket, opening, step } from '../../../bot/storage/example.fixture';
import { unreachable } from '../../../bot/storage/faults';
import { type Table } from '../../../bot/storage/tables';
import { type Books, openBooks } from './books';
import { createMemoryTable } from './memory-table';

const CARD = { effect: { kind: 'helpdesk-cards' } } as const;
/** More than all of it takes. */
const MOST_WRITES = 100;
const WRITES = ['insert', 'replace', 'upsert', 'remove', 'transact'] as const;

/** The n-th write from when it is armed fails: before it is done, or after, with the reply lost. */
interface Trouble {
  at: number;
  when: 'before' | 'after';
  count: number;
}

function failing(table: Table, trouble: Trouble): Table {
  const strike = async <T>(write: () => Promise<T>): Promise<T> => {
    trouble.count += 1;
    if (trouble.count !== trouble.at) return write();
    if (trouble.when === 'after') await write();
    throw unreachable(new Error('storage fails'));
  };
  const troubled = { ...table };
  for (const name of WRITES) {
    const original = table[name] as (...args: unknown[]) => Promise<unknown>;
    Object.assign(troubled, { [name]: (...args: unknown[]) => strike(() => original(...args)) });
  }
  return troubled;
}

async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Fault) || !error.retry) throw error;
  }
}

/** What a step that was cut short has left: nothing that wants an effect, unless its record is there too. */
async function effectsWithoutRecord({ store, now, ledger, pass }: Books, id: string): Promise<string[]> {
  const later = new Date(now().getTime() + 3_600_000).toISOString();
  const items = await store.outbox(id, later);
  const records = await store.audit(id);
  const wrong = items
    .filter((item) => !records.some(({ seq }) => seq === Number(item.id.slice(0, 10))))
    .map((item) => `outbox item ${item.id} has no record`);
  const version = (await store.load(id))?.ticket.version ?? 0;
  if (version !== records.length) wrong.push(`version ${version} with ${records.length} records`);
  pass(10);
  await ledger.anchor();
  const { findings } = await ledger.verify();
  return [...wrong, ...findings.map(({ where, what }) => `${where}: ${what}`)];
}

/** Storage fails at each write of an opening, a step and an anchor, before it and after it. */
export async function failAtEachWrite(): Promise<{ tried: number; violations: string[] }> {
  const violations: string[] = [];
  let tried = 0;
  for (const when of ['before', 'after'] as const) {
    for (let at = 1; at <= MOST_WRITES; at += 1) {
      const trouble: Trouble = { at: 0, when, count: 0 };
      const books = await openBooks((_, now) => failing(createMemoryTable(now), trouble));
      const ticket = openTicket({ openedAt: books.now().toISOString() });
      trouble.count = 0;
      trouble.at = at;
      await attempt(() => books.store.commit(opening(ticket, [CARD])));
      const stored = await books.store.load(ticket.id);
      if (stored) await attempt(() => books.store.commit(step(stored, 'next', { wanted: [CARD] })));
      books.pass(5);
      await attempt(() => books.ledger.anchor());
      const struck = trouble.count >= at;
      trouble.at = 0;
      const wrong = await effectsWithoutRecord(books, ticket.id);
      violations.push(...wrong.map((why) => `storage fails ${when} write ${at}: ${why}`));
      tried += 1;
      if (!struck) break;
    }
  }
  return { tried, violations };
}

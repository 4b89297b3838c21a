import { type Books, go, open, openMemoryBooks } from '../../../infra/proofs/audit/books';
import { type MemoryTable } from '../../../infra/proofs/audit/memory-table';
import { type StoredTicket } from '../../service/ports';
import { ADA, EVE, step } from '../example.fixture';
import { type ExportOptions, type Exported } from './export';

let books: Books<MemoryTable>;
let first: StoredTicket;
beforeEach(async () => {
  books = await openMemoryBooks();
  first = await open(books);
  books.pass(60);
  await go(books, first);
  await open(books);
});

async function all(options: ExportOptions = {}): Promise<Exported[]> {
  const found: Exported[] = [];
  for await (const one of books.ledger.records(options)) found.push(one);
  return found;
}

const kinds = (found: readonly Exported[]) => found.map((one) => (one.kind === 'record' ? one.record.kind : one.kind));

test('every record of every ticket, with the ids that join it to records of others', async () => {
  const found = await all();
  expect(kinds(found)).toEqual(['opened', 'commented', 'opened']);
  const { id, shortId } = first.ticket;
  const about = { ticket: id, shortId, flow: 'onboarding', requester: ADA.id, subject: ADA.id, hander: '' };
  expect(found[0]).toMatchObject({ record: { ...about, seq: 1, actor: ADA.id, methodIds: ['method-1'] } });
  expect(found[1]).toMatchObject({ record: { ...about, seq: 2, actor: EVE.id, methodIds: [], requestIds: [] } });
});

test('ids of methods and of calls to Graph are found wherever a record has them, each once', async () => {
  const by = { kind: 'service' } as const;
  const passkey = { methodId: 'fido-1', name: 'Key' };
  const at = books.now().toISOString();
  const events = [{ kind: 'passkey-appeared' as const, at, by, passkey, requestIds: ['graph-1', 'graph-2'] }];
  await books.store.commit(step((await books.store.load(first.ticket.id))!, 'appears', { events }));
  const record = (await all()).find((one) => one.kind === 'record' && one.record.kind === 'passkey-appeared');
  expect(record).toMatchObject({
    record: { actor: 'keyvouch', methodIds: ['fido-1'], requestIds: ['graph-1', 'graph-2'] },
  });
});

test('names and words only where they are asked for', async () => {
  expect(JSON.stringify(await all())).not.toMatch(/Ada Ångström|Eve Else|Word/);
  expect(JSON.stringify(await all({ withPersonal: true }))).toMatch(/Ada Ångström.*Eve Else.*Word/);
});

test('from is in, to is out', async () => {
  const at = books.now().toISOString();
  expect(kinds(await all({ from: at }))).toEqual(['commented', 'opened']);
  expect(kinds(await all({ to: at }))).toEqual(['opened']);
  expect(kinds(await all({ from: at, to: at }))).toEqual([]);
});

test('a record that cannot be read is told of, and the rest still comes', async () => {
  const partition = books.tables.tickets.partitions.get(first.ticket.id)!;
  partition.set('ev~0000000001', { ...partition.get('ev~0000000001')!, props: { s00: '{' } });
  expect(kinds(await all())).toEqual(['unreadable', 'commented', 'opened']);
});

test('what administrators did comes last', async () => {
  await go(books, (await books.store.load(first.ticket.id))!, { change: { status: 'denied' } });
  await books.ledger.carryOut(await books.ledger.plan({ person: ADA.id }), 'admin@host');
  expect((await all()).at(-1)).toMatchObject({ record: { ticket: 'log', kind: 'erased', actor: 'admin@host' } });
});

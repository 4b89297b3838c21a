import { type Books, anchorNow, committed, go, open, openMemoryBooks } from '../../../infra/proofs/audit/books';
import { type MemoryTable } from '../../../infra/proofs/audit/memory-table';
import { type StoredTicket } from '../../service/ports';
import { ADA, BOB, EVE, comment, step } from '../example.fixture';
import { LOG } from './log';

const WHO = 'admin@host';
let books: Books<MemoryTable>;
beforeEach(async () => {
  books = await openMemoryBooks();
});

const partition = ({ ticket }: StoredTicket) => books.tables.tickets.partitions.get(ticket.id)!;
const everything = () =>
  JSON.stringify(
    [books.tables.tickets, books.tables.workstations].map(({ partitions }) =>
      [...partitions.values()].map((rows) => [...rows]),
    ),
  );
const findings = async () => (await books.ledger.verify()).findings;

async function closed(change: Parameters<typeof open>[1] = {}): Promise<StoredTicket> {
  const stored = await open(books, change);
  return go(books, stored, { change: { status: 'done', closedAt: books.now().toISOString() } });
}

async function erase(scope: Parameters<typeof books.ledger.plan>[0]): Promise<number> {
  return books.ledger.carryOut(await books.ledger.plan(scope), WHO);
}

test('of a person: every closed ticket that names them anywhere, and nothing of others', async () => {
  const asked = await closed({ requester: ADA, subject: ADA });
  const approved = await closed({ requester: BOB, subject: BOB, approvers: [{ ...ADA, circle: 0, via: 'manager' }] });
  const of = { requester: BOB, subject: BOB };
  const others = await closed(of);
  const stillOpen = await open(books, { requester: ADA, subject: ADA });
  const plan = await books.ledger.plan({ person: ADA.id.toUpperCase() });
  expect(plan.erasable.map(({ ticket }) => ticket)).toEqual([asked.ticket.id, approved.ticket.id]);
  expect(plan.left).toEqual([{ ticket: stillOpen.ticket.id, why: 'open' }]);
  const before = partition(others);
  expect(await books.ledger.carryOut(plan, WHO)).toBe(2);
  expect(partition(others)).toBe(before);
  await anchorNow(books);
  expect(await findings()).toEqual([]);
});

test('by age: what was closed before a moment', async () => {
  const old = await closed();
  books.pass(60 * 24 * 100);
  const young = await closed();
  const plan = await books.ledger.plan({ closedBefore: new Date(books.now().getTime() - 86_400_000).toISOString() });
  expect(plan.erasable.map(({ ticket }) => ticket)).toEqual([old.ticket.id]);
  expect(plan.erasable.map(({ ticket }) => ticket)).not.toContain(young.ticket.id);
});

test('no name and no word is left; ids, the chain and what happened are', async () => {
  const stored = await closed({
    ...{ reason: 'CANARY reason', subject: { id: ADA.id, name: 'CANARY Ada' } },
    ...{ denial: { by: { id: BOB.id, name: 'CANARY Bob' }, at: books.now().toISOString(), reason: 'CANARY why' } },
    comments: [{ by: { id: EVE.id, name: 'CANARY Eve' }, at: books.now().toISOString(), text: 'CANARY text' }],
    risks: [{ code: 'colleague-says', facts: { who: 'CANARY Mallory' } }],
  });
  expect(everything()).toContain('CANARY');
  expect(await erase({ person: ADA.id })).toBe(1);
  expect(everything()).not.toMatch(/CANARY|Ada Ångström|Bob Boss|Word \d/);
  const after = (await books.store.load(stored.ticket.id))!.ticket;
  expect(after).toMatchObject({ status: 'done', version: 2, subject: { id: ADA.id, name: '—' }, reason: '—' });
  expect(after.risks).toEqual([{ code: 'colleague-says' }]);
  expect((await books.store.audit(stored.ticket.id)).map(({ kind }) => kind)).toEqual(['opened', 'commented']);
});

test('the jobs of a ticket go from their workstations with it, and those of others stay', async () => {
  const [theirs, others] = [
    await closed({ requester: ADA, subject: ADA }),
    await closed({ requester: BOB, subject: BOB }),
  ];
  const validUntil = books.now().toISOString();
  const job = { workstation: 'ws-1', validUntil, state: 'done' } as const;
  await books.workstations.putJob({ ...job, id: 'job-1', ticket: theirs.ticket.id, jws: 'CANARY Ada' });
  await books.workstations.putJob({ ...job, id: 'job-2', ticket: others.ticket.id, jws: 'of others' });
  expect(await erase({ person: ADA.id })).toBe(1);
  expect(everything()).not.toContain('CANARY');
  expect(await books.workstations.jobs('ws-1')).toMatchObject([{ value: { id: 'job-2' } }]);
});

test('is recorded, with who did it and why; a second time there is nothing to do', async () => {
  const { ticket } = await closed();
  await erase({ person: ADA.id });
  const record = books.tables.audit.partitions.get(LOG)?.get('ev~0000000001');
  expect(JSON.parse(String(record?.props.s00))).toMatchObject({
    ...{ kind: 'erased', actor: WHO },
    data: { person: ADA.id, tickets: [[ticket.id, 2]] },
  });
  expect((await books.ledger.plan({ person: ADA.id })).erasable).toEqual([]);
  expect(await books.ledger.anchor()).toHaveLength(1);
  expect(await findings()).toEqual([]);
});

test('a ticket with work in its outbox, and one that was tampered with, are left alone', async () => {
  const busy = await closed();
  const partitionOfBusy = partition(busy);
  partitionOfBusy.set('out~1', { ...partitionOfBusy.get('state')!, rk: 'out~1' });
  const bad = await closed();
  partition(bad).delete('state');
  expect((await books.ledger.plan({ person: ADA.id })).left).toEqual([
    { ticket: busy.ticket.id, why: 'at-work' },
    { ticket: bad.ticket.id, why: 'tampered' },
  ]);
});

test('of a ticket with hundreds of records goes in several steps; cut short, it is done again', async () => {
  let stored = await open(books);
  for (let n = 0; n < 8; n += 1) stored = await go(books, stored, { events: 30 });
  await go(books, stored, { change: { status: 'done' } });
  const plan = await books.ledger.plan({ person: ADA.id });
  const { transact } = books.tables.tickets;
  let calls = 0;
  books.tables.tickets.transact = (...args) => {
    calls += 1;
    return calls === 2 ? Promise.reject(new Error('this process is dead')) : transact(...args);
  };
  await expect(books.ledger.carryOut(plan, WHO)).rejects.toThrow('dead');
  await anchorNow(books);
  expect(await findings()).toEqual([]);
  expect(await erase({ person: ADA.id })).toBe(1);
  expect(everything()).not.toContain('"pd~');
  await anchorNow(books);
  expect(await findings()).toEqual([]);
});

test('somebody who goes on with the ticket meanwhile loses nothing', async () => {
  const stored = await closed();
  const plan = await books.ledger.plan({ person: ADA.id });
  const later = committed(await books.store.commit(step(stored, 'late', { events: [comment('a late word')] })));
  expect(await books.ledger.carryOut(plan, WHO)).toBe(1);
  expect((await books.store.load(stored.ticket.id))?.ticket.version).toBe(later.ticket.version);
  await anchorNow(books);
  expect(await findings()).toEqual([]);
  // What came later is not in the record of the erasure, so it stays until the next one.
  expect(JSON.stringify([...partition(stored)])).toContain('a late word');
  expect(await erase({ person: ADA.id })).toBe(1);
  expect(everything()).not.toContain('a late word');
});

test('whoever deletes personal parts and writes the record of an erasure by hand is found', async () => {
  const { ticket } = await closed();
  await erase({ person: ADA.id });
  const other = await closed();
  partition(other).delete('pd~0000000001');
  const log = books.tables.audit.partitions.get(LOG)!;
  const record = log.get('ev~0000000001')!;
  log.set(record.rk, {
    ...record,
    props: { s00: String(record.props.s00).replace(ticket.id, other.ticket.id) },
  });
  const found = await findings();
  expect(found).toContainEqual({ where: LOG, what: 'record 1 was changed' });
  expect(found).toContainEqual({
    where: other.ticket.id,
    what: 'the personal part of record 1 is gone, and no erasure of it is recorded',
  });
});

test('where somebody can be written to is forgotten, and that is recorded', async () => {
  await books.tables.people.upsert({ pk: `person~${ADA.id}`, rk: 'conversation', props: { s00: '{}' } });
  expect(await books.ledger.removeConversation(ADA.id, WHO)).toBe(true);
  expect(await books.ledger.removeConversation(ADA.id, WHO)).toBe(false);
  expect(books.tables.audit.partitions.get(LOG)?.size).toBe(2);
  expect(await findings()).toEqual([]);
});

import { type Books, anchorNow, go, open, openMemoryBooks } from '../../../infra/proofs/audit/books';
import { type MemoryTable } from '../../../infra/proofs/audit/memory-table';
import { createHints } from '../hints';
import { changedRow } from '../indexes';
import { type StoredRow } from '../tables';
import { ANCHOR_PK, anchorKey, claimsIn, readAnchorRow } from './anchor';

let books: Books<MemoryTable>;
beforeEach(async () => {
  books = await openMemoryBooks();
});

const rows = (table: MemoryTable, pk: string): StoredRow[] => [...(table.partitions.get(pk)?.values() ?? [])];
const pointers = () => rows(books.tables.index, 'changed');
/** Anchors as they lie there, the oldest first. */
const anchors = () =>
  rows(books.tables.audit, ANCHOR_PK)
    .map(readAnchorRow)
    .sort((a, b) => a.number - b.number)
    .map((row) => ({ ...row, claims: claimsIn(row.jws)! }));
const findings = async (ledger = books.ledger) => (await ledger.verify()).findings;

test('names each chain that changed, once, where it stands, and follows the anchor before', async () => {
  const one = await open(books);
  const two = await open(books);
  await go(books, one, { events: 3 });
  await anchorNow(books);
  await go(books, two);
  await anchorNow(books);
  expect(anchors().map(({ heads }) => heads?.map(({ chain, seq }) => [chain, seq]))).toEqual([
    [
      [one.ticket.id, 4],
      [two.ticket.id, 1],
    ],
    [[two.ticket.id, 2]],
  ]);
  expect(anchors().map(({ claims }) => [claims.number, claims.heads.count, claims.all.size])).toEqual([
    [1, 2, 2],
    [2, 1, 3],
  ]);
  expect(pointers()).toEqual([]);
  expect(await findings()).toEqual([]);
});

test('is written where nothing changed at the very first, and then once a day', async () => {
  expect(await books.ledger.anchor()).toHaveLength(1);
  books.pass(23 * 60);
  expect(await books.ledger.anchor()).toHaveLength(0);
  books.pass(60);
  expect(await books.ledger.anchor()).toHaveLength(1);
  expect(await findings()).toEqual([]);
});

test('leaves alone what is younger than any transaction under way, and takes it the next time', async () => {
  await books.ledger.anchor();
  await open(books);
  books.pass(1);
  expect(await books.ledger.anchor()).toHaveLength(0);
  expect(pointers()).toHaveLength(1);
  expect(await books.ledger.verify()).toMatchObject({ young: 1, findings: [] });
  books.pass(1);
  expect(await books.ledger.anchor()).toHaveLength(1);
});

test('a false pointer, of a commit that never happened, does no harm', async () => {
  const hints = createHints(books.tables.index, () => undefined);
  await books.ledger.anchor();
  await hints.write([changedRow('01JNGZNEVER', books.now().toISOString())], 1);
  books.pass(5);
  expect(await books.ledger.anchor()).toHaveLength(0);
  expect(pointers()).toEqual([]);
});

test('a ticket whose state was tampered with keeps no other from its anchor', async () => {
  const [bad, good] = [await open(books), await open(books)];
  const partition = books.tables.tickets.partitions.get(bad.ticket.id)!;
  const state = partition.get('state')!;
  partition.set('state', { ...state, props: { ...state.props, seal: 'AAAA' } });
  await anchorNow(books);
  expect(anchors()[0]?.heads?.map(({ chain }) => chain)).toEqual([good.ticket.id]);
  expect(books.logged).toContain('storage-tampered');
});

test('thousands of changes go into several anchors in one call', async () => {
  const { ticket } = await open(books);
  await anchorNow(books);
  const hints = createHints(books.tables.index, () => undefined);
  const start = books.now().getTime();
  await hints.write(
    Array.from({ length: 9_000 }, (_, ms) => changedRow(ticket.id, new Date(start + ms).toISOString())),
    1,
  );
  books.pass(5);
  expect(await books.ledger.anchor()).toHaveLength(3);
  expect(pointers()).toEqual([]);
  expect(await findings()).toEqual([]);
});

describe('two processes at once', () => {
  test.each([2, 5])('%i of them: every number is written once, and nothing is left out', async (count) => {
    const ledgers = Array.from({ length: count }, books.restart);
    for (let round = 0; round < 5; round += 1) {
      const ticket = await open(books);
      await go(books, ticket);
      books.pass(5);
      const written = await Promise.all(ledgers.map((ledger) => ledger.anchor()));
      const numbers = written.flat().map(({ number }) => number);
      expect(new Set(numbers).size).toBe(numbers.length);
    }
    await anchorNow(books);
    expect(pointers()).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  test('the slower one, which woke up after the other had gone on, changes nothing', async () => {
    const ticket = await open(books);
    books.pass(5);
    const { sign } = books.keys;
    let wake: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => (wake = resolve));
    books.keys.sign = async (...args) => {
      books.keys.sign = sign;
      await asleep;
      return sign(...args);
    };
    const slow = books.restart().anchor();
    await new Promise(setImmediate);
    await books.ledger.anchor();
    await go(books, ticket);
    await anchorNow(books);
    wake();
    expect(await slow).toEqual([]);
    expect(anchors()).toHaveLength(2);
    expect(await findings()).toEqual([]);
  });
});

describe('a crash', () => {
  test.each<[string, keyof MemoryTable, 'audit' | 'index']>([
    ['before the anchor is written', 'insert', 'audit'],
    ['between the anchor and the removal of its pointers', 'transact', 'index'],
  ])('%s: the next process does it again, and all holds', async (_, call, table) => {
    await open(books);
    books.pass(5);
    const memory = books.tables[table];
    const original = memory[call];
    Object.assign(memory, { [call]: () => Promise.reject(new Error('this process is dead')) });
    await expect(books.ledger.anchor()).rejects.toThrow('dead');
    Object.assign(memory, { [call]: original });
    expect(await books.restart().anchor()).toHaveLength(1);
    expect(pointers()).toEqual([]);
    expect(await findings()).toEqual([]);
  });
});

describe('somebody who can write the table of anchors', () => {
  async function threeAnchors() {
    for (let n = 0; n < 3; n += 1) {
      await open(books);
      await anchorNow(books);
    }
  }
  const audit = () => books.tables.audit.partitions.get(ANCHOR_PK)!;

  test('cannot put one in the way: the next number is taken, and the row is told of', async () => {
    await threeAnchors();
    for (const rk of [anchorKey(4), anchorKey(9_999_999_999)]) audit().set(rk, { ...audit().get(anchorKey(3))!, rk });
    await open(books);
    await anchorNow(books);
    expect(anchors().map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 9_999_999_999]);
    expect((await findings()).map(({ what }) => what)).toEqual([
      'anchor 3 lies in the place of anchor 9999999999',
      'anchor 3 lies in the place of anchor 4',
    ]);
    expect(books.logged).toContain('audit-anchor-foreign');
  });

  test('who buries all of them stops the writer, which says so', async () => {
    await threeAnchors();
    for (let n = 0; n < 20; n += 1) {
      const rk = anchorKey(5_000 + n);
      audit().set(rk, { pk: ANCHOR_PK, rk, etag: '', writtenAt: '', props: { jws: 'x' } });
    }
    await open(books);
    books.pass(5);
    await expect(books.ledger.anchor()).rejects.toMatchObject({ code: 'audit-anchors-odd' });
    expect(pointers()).toHaveLength(1);
  });

  test('cannot cut off the newest while its writer lives: the next anchor bears witness', async () => {
    await threeAnchors();
    audit().delete(anchorKey(3));
    await open(books);
    await anchorNow(books);
    expect(books.logged).toContain('audit-anchor-lost');
    expect((await findings(books.restart())).map(({ what }) => what)).toContain(
      'anchor 3 says that anchor 3 had been there and was taken out before it',
    );
  });
});

test('anchors over all tickets cover those from before there were anchors', async () => {
  await open(books);
  await open(books);
  books.tables.index.partitions.delete('changed');
  books.pass(60);
  const late = 'record 1 has no anchor after 15 minutes: the timer stands still, or anchors were taken out';
  expect((await findings()).map(({ what }) => what)).toEqual([late, late]);
  await books.ledger.anchor();
  expect((await findings()).map(({ what }) => what)).toEqual([late, late]);
  expect(await books.ledger.anchorAll()).toHaveLength(1);
  expect(await books.ledger.anchorAll()).toHaveLength(0);
  expect(await findings()).toEqual([]);
});

import { type Books, anchorNow, go, open, openMemoryBooks } from '../../../infra/proofs/audit/books';
import { type MemoryTable } from '../../../infra/proofs/audit/memory-table';
import { type StoredRow } from '../tables';
import { ANCHOR_PK, anchorKey } from './anchor';

/** What only the anchors know. What a ticket's own rows tell is in verify.test.ts and tampering.test.ts. */

let books: Books<MemoryTable>;
/** A ticket of six records, as it was after each of its commands; two more tickets beside it. */
let id: string;
let snapshots: Map<string, StoredRow>[];

const partition = (pk = id) => books.tables.tickets.partitions.get(pk)!;
const anchors = () => books.tables.audit.partitions.get(ANCHOR_PK)!;
const snapshot = () => new Map([...partition()].map(([rk, row]) => [rk, { ...row }]));
const findings = async (options = {}) => (await books.restart().verify(options)).findings;

beforeEach(async () => {
  books = await openMemoryBooks();
  let stored = await open(books);
  id = stored.ticket.id;
  snapshots = [snapshot()];
  for (let n = 0; n < 5; n += 1) {
    await open(books);
    await anchorNow(books);
    stored = await go(books, stored);
    snapshots.push(snapshot());
  }
  await anchorNow(books);
});

test('nothing is wrong with an untouched trail, and the verdict counts it', async () => {
  const verdict = await books.ledger.verify();
  expect(verdict).toMatchObject({ tickets: 6, records: 11, anchors: 6, young: 0, findings: [] });
  expect(verdict.newest).toMatchObject({ number: 6, hash: expect.stringMatching(/^[\w-]{43}$/) as string });
  expect(await findings({ noted: verdict.newest })).toEqual([]);
});

const ofTicket = (what: string) => ({ where: 'TICKET', what });
const ofAnchors = (what: string) => ({ where: 'anchors', what });

test.each<[string, () => void, { where: string; what: string }]>([
  [
    'a ticket put back as it was, with every seal and hash in order',
    () => void books.tables.tickets.partitions.set(id, snapshots[3]!),
    ofTicket('an older state was put back: it stands at 4, and anchors know 6'),
  ],
  [
    'only the state put back, with the records left',
    () => void partition().set('state', snapshots[4]!.get('state')!),
    ofTicket('an older state was put back: it stands at 5, and anchors know 6'),
  ],
  [
    'a whole ticket dropped',
    () => void books.tables.tickets.partitions.delete(id),
    ofTicket('the whole ticket is gone: anchors know it, and it has no rows'),
  ],
  [
    'a personal part dropped without an erasure',
    () => void partition().delete('pd~0000000003'),
    ofTicket('the personal part of record 3 is gone, and no erasure of it is recorded'),
  ],
  [
    'a command put in, so that it will never be taken',
    () => void partition().set('cmd~x', { ...partition().get('state')!, rk: 'cmd~x' }),
    ofTicket('row cmd~x remembers a command that no record names'),
  ],
  [
    'a post of a card put in',
    () => void partition().set('card~x~y', { ...partition().get('state')!, rk: 'card~x~y' }),
    ofTicket('row card~x~y was not written by Keyvouch'),
  ],
  [
    'what people see beside the sealed state',
    () => {
      const state = partition().get('state')!;
      partition().set('state', { ...state, props: { ...state.props, status: 'denied' } });
    },
    ofTicket('the state row shows another version or status than the sealed state has'),
  ],
  [
    'an anchor dropped',
    () => void anchors().delete(anchorKey(3)),
    ofAnchors('anchor 4 does not follow anchor 2: one between them was dropped or exchanged'),
  ],
  [
    'the first anchor dropped',
    () => void anchors().delete(anchorKey(1)),
    ofAnchors('the anchors before anchor 2 were dropped'),
  ],
  [
    'the newest anchor dropped, so that a ticket could be put back',
    () => void anchors().delete(anchorKey(6)),
    ofTicket('record 6 has no anchor after 15 minutes: the timer stands still, or anchors were taken out'),
  ],
  [
    'all anchors dropped',
    () => books.tables.audit.partitions.clear(),
    ofTicket('6 records from 1 on have no anchor after 15 minutes: the timer stands still, or anchors were taken out'),
  ],
  [
    'two anchors exchanged',
    () => {
      const [two, five] = [anchors().get(anchorKey(2))!, anchors().get(anchorKey(5))!];
      anchors().set(two.rk, { ...five, rk: two.rk });
      anchors().set(five.rk, { ...two, rk: five.rk });
    },
    ofAnchors('anchor 2 lies in the place of anchor 5'),
  ],
  [
    'the list in an anchor changed',
    () => {
      const row = anchors().get(anchorKey(2))!;
      const s00 = String(row.props.s00).replace(id, '01JNGZ0000');
      anchors().set(row.rk, { ...row, props: { ...row.props, s00 } });
    },
    ofAnchors('the list of chains in anchor 2 was changed'),
  ],
  [
    'an anchor with another signature',
    () => {
      const row = anchors().get(anchorKey(6))!;
      const jws = String(row.props.jws).replace(/.{20}$/, 'A'.repeat(20));
      anchors().set(row.rk, { ...row, props: { ...row.props, jws } });
    },
    ofAnchors(`anchor row ${anchorKey(6)} is not signed by Keyvouch`),
  ],
])('%s: found', async (_, tamper, finding) => {
  books.pass(20);
  tamper();
  const { where, what } = finding;
  expect(await findings()).toContainEqual({ where: where === 'TICKET' ? id : where, what });
});

test('a ticket put back that then lives on is found by what anchors knew of it', async () => {
  books.tables.tickets.partitions.set(id, snapshots[3]!);
  let stored = (await books.store.load(id))!;
  for (let n = 0; n < 4; n += 1) stored = await go(books, stored);
  await anchorNow(books);
  expect(await findings()).toContainEqual({ where: id, what: 'record 5 is not the one that anchor 5 names' });
});

test('anchors and tickets put back together: found by an anchor that was noted, or a day later', async () => {
  const { newest } = await books.ledger.verify();
  anchors().delete(anchorKey(6));
  books.tables.tickets.partitions.set(id, snapshots[4]!);
  expect(await findings()).toEqual([]);
  expect(await findings({ noted: newest })).toEqual([
    ofAnchors('anchor 6 is not here as it was noted: anchors were cut off or exchanged'),
  ]);
  books.pass(25 * 60);
  expect((await findings()).map(({ what }) => what)).toContainEqual(
    expect.stringContaining('the newest anchor is 25 hours old'),
  );
});

describe('one ticket alone', () => {
  test('is verified against the anchors', async () => {
    const other = [...books.tables.tickets.partitions.keys()].find((pk) => pk !== id)!;
    books.tables.tickets.partitions.set(id, snapshots[3]!);
    expect(await findings({ ticket: id })).toHaveLength(3);
    expect(await findings({ ticket: other })).toEqual([]);
  });

  test.each([
    [true, 'the whole ticket is gone: anchors know it, and it has no rows'],
    [false, 'there is no such ticket'],
  ])('known to anchors: %s', async (known, what) => {
    const ticket = known ? id : '01JNGZUNKNOWN';
    books.tables.tickets.partitions.delete(ticket);
    expect(await findings({ ticket })).toEqual([{ where: ticket, what }]);
  });
});

import { type LocalTables, startTables } from '../../infra/local/azurite';
import { createWeather } from '../../infra/local/azurite/weather';
import { type CommitResult, type StoredTicket } from '../service/ports';
import { type Ticket } from '../tickets/ticket';
import { ADA, BOB, EVE, START, comment, openTicket, opening, step } from './example.fixture';
import { createSealer, createStorage } from './index';

const SEALER = createSealer(Buffer.alloc(32, 7));
const CARD = { effect: { kind: 'card', person: BOB.id, slot: 'approval', nudge: true } } as const;
const LATER = '2025-03-04T12:00:00.000Z';

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(30_000);

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
  await storage().prepare();
});
afterAll(() => tables.close());

function storage(policies = [createWeather().policy], now = () => new Date(START)) {
  const dueTimes = (ticket: Ticket) => (ticket.status === 'waiting' ? [ticket.expiresAt] : []);
  return createStorage({ tables, sealer: SEALER, now, dueTimes, policies });
}

function committed(result: CommitResult): StoredTicket {
  if (result.kind !== 'committed') throw new Error(`not committed but ${result.kind}`);
  return result.stored;
}

async function opened(change: Partial<Ticket> = {}): Promise<StoredTicket> {
  return committed(await storage().tickets.commit(opening(openTicket(change))));
}

const isBatch = ({ url }: { url: string }) => url.includes('$batch');

describe('a commit', () => {
  test('is read back as it was written, with its ETag, its outbox and its history', async () => {
    const { tickets } = storage();
    const ticket = openTicket();
    const result = await tickets.commit(opening(ticket, [CARD, { ...CARD, notBefore: LATER }]));
    expect(result).toMatchObject({
      kind: 'committed',
      outbox: [
        { id: '0000000001-1', notBefore: START, attempts: 0 },
        { id: '0000000001-2', notBefore: LATER, attempts: 0 },
      ],
    });
    expect(await tickets.load(ticket.id)).toEqual(committed(result));
    expect(committed(result).ticket).toEqual(ticket);
    expect(await tickets.audit(ticket.id)).toMatchObject([{ seq: 1, kind: 'opened', actor: ADA.id }]);
    expect(await tickets.verifyAudit(ticket.id)).toEqual([]);
  });

  test('of an unknown ticket finds nothing', async () => {
    expect(await storage().tickets.load("no'such/ticket")).toBeUndefined();
    expect(await storage().tickets.find('KV-0000-00')).toBeUndefined();
  });

  test('goes on with the chain, over several events at once', async () => {
    const { tickets } = storage();
    let stored = await opened();
    stored = committed(await tickets.commit(step(stored, 'two', { events: [comment('one'), comment('two')] })));
    stored = committed(await tickets.commit(step(stored, 'three')));
    expect(stored.ticket.version).toBe(4);
    expect((await tickets.audit(stored.ticket.id)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(await tickets.verifyAudit(stored.ticket.id)).toEqual([]);
  });

  test('is taken once, however many callers on two processes bring it at once', async () => {
    const before = await opened();
    const two = [storage().tickets, storage().tickets];
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => two[n % 2]!.commit(step(before, 'click', { wanted: [CARD] }))),
    );
    expect(results.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'duplicate')).toHaveLength(19);
    const versions = results.map((result) => ('stored' in result ? result.stored.ticket.version : undefined));
    expect(new Set(versions)).toEqual(new Set([2]));
    expect(await two[0]!.outbox(before.ticket.id, LATER)).toHaveLength(1);
  });

  test('that opens a ticket is taken once, too', async () => {
    const ticket = openTicket();
    const results = await Promise.all(Array.from({ length: 8 }, () => storage().tickets.commit(opening(ticket))));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['committed', ...Array<string>(7).fill('duplicate')]);
  });

  test('is a duplicate also long after, and from a stale or from a fresh state', async () => {
    const { tickets } = storage();
    const before = await opened();
    const second = committed(await tickets.commit(step(before, 'click')));
    const third = committed(await tickets.commit(step(second, 'other')));
    for (const state of [before, third]) {
      expect(await tickets.commit(step(state, 'click'))).toEqual({ kind: 'duplicate', stored: third });
    }
  });

  test('is a conflict where somebody else was faster, and leaves nothing behind', async () => {
    const { tickets } = storage();
    const before = await opened();
    const faster = committed(await tickets.commit(step(before, 'faster')));
    expect(await tickets.commit(step(before, 'slower', { wanted: [CARD] }))).toEqual({
      kind: 'conflict',
      stored: faster,
    });
    expect(await tickets.outbox(before.ticket.id, LATER)).toEqual([]);
    expect(await tickets.audit(before.ticket.id)).toHaveLength(2);
  });

  test('of a new ticket is a conflict without a state where its short id is taken', async () => {
    const { ticket } = await opened();
    const other = openTicket({ shortId: ticket.shortId });
    expect(await storage().tickets.commit(opening(other))).toEqual({ kind: 'conflict' });
    expect(await storage().tickets.load(other.id)).toBeUndefined();
    expect(await storage().tickets.find(ticket.shortId)).toBe(ticket.id);
  });

  test.each([
    ['no event', { events: [] }],
    ['a version that jumps', { change: { version: 9 } }],
    ['another ticket', { change: { id: 'other' } }],
  ])('with %s is refused as a fault of the caller', async (_, more: Parameters<typeof step>[2]) => {
    const before = await opened();
    const commit = step(before, 'odd', more);
    const version = more?.change?.version ?? commit.after.version;
    await expect(storage().tickets.commit({ ...commit, after: { ...commit.after, version } })).rejects.toThrow(
      /a (commit|version)/,
    );
  });

  test('removes the outbox item whose outcome it is; one that has gone already does not hinder it', async () => {
    const { tickets } = storage();
    const first = await tickets.commit(opening(openTicket(), [CARD, CARD]));
    const id = committed(first).ticket.id;
    const second = committed(await tickets.commit(step(committed(first), 'done-1', { settles: '0000000001-1' })));
    expect((await tickets.outbox(id, LATER)).map((item) => item.id)).toEqual(['0000000001-2']);
    await tickets.settle(id, '0000000001-2');
    const third = await tickets.commit(step(second, 'done-2', { settles: '0000000001-2' }));
    expect(third.kind).toBe('committed');
    expect(await tickets.verifyAudit(id)).toEqual([]);
  });
});

describe('a crash between the pointers and the transaction', () => {
  test('leaves pointers that lead nowhere, and harm nobody', async () => {
    const maker = createWeather();
    maker.dieBefore(isBatch);
    const ticket = openTicket({ requester: EVE, subject: EVE });
    await expect(storage([maker.policy]).tickets.commit(opening(ticket, [CARD]))).rejects.toMatchObject({
      retry: true,
    });
    const { tickets } = storage();
    expect(await tickets.find(ticket.shortId)).toBeUndefined();
    expect((await tickets.ofPerson(EVE.id)).items).toEqual([]);
    expect((await tickets.open({ size: 100 })).items).not.toContain(ticket.id);
    expect(await tickets.due(LATER, 'outbox')).toContain(ticket.id);
    expect(await tickets.outbox(ticket.id, LATER)).toEqual([]);
    expect(await tickets.verifyAudit(ticket.id)).toContain(
      'there is no state whose seal holds, so nothing says where the chain ends',
    );
    // And the same command again makes the ticket.
    expect((await tickets.commit(opening(ticket, [CARD]))).kind).toBe('committed');
    expect((await tickets.ofPerson(EVE.id)).items).toEqual([ticket.id]);
  });
});

describe('what is large', () => {
  test('is spread over properties and joined again, whatever letters it has', async () => {
    const { tickets } = storage();
    const text = '🗝️ä'.repeat(40_000);
    const stored = await opened({ comments: [{ by: EVE, at: START, text }] });
    expect((await tickets.load(stored.ticket.id))?.ticket.comments[0]?.text).toBe(text);
    const next = committed(await tickets.commit(step(stored, 'shrink', { change: { comments: [] } })));
    expect(await tickets.load(stored.ticket.id)).toEqual(next);
  });

  test('and larger than 900 KB is refused before anything is written', async () => {
    const ticket = openTicket({ comments: [{ by: EVE, at: START, text: 'x'.repeat(460_000) }] });
    await expect(storage().tickets.commit(opening(ticket))).rejects.toMatchObject({ code: 'storage-full-entity' });
    expect(await storage().tickets.find(ticket.shortId)).toBeUndefined();
  });

  test('and more than 100 rows at once is refused', async () => {
    const before = await opened();
    const events = Array.from({ length: 50 }, () => comment('again'));
    await expect(storage().tickets.commit(step(before, 'many', { events }))).rejects.toMatchObject({
      code: 'storage-full-transaction',
    });
  });
});

describe('the cost', () => {
  test('of a step is a pointer for the next anchor and one transaction; one pointer more where it wants something done', async () => {
    const maker = createWeather();
    const { tickets } = storage([maker.policy]);
    const before = await opened();
    maker.calls();
    const after = committed(await tickets.commit(step(before, 'bare')));
    const pointer = expect.stringMatching(/^PUT KeyvouchIndex/) as string;
    expect(maker.calls()).toEqual([pointer, 'POST $batch']);
    await tickets.commit(step(after, 'more', { wanted: [CARD] }));
    expect(maker.calls()).toEqual([pointer, pointer, 'POST $batch']);
  });
});

test('tables that were never prepared are told from rows that are not there', async () => {
  const empty = await startTables();
  const options = { tables: empty, sealer: SEALER, now: () => new Date(), dueTimes: () => [] };
  await expect(createStorage(options).ping()).rejects.toMatchObject({ code: 'storage-odd-row', retry: false });
  await createStorage(options).prepare();
  await createStorage(options).prepare();
  await createStorage(options).ping();
  await empty.close();
  await expect(createStorage(options).ping()).rejects.toMatchObject({ code: 'storage-unreachable', retry: true });
});

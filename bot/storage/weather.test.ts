import { TableClient } from '@azure/data-tables';
import { openBooks } from '../../infra/proofs/audit/books';
import { type LocalTables, startTables } from '../../infra/local/azurite';
import { breakPages } from '../../infra/local/azurite/broken-pages';
import { type Weather, createWeather } from '../../infra/local/azurite/weather';
import { type CommitResult, type StoredTicket } from '../service/ports';
import { type Ticket } from '../tickets/ticket';
import { ADA, START, openTicket, opening, step } from './example.fixture';
import { type PipelinePolicy, createSealer, createStorage } from './index';
import { openTable } from './tables';

/** What Azure does and Azurite never: see infra/local/azurite/weather.ts and broken-pages.ts. */

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(60_000);

let tables: LocalTables;
beforeEach(async () => {
  tables = await startTables();
  await storage().prepare();
});
afterEach(() => tables.close());

const LATER = '2025-03-06T00:00:00.000Z';
const isBatch = ({ url }: { url: string }) => url.includes('$batch');
const isRead = ({ method }: { method: string }) => method === 'GET';
const isListing = ({ url, method }: { url: string; method: string }) => method === 'GET' && /\(\)\?/.test(url);
const isWrite = ({ method }: { method: string }) => method !== 'GET';

function storage(...policies: PipelinePolicy[]) {
  const dueTimes = (ticket: Ticket) => (ticket.status === 'waiting' ? [ticket.expiresAt] : []);
  const sealer = createSealer(Buffer.alloc(32, 7));
  return createStorage({ tables, sealer, now: () => new Date(START), dueTimes, policies });
}

function committed(result: CommitResult): StoredTicket {
  if (result.kind !== 'committed') throw new Error(`not committed but ${result.kind}`);
  return result.stored;
}

const opened = async (change: Partial<Ticket> = {}) =>
  committed(await storage().tickets.commit(opening(openTicket(change))));

/** Three tickets that stand in every list, and everything that is read of them, in one answer. */
async function threeTickets() {
  const person = { id: 'p-weather', name: 'P' };
  const approver = { id: 'a-weather', name: 'A', circle: 0, via: 'manager' } as const;
  const ids: string[] = [];
  for (const day of [1, 2, 3]) {
    const openedAt = `2025-02-0${day}T00:00:00.000Z`;
    const wanted = [{ effect: { kind: 'helpdesk-cards' } as const }];
    const ticket = openTicket({ requester: person, subject: person, approvers: [approver], openedAt });
    const stored = committed(await storage().tickets.commit(opening(ticket, wanted)));
    ids.push(stored.ticket.id);
    await storage().tickets.commit(step(stored, 'again'));
  }
  const [newest] = ids.slice(-1);
  return {
    ids,
    async read({ tickets }: ReturnType<typeof storage>) {
      const first = await tickets.ofPerson(person.id, { size: 2 });
      const rest = await tickets.ofPerson(person.id, { size: 2, next: first.next! });
      return {
        mine: [...first.items, ...rest.items],
        waiting: (await tickets.waitingFor(approver.id)).items,
        open: (await tickets.open({ size: 100 })).items,
        queue: [(await tickets.queue({})).items, await tickets.queueCount({}, 25)],
        due: [...(await tickets.due(LATER, 'time')), ...(await tickets.due(LATER, 'outbox'))].sort(),
        outbox: (await tickets.outbox(newest!, LATER)).length,
        asked: await tickets.openings({ requester: person.id }, '2025-01-01T00:00:00.000Z', 2),
        inAll: (await tickets.openings('tenant', '2025-01-01T00:00:00.000Z', 5)).length,
        audit: await tickets.verifyAudit(newest!),
      };
    },
  };
}

describe('a commit', () => {
  test.each<Weather>(['timed-out', 'busy-1s'])('(%s) that did nothing is made again by itself', async (weather) => {
    const maker = createWeather();
    const before = await opened();
    maker.bring(weather, isBatch);
    expect((await storage(maker.policy).tickets.commit(step(before, 'again'))).kind).toBe('committed');
    expect(maker.calls().filter((call) => call === 'POST $batch')).toHaveLength(2);
  });

  test.each<Weather>(['done-500', 'hangs'])('(%s) that worked unheard is committed, once', async (weather) => {
    const maker = createWeather();
    const { tickets } = storage(maker.policy);
    const before = await opened();
    maker.bring(weather, isBatch);
    const after = committed(await tickets.commit(step(before, 'mine')));
    expect(await tickets.load(before.ticket.id)).toEqual(after);
    expect(after.ticket.version).toBe(2);
    expect(await tickets.commit(step(before, 'mine'))).toMatchObject({ kind: 'duplicate' });
    expect(await tickets.verifyAudit(before.ticket.id)).toEqual([]);
  });

  test.each<Weather>(['lost', 'done-500', 'done-503', 'timed-out'])(
    '(%s at each single write) is committed, and stands in every list',
    async (weather) => {
      const probe = createWeather();
      const { tickets } = storage(probe.policy);
      const first = committed(await tickets.commit(opening(openTicket())));
      await tickets.commit(step(first, 'decide', { change: { status: 'approved' } }));
      const writes = probe.calls().filter((call) => !call.startsWith('GET')).length;
      for (let at = 0; at < writes; at += 1) {
        const maker = createWeather();
        const bad = storage(maker.policy).tickets;
        let passed = 0;
        maker.bring(weather, (request) => isWrite(request) && (passed += 1) > at);
        const ticket = openTicket();
        const stored = committed(await bad.commit(opening(ticket)));
        committed(await bad.commit(step(stored, 'decide', { change: { status: 'approved' } })));
        expect(await storage().tickets.find(ticket.shortId)).toBe(ticket.id);
        expect((await storage().tickets.load(ticket.id))?.ticket.status).toBe('approved');
        expect((await storage().tickets.open({ size: 100 })).items).toContain(ticket.id);
        expect(await storage().tickets.verifyAudit(ticket.id)).toEqual([]);
      }
      expect(writes).toBeGreaterThan(5);
    },
  );
});

describe('reading', () => {
  test.each<[string, () => PipelinePolicy]>([
    ['pages of one row, with empty ones before, between and after', () => breakPages(1)],
    ['pages of two rows, with empty ones before, between and after', () => breakPages(2)],
    ...(['timed-out', 'busy', 'reset', 'done-500', 'lost'] as const).map((weather): [string, () => PipelinePolicy] => [
      `each listing met by ${weather} at first`,
      () => everyOther(weather),
    ]),
  ])('%s: all that is listed, due, counted and audited is the same', async (_, policy) => {
    const { ids, read } = await threeTickets();
    const fair = await read(storage());
    expect(fair).toMatchObject({ mine: [...ids].reverse(), waiting: ids, audit: [], outbox: 1, inAll: 3 });
    expect(await read(storage(policy()))).toEqual(fair);
  });

  test('a service that asks for an hour of patience is unreachable after 15 seconds at most', async () => {
    const { tickets } = storage(byWeather('busy-1h', isRead));
    const start = Date.now();
    const unreachable = { code: 'storage-unreachable', retry: true };
    await Promise.all([
      expect(tickets.load('01JNGZ00000000000000000000')).rejects.toMatchObject(unreachable),
      expect(tickets.open({})).rejects.toMatchObject(unreachable),
    ]);
    expect(Date.now() - start).toBeLessThan(25_000);
  });

  test('what is dealt with is not forgotten where pages come empty', async () => {
    const { ids } = await threeTickets();
    const broken = storage(breakPages(1)).tickets;
    const due = await broken.due(LATER, 'time');
    expect([...due].sort()).toEqual(ids);
    await broken.dueDone(LATER, 'time', due);
    // They wait still: each keeps its row.
    expect([...(await storage().tickets.due(LATER, 'time'))].sort()).toEqual(ids);
  });
});

test.each<[string, () => PipelinePolicy]>([
  ['empty pages', () => breakPages(1)],
  ['a lost reply at every other call', () => everyOther('lost', () => true)],
  ['a 500 after the work at every other call', () => everyOther('done-500', () => true)],
])('%s: anchors, verification, export and removal are the same', async (_, policy) => {
  const shared = policy();
  const source = { connectionString: tables.connectionString };
  let count = 0;
  const books = await openBooks(() => openTable(source, `Books${(count += 1)}`, [shared]));
  const stored = committed(await books.store.commit(opening(openTicket({ openedAt: books.now().toISOString() }))));
  committed(await books.store.commit(step(stored, 'next')));
  books.pass(10);
  expect(await books.ledger.anchor()).toHaveLength(1);
  expect(await books.ledger.verify()).toMatchObject({ findings: [] });
  const exported: string[] = [];
  for await (const one of books.ledger.records()) exported.push(one.kind === 'record' ? one.record.kind : one.kind);
  expect(exported).toEqual(['opened', 'commented']);
  await books.tables.people.upsert({ pk: `person~${ADA.id}`, rk: 'conversation', props: { of: 'ada' } });
  expect(await books.ledger.removeConversation(ADA.id, 'admin')).toBe(true);
  expect(await books.ledger.removeConversation(ADA.id, 'admin')).toBe(false);
  expect(await books.ledger.verify()).toMatchObject({ findings: [] });
  // Removed, and on record, though the reply to the removal was lost.
  const log = await openTable(source, 'Books3').query([['PartitionKey', 'eq', 'log']]);
  expect(log.filter(({ rk }) => rk.startsWith('ev~'))).toHaveLength(1);
});

test('the weather is what it says: Azurite gave the rows, and the pages came empty', async () => {
  await threeTickets();
  const client = TableClient.fromConnectionString(tables.connectionString, 'KeyvouchIndex', {
    allowInsecureConnection: true,
    additionalPolicies: [{ policy: breakPages(2), position: 'perRetry' }],
  });
  const sizes: number[] = [];
  for await (const page of client.listEntities().byPage({ maxPageSize: 1000 })) sizes.push(page.length);
  expect(sizes[0]).toBe(0);
  expect(sizes.at(-1)).toBe(0);
  expect(sizes.filter((size) => size === 0).length).toBeGreaterThan(2);
  expect(Math.max(...sizes)).toBe(2);
  expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(10);
});

/** This weather at all calls that fit. */
function byWeather(weather: Weather, where: (request: { url: string; method: string }) => boolean): PipelinePolicy {
  const maker = createWeather();
  maker.bring(weather, where, Infinity);
  return maker.policy;
}

/** This weather at the first attempt of all calls that fit, and none at the second. */
function everyOther(weather: Weather, where: typeof isListing = isListing): PipelinePolicy {
  const seen = new Set<string>();
  return byWeather(weather, (request) => {
    const id = (request as { requestId?: string }).requestId ?? '';
    if (!where(request) || seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

import { type LocalTables, startTables } from '../../infra/local/azurite';
import { createWeather } from '../../infra/local/azurite/weather';
import { type CommitResult, type StoredTicket } from '../service/ports';
import { type Ticket } from '../tickets/ticket';
import { START, openTicket, opening, step } from './example.fixture';
import { type PipelinePolicy, createSealer, createStorage } from './index';
import { queueRows } from './queue-rows';

const SEALER = createSealer(Buffer.alloc(32, 7));
const HELEN = { id: '44444444-4444-4444-8444-444444444444', name: 'Helen Help' };

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(30_000);

let tables: LocalTables;
// Each test has tables of its own: it sees the whole queue.
beforeEach(async () => {
  tables = await startTables();
  await storage().prepare();
});
afterEach(() => tables.close());

function storage(policies: readonly PipelinePolicy[] = [createWeather().policy]) {
  return createStorage({ tables, sealer: SEALER, now: () => new Date(START), dueTimes: () => [], policies });
}

function committed(result: CommitResult): StoredTicket {
  if (result.kind !== 'committed') throw new Error(`not committed but ${result.kind}`);
  return result.stored;
}

const opened = async (change: Partial<Ticket> = {}): Promise<StoredTicket> =>
  committed(await storage().tickets.commit(opening(openTicket(change))));

const day = (n: number) => `2025-02-0${n}T00:00:00.000Z`;
const parked = { step: 'register', code: 'x', at: day(9) } as const;

test('what is stuck comes first, then whatever is overdue the longest; filters and pages keep the order', async () => {
  const { tickets } = storage();
  const young = await opened({ openedAt: day(3), expiresAt: day(8) });
  const old = await opened({ openedAt: day(1), expiresAt: day(8) });
  const stuck = await opened({ openedAt: day(5), expiresAt: day(8), parked });
  const mine = await opened({ openedAt: day(2), expiresAt: day(8), assigned: { to: HELEN, at: day(2) } });
  await opened({ status: 'done', openedAt: day(1) });
  const order = [stuck, old, mine, young].map(({ ticket }) => ticket.id);
  expect((await tickets.queue({})).items).toEqual(order);
  const first = await tickets.queue({}, { size: 3 });
  expect([...first.items, ...(await tickets.queue({}, { size: 3, next: first.next! })).items]).toEqual(order);
  expect((await tickets.queue({ assigned: 'nobody' })).items).toEqual([order[0], order[1], order[3]]);
  expect((await tickets.queue({ assigned: { to: HELEN.id } })).items).toEqual([mine.ticket.id]);
  expect((await tickets.queue({ waitsOn: 'helpdesk' })).items).toEqual([stuck.ticket.id]);
  expect((await tickets.queue({ waitsOn: 'approver' })).items).toEqual(order.slice(1));
  expect((await tickets.queue({ waitsOn: 'workstation' })).items).toEqual([]);
  // Overdue two hours after it was opened, by its rule.
  expect((await tickets.queue({ overdueBy: '2025-02-02T02:00:00.001Z' })).items).toEqual(order.slice(0, 3));
  expect(await tickets.queueCount({ overdueBy: '2025-02-02T02:00:00.001Z' }, 25)).toBe(3);
  expect(await tickets.queueCount({}, 2)).toBe(2);
});

test('a ticket changes its place with each step, and leaves no pointer behind', async () => {
  const { tickets } = storage();
  const first = await opened();
  const assigned = committed(
    await tickets.commit(step(first, 'assign', { change: { assigned: { to: HELEN, at: START } } })),
  );
  expect((await tickets.queue({ assigned: 'nobody' })).items).toEqual([]);
  const approved = committed(
    await tickets.commit(
      step(assigned, 'approve', { change: { status: 'approved', done: { approve: START }, decidedAt: START } }),
    ),
  );
  expect((await tickets.queue({ waitsOn: 'approver' })).items).toEqual([]);
  expect((await tickets.queue({ waitsOn: 'recipient' })).items).toEqual([first.ticket.id]);
  await tickets.commit(step(approved, 'cancel', { change: { status: 'cancelled' } }));
  expect((await tickets.queue({})).items).toEqual([]);
  expect(await tickets.queueCount({}, 25)).toBe(0);
});

test('a pointer that somebody wrote by hand leads nowhere', async () => {
  const { ticket } = await opened({ status: 'done' });
  const bent = openTicket({ ...ticket, status: 'waiting' });
  const { openTable } = await import('./tables');
  const index = openTable(tables, 'KeyvouchIndex');
  for (const { pk, rk } of queueRows({ ...bent, id: ticket.id }))
    await index.upsert({ pk, rk, props: { ticket: ticket.id } });
  expect((await storage().tickets.queue({})).items).toEqual([]);
});

test('a first page reads a bounded number of rows, however many tickets there are', async () => {
  for (let n = 0; n < 24; n += 1) await opened({ openedAt: `2025-02-01T00:00:${String(n).padStart(2, '0')}.000Z` });
  const rows: number[] = [];
  const counting: PipelinePolicy = {
    name: 'counting',
    async sendRequest(request, next) {
      const response = await next(request);
      const found: unknown = JSON.parse(response.bodyAsText ?? 'null');
      const value = typeof found === 'object' && found !== null && 'value' in found ? found.value : undefined;
      if (request.method === 'GET') rows.push(Array.isArray(value) ? value.length : 1);
      return response;
    },
  };
  const { tickets } = storage([counting]);
  const page = await tickets.queue({}, { size: 8 });
  expect(page.items).toHaveLength(8);
  // Eight pointers of those that nobody has, none of those that somebody has, and eight tickets.
  expect(rows.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(3 * 8);
  rows.length = 0;
  expect(await tickets.queueCount({ overdueBy: START }, 5)).toBe(5);
  expect(rows.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2 * 5);
});

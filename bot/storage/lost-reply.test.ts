import { type LocalTables, startTables } from '../../infra/local/azurite';
import { type Weather, createWeather } from '../../infra/local/azurite/weather';
import { type CommitResult, type StoredTicket } from '../service/ports';
import { type Ticket } from '../tickets/ticket';
import { BOB, START, openTicket, opening, step } from './example.fixture';
import { type PipelinePolicy, createSealer, createStorage } from './index';

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

describe('a lost reply', () => {
  test.each<Weather>(['lost', 'late', 'done-503'])('(%s) of a commit that worked: committed', async (weather) => {
    const maker = createWeather();
    const { tickets } = storage([maker.policy]);
    const before = await opened();
    maker.bring(weather, isBatch);
    const result = await tickets.commit(step(before, 'mine', { wanted: [CARD] }));
    expect(result).toMatchObject({ kind: 'committed', outbox: [{ id: '0000000002-1' }] });
    expect(await tickets.load(before.ticket.id)).toEqual(committed(result));
    const next = await tickets.commit(step(committed(result), 'next'));
    expect(next.kind).toBe('committed');
    expect(await tickets.verifyAudit(before.ticket.id)).toEqual([]);
  });

  test.each<Weather>(['lost', 'late', 'done-503'])('(%s) of an opening that worked: committed', async (weather) => {
    const maker = createWeather();
    const ticket = openTicket();
    maker.bring(weather, isBatch);
    expect((await storage([maker.policy]).tickets.commit(opening(ticket))).kind).toBe('committed');
  });

  test.each<Weather>(['reset', 'busy'])('(%s) of an attempt that did nothing: the SDK tries again', async (weather) => {
    const maker = createWeather();
    const before = await opened();
    maker.bring(weather, isBatch);
    expect((await storage([maker.policy]).tickets.commit(step(before, 'again'))).kind).toBe('committed');
  });

  test('of our commit, after which somebody else went on: still committed, with the ticket as it is now', async () => {
    const before = await opened();
    const other = storage().tickets;
    let later: StoredTicket | undefined;
    const meddle: PipelinePolicy = {
      name: 'meddle',
      async sendRequest(request, next) {
        const response = await next(request);
        if (!isBatch(request) || later) return response;
        later = committed(await other.commit(step((await other.load(before.ticket.id))!, 'other')));
        throw Object.assign(new Error('late'), { name: 'AbortError' });
      },
    };
    expect(await storage([meddle]).tickets.commit(step(before, 'mine'))).toEqual({
      kind: 'committed',
      stored: later,
      outbox: [],
    });
  });

  test('of a commit that was a duplicate anyway: duplicate', async () => {
    const maker = createWeather();
    const before = await opened();
    const after = committed(await storage().tickets.commit(step(before, 'click')));
    maker.bring('late', isBatch);
    const result = await storage([maker.policy]).tickets.commit(step(before, 'click'));
    expect(result).toEqual({ kind: 'duplicate', stored: after });
  });

  test('where nothing answers: storage-unreachable, to be tried again, and nothing has happened', async () => {
    const maker = createWeather();
    const before = await opened();
    maker.bring('reset', isBatch, 100);
    await expect(storage([maker.policy]).tickets.commit(step(before, 'never'))).rejects.toMatchObject({
      code: 'storage-unreachable',
      retry: true,
    });
    expect(await storage().tickets.load(before.ticket.id)).toEqual(before);
  });

  test('of claiming a short id does not lock us out of it', async () => {
    const maker = createWeather();
    maker.bring('lost', ({ url, method }) => url.includes('Index') && method === 'POST');
    expect((await storage([maker.policy]).tickets.commit(opening(openTicket()))).kind).toBe('committed');
  });

  test('of a claim that worked: it is ours', async () => {
    const maker = createWeather();
    const { ticket } = committed(await storage().tickets.commit(opening(openTicket(), [CARD])));
    maker.bring('lost', ({ method }) => method === 'PUT');
    expect(await storage([maker.policy]).tickets.claim(ticket.id, '0000000001-1', LATER)).toBe(true);
    expect(await storage().tickets.claim(ticket.id, '0000000001-1', LATER)).toBe(false);
  });
});

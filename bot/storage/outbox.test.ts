import { type LocalTables, startTables } from '../../infra/local/azurite';
import { createWeather } from '../../infra/local/azurite/weather';
import { type CommitResult, type StoredTicket } from '../service/ports';
import { type Ticket } from '../tickets/ticket';
import { BOB, START, openTicket, opening } from './example.fixture';
import { createSealer, createStorage } from './index';

const SEALER = createSealer(Buffer.alloc(32, 7));
const CARD = { effect: { kind: 'card', person: BOB.id, slot: 'approval', nudge: true } } as const;

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

describe('the outbox', () => {
  const at = (minute: number) => new Date(Date.parse(START) + minute * 60_000).toISOString();

  test('gives out an item to one worker for a while, and to another when that has passed', async () => {
    let minute = 0;
    const { tickets } = storage(undefined, () => new Date(at(minute)));
    const { ticket } = committed(await tickets.commit(opening(openTicket(), [CARD])));
    const claims = await Promise.all(Array.from({ length: 6 }, () => tickets.claim(ticket.id, '0000000001-1', at(2))));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await tickets.outbox(ticket.id, at(1))).toEqual([]);
    minute = 3;
    expect(await tickets.outbox(ticket.id, at(3))).toHaveLength(1);
    expect(await tickets.claim(ticket.id, '0000000001-1', at(5))).toBe(true);
    await tickets.settle(ticket.id, '0000000001-1');
    await tickets.settle(ticket.id, '0000000001-1');
    expect(await tickets.claim(ticket.id, '0000000001-1', at(9))).toBe(false);
  });

  test('puts an item off, counts the attempt, and names the ticket when it is due again', async () => {
    const { tickets } = storage();
    const { ticket } = committed(await tickets.commit(opening(openTicket(), [CARD])));
    await tickets.claim(ticket.id, '0000000001-1', at(1));
    expect(await tickets.postpone(ticket.id, '0000000001-1', at(30))).toBe(true);
    expect(await tickets.outbox(ticket.id, at(29))).toEqual([]);
    expect(await tickets.outbox(ticket.id, at(30))).toMatchObject([{ attempts: 1, notBefore: at(30) }]);
    expect(await tickets.due(at(30), 'outbox')).toContain(ticket.id);
    expect(await tickets.postpone(ticket.id, 'gone', at(40))).toBe(false);
  });

  test('takes back an item that was done with, once, and names the ticket when it is due', async () => {
    const { tickets } = storage();
    const { ticket } = committed(await tickets.commit(opening(openTicket(), [CARD])));
    const [item] = await tickets.outbox(ticket.id, at(0));
    if (!item) throw new Error('nothing stands there');
    await tickets.settle(ticket.id, item.id);
    await tickets.dueDone(at(20), 'outbox', await tickets.due(at(20), 'outbox'));
    const again = { ...item, notBefore: at(30), attempts: 1 };
    await Promise.all([tickets.putBack(ticket.id, again), tickets.putBack(ticket.id, again)]);
    expect(await tickets.outbox(ticket.id, at(29))).toEqual([]);
    expect(await tickets.outbox(ticket.id, at(30))).toEqual([again]);
    expect(await tickets.due(at(30), 'outbox')).toContain(ticket.id);
    expect(await tickets.claim(ticket.id, item.id, at(40))).toBe(true);
  });

  test('is worked off in the order of time', async () => {
    const { tickets } = storage();
    const wanted = [at(3), at(1), at(2)].map((notBefore) => ({ ...CARD, notBefore }));
    const { ticket } = committed(await tickets.commit(opening(openTicket(), wanted)));
    expect((await tickets.outbox(ticket.id, at(2))).map(({ notBefore }) => notBefore)).toEqual([at(1), at(2)]);
  });
});

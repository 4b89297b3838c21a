import { TableClient } from '@azure/data-tables';
import fc from 'fast-check';
import { type LocalTables, startTables } from '../../infra/local/azurite';
import { createWeather } from '../../infra/local/azurite/weather';
import { type StoredTicket } from '../service/ports';
import { type Ticket } from '../tickets/ticket';
import { openTicket, opening, step } from './example.fixture';
import { type PipelinePolicy, TABLES, createSealer, createStorage } from './index';

const MINUTE = 60_000;
const EPOCH = Date.parse('2025-03-04T10:50:00.000Z');
const iso = (time: number) => new Date(time).toISOString();
const CARD = { kind: 'helpdesk-cards' } as const;

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(30_000);

let tables: LocalTables;
/** A table each would be slow to make; the moments of one test are far from those of the next, so they share them. */
let era = EPOCH;
beforeAll(async () => {
  tables = await startTables();
  await makeClock().storage().prepare();
});
afterAll(() => tables.close());
beforeEach(() => {
  era += 365 * 24 * 60 * MINUTE;
});

/** A world with a clock of its own; `storage` opens it once more, as another process does. */
function makeClock() {
  const clock = { time: era };
  const dueTimes = (ticket: Ticket) => (ticket.status === 'waiting' ? [ticket.expiresAt] : []);
  const storage = (policy = createWeather().policy) =>
    createStorage({
      tables,
      sealer: createSealer(Buffer.alloc(32, 3)),
      now: () => new Date(clock.time),
      dueTimes,
      policies: [policy],
    });
  return { clock, storage, tickets: storage().tickets };
}

async function made(world: ReturnType<typeof makeClock>, change: Partial<Ticket>, offsets: readonly number[] = []) {
  const wanted = offsets.map((minutes) => ({ effect: CARD, notBefore: iso(world.clock.time + minutes * MINUTE) }));
  const result = await world.tickets.commit(opening(openTicket(change), wanted));
  if (result.kind !== 'committed') throw new Error(result.kind);
  return result.stored;
}

describe('what is due', () => {
  test('is named from its moment on, not before, also hours later', async () => {
    const world = makeClock();
    const { ticket } = await made(world, { expiresAt: iso(era + 30 * MINUTE) });
    const due = (minutes: number) => world.tickets.due(iso(era + minutes * MINUTE), 'time');
    expect(await due(29)).not.toContain(ticket.id);
    expect(await due(30)).toContain(ticket.id);
    expect(await due(300)).toContain(ticket.id);
    expect(await world.tickets.due(iso(era + 300 * MINUTE), 'outbox')).not.toContain(ticket.id);
  });

  test('stays named for as long as it is not dealt with, though somebody says so', async () => {
    const world = makeClock();
    const { ticket } = await made(world, { expiresAt: iso(era) });
    for (const minutes of [10, 130, 500]) {
      const now = iso(era + minutes * MINUTE);
      expect(await world.tickets.due(now, 'time')).toContain(ticket.id);
      await world.tickets.dueDone(now, 'time', [ticket.id]);
    }
  });

  test('is not named any more once it is dealt with', async () => {
    const world = makeClock();
    const stored = await made(world, { expiresAt: iso(era) });
    await world.tickets.commit(step(stored, 'expire', { change: { status: 'expired' } }));
    const now = iso(era + 10 * MINUTE);
    await world.tickets.dueDone(now, 'time', [stored.ticket.id]);
    expect(await world.tickets.due(now, 'time')).not.toContain(stored.ticket.id);
  });

  test('written while the watermark moves is still found: a moment in the past lies at now', async () => {
    const world = makeClock();
    world.clock.time = era + 600 * MINUTE;
    await world.tickets.dueDone(iso(world.clock.time), 'time', []);
    await world.tickets.dueDone(iso(world.clock.time), 'outbox', []);
    const { ticket } = await made(world, { expiresAt: iso(era) }, [-600]);
    expect(await world.tickets.due(iso(world.clock.time), 'time')).toContain(ticket.id);
    expect(await world.tickets.due(iso(world.clock.time), 'outbox')).toContain(ticket.id);
  });

  test('is not taken away under a commit whose pointer is there and whose transaction is still to come', async () => {
    const world = makeClock();
    const stored = await made(world, { status: 'approved' });
    const sweeping: PipelinePolicy = {
      name: 'sweep before the transaction',
      async sendRequest(request, next) {
        if (request.url.includes('$batch')) {
          await world.tickets.dueDone(iso(world.clock.time + 30_000), 'outbox', [stored.ticket.id]);
        }
        return next(request);
      },
    };
    await world.storage(sweeping).tickets.commit(step(stored, 'work', { wanted: [{ effect: CARD }] }));
    expect(await world.tickets.due(iso(world.clock.time + MINUTE), 'outbox')).toContain(stored.ticket.id);
  });

  test('and what a lost worker held is named again when its lease has run out', async () => {
    const world = makeClock();
    const { ticket } = await made(world, { status: 'approved' }, [0]);
    await world.tickets.claim(ticket.id, '0000000001-1', iso(era + 20 * MINUTE));
    world.clock.time = era + 10 * MINUTE;
    await world.tickets.dueDone(iso(world.clock.time), 'outbox', [ticket.id]);
    expect(await world.tickets.due(iso(world.clock.time), 'outbox')).not.toContain(ticket.id);
    expect(await world.tickets.due(iso(era + 20 * MINUTE), 'outbox')).toContain(ticket.id);
  });
});

test('an item put off to before the end of its lease is named in time', async () => {
  const world = makeClock();
  const { ticket } = await made(world, { status: 'approved' }, [0]);
  await world.tickets.claim(ticket.id, '0000000001-1', iso(era + 20 * MINUTE));
  world.clock.time = era + 10 * MINUTE;
  await world.tickets.dueDone(iso(world.clock.time), 'outbox', [ticket.id]);
  await world.tickets.postpone(ticket.id, '0000000001-1', iso(era + 12 * MINUTE));
  expect(await world.tickets.due(iso(era + 12 * MINUTE), 'outbox')).toContain(ticket.id);
});

describe('the watermark', () => {
  test('does not pass what nobody has dealt with', async () => {
    const world = makeClock();
    const left = await made(world, { expiresAt: iso(era) });
    const dealtWith = await made(world, { expiresAt: iso(era + 70 * MINUTE) });
    await world.tickets.commit(step(dealtWith, 'expire', { change: { status: 'expired' } }));
    for (const minutes of [200, 300, 400]) {
      await world.tickets.dueDone(iso(era + minutes * MINUTE), 'time', [dealtWith.ticket.id]);
    }
    const due = await world.tickets.due(iso(era + 400 * MINUTE), 'time');
    expect(due).toContain(left.ticket.id);
    expect(due).not.toContain(dealtWith.ticket.id);
  });

  test('in the future is not believed', async () => {
    const world = makeClock();
    const { ticket } = await made(world, { expiresAt: iso(era) });
    const index = TableClient.fromConnectionString(tables.connectionString, TABLES.index, {
      allowInsecureConnection: true,
    });
    await index.upsertEntity({ partitionKey: 'watermark', rowKey: 'time', hour: '2999010100' });
    expect(await world.tickets.due(iso(era + 200 * MINUTE), 'time')).toContain(ticket.id);
  });
});

/** One thing that happens in the world of the law below. */
const action = fc.oneof(
  fc.record({
    do: fc.constant('open' as const),
    expires: fc.integer({ min: -90, max: 200 }),
    item: fc.integer({ min: -90, max: 200 }),
  }),
  fc.record({
    do: fc.constant('step' as const),
    which: fc.nat(5),
    item: fc.integer({ min: -90, max: 200 }),
    crash: fc.constantFrom('no', 'before', 'after'),
  }),
  fc.record({ do: fc.constant('close' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('claim' as const), which: fc.nat(5), minutes: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ do: fc.constant('postpone' as const), which: fc.nat(5), minutes: fc.integer({ min: 0, max: 200 }) }),
  fc.record({ do: fc.constant('settle' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('sweep' as const), all: fc.boolean() }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 150 }) }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

describe('the law: what is due is named, whatever came before', () => {
  /** Does one action, as two processes in turn do. */
  async function act(world: ReturnType<typeof makeClock>, all: StoredTicket[], one: Action, n: number): Promise<void> {
    const { clock } = world;
    const { tickets } = world.storage();
    const now = iso(clock.time);
    const later = (minutes: number) => iso(clock.time + minutes * MINUTE);
    if (one.do === 'wait') clock.time += one.minutes * MINUTE;
    else if (one.do === 'open') all.push(await made(world, { expiresAt: later(one.expires) }, [one.item]));
    else if (one.do === 'sweep') {
      for (const kind of ['outbox', 'time'] as const) {
        const ids = await tickets.due(now, kind);
        await tickets.dueDone(now, kind, one.all ? ids : ids.slice(0, 1));
      }
    } else {
      const stored = all[one.which % Math.max(all.length, 1)];
      if (!stored) return;
      const { id } = stored.ticket;
      const item = (await tickets.outbox(id, now))[0]?.id ?? 'none';
      if (one.do === 'claim') await tickets.claim(id, item, later(one.minutes));
      else if (one.do === 'postpone') await tickets.postpone(id, item, later(one.minutes));
      else if (one.do === 'settle') await tickets.settle(id, item);
      else {
        const weather = createWeather();
        const isBatch = ({ url }: { url: string }) => url.includes('$batch');
        if (one.do === 'step' && one.crash === 'before') weather.dieBefore(isBatch);
        if (one.do === 'step' && one.crash === 'after') weather.dieAfter(isBatch);
        const more =
          one.do === 'close'
            ? { change: { status: 'done' as const } }
            : { wanted: [{ effect: CARD, notBefore: later(one.item) }] };
        await world
          .storage(weather.policy)
          .tickets.commit(step(stored, `n${n}`, more))
          .catch(() => undefined);
        all[all.indexOf(stored)] = (await tickets.load(id)) ?? stored;
      }
    }
  }

  async function nothingMissed(world: ReturnType<typeof makeClock>, all: readonly StoredTicket[]): Promise<void> {
    const now = iso(world.clock.time);
    const { tickets } = world.storage();
    const [outbox, time] = [await tickets.due(now, 'outbox'), await tickets.due(now, 'time')];
    for (const { ticket } of all) {
      if ((await tickets.outbox(ticket.id, now)).length > 0) expect(outbox).toContain(ticket.id);
      if (ticket.status === 'waiting' && ticket.expiresAt <= now) expect(time).toContain(ticket.id);
    }
  }

  test('commits, crashes, claims, sweeps and time in any order', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 14 }), async (actions) => {
        era += 30 * 24 * 60 * MINUTE;
        run += 1;
        const world = makeClock();
        const all: StoredTicket[] = [];
        for (const [n, one] of actions.entries()) {
          await act(world, all, one, run * 1000 + n);
          await nothingMissed(world, all);
        }
      }),
      { numRuns: 15, interruptAfterTimeLimit: 10_000 },
    );
  });
});

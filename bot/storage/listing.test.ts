import { TableClient } from '@azure/data-tables';
import { type LocalTables, startTables } from '../../infra/local/azurite';
import { createWeather } from '../../infra/local/azurite/weather';
import { type CommitResult, type StoredTicket } from '../service/ports';
import { type Ticket } from '../tickets/ticket';
import { START, openTicket, opening, step } from './example.fixture';
import { type PipelinePolicy, TABLES, createSealer, createStorage } from './index';

const SEALER = createSealer(Buffer.alloc(32, 7));

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

function raw(name: string): TableClient {
  return TableClient.fromConnectionString(tables.connectionString, name, { allowInsecureConnection: true });
}

function committed(result: CommitResult): StoredTicket {
  if (result.kind !== 'committed') throw new Error(`not committed but ${result.kind}`);
  return result.stored;
}

async function opened(change: Partial<Ticket> = {}): Promise<StoredTicket> {
  return committed(await storage().tickets.commit(opening(openTicket(change))));
}

describe('lists', () => {
  test('page through the tickets of a person, newest first, and of those waiting, oldest first', async () => {
    const { tickets } = storage();
    const person = { id: 'p-lists', name: 'P' };
    const approver = { id: 'a-lists', name: 'A', circle: 0, via: 'manager' } as const;
    const ids: string[] = [];
    for (let day = 1; day <= 5; day += 1) {
      const openedAt = `2025-02-0${day}T00:00:00.000Z`;
      ids.push((await opened({ requester: person, subject: person, approvers: [approver], openedAt })).ticket.id);
    }
    const first = await tickets.ofPerson(person.id, { size: 2 });
    expect(first.items).toEqual([ids[4], ids[3]]);
    expect(first.tickets.map(({ id }) => id)).toEqual(first.items);
    const second = await tickets.ofPerson(person.id, { size: 2, next: first.next! });
    const third = await tickets.ofPerson(person.id, { size: 2, next: second.next! });
    expect([...second.items, ...third.items]).toEqual([ids[2], ids[1], ids[0]]);
    expect(third.next).toBeUndefined();
    expect((await tickets.waitingFor(approver.id)).items).toEqual(ids);
  });

  test('change with the ticket: decided, it waits for nobody; closed, it is not open', async () => {
    const { tickets } = storage();
    const approver = { id: 'a-change', name: 'A', circle: 0, via: 'manager' } as const;
    const stored = await opened({ approvers: [approver] });
    const rows = () =>
      Promise.all([tickets.waitingFor(approver.id), tickets.open({ size: 100 })]).then(([waiting, open]) => [
        waiting.items.includes(stored.ticket.id),
        open.items.includes(stored.ticket.id),
      ]);
    expect(await rows()).toEqual([true, true]);
    const approved = committed(await tickets.commit(step(stored, 'yes', { change: { status: 'approved' } })));
    expect(await rows()).toEqual([false, true]);
    const closed = committed(await tickets.commit(step(approved, 'end', { change: { status: 'done' } })));
    expect(await rows()).toEqual([false, false]);
    const frozen = committed(await tickets.commit(step(closed, 'freeze', { change: { status: 'frozen' } })));
    expect(await rows()).toEqual([false, true]);
    const { subject, id } = stored.ticket;
    expect((await tickets.frozenOf(subject.id, { size: 100 })).items).toContain(id);
    await tickets.commit(step(frozen, 'thaw', { change: { status: 'cancelled' } }));
    expect((await tickets.frozenOf(subject.id, { size: 100 })).items).not.toContain(id);
  });

  test('name a ticket as long as a pass may live by it', async () => {
    const { tickets } = storage();
    const stored = await opened();
    const { subject, id } = stored.ticket;
    const listed = async () => (await tickets.withPassOf(subject.id, { size: 100 })).items.includes(id);
    const made = { number: 1, by: subject, startedAt: stored.ticket.openedAt, state: 'started' as const };
    expect(await listed()).toBe(false);
    const begun = committed(await tickets.commit(step(stored, 'show', { change: { generations: [made] } })));
    expect(await listed()).toBe(true);
    const settled = { ...made, state: 'settled' as const };
    await tickets.commit(step(begun, 'settled', { change: { generations: [settled] } }));
    expect(await listed()).toBe(false);
  });

  test.each(['GET', 'DELETE'])(
    'keep a pointer that is put up again while it is taken down (before the %s)',
    async (verb) => {
      const stored = await opened();
      const { tickets } = storage();
      let frozen = false;
      const meddle: PipelinePolicy = {
        name: 'meddle',
        async sendRequest(request, next) {
          if (request.method === verb && request.url.includes("'open'") && !frozen) {
            frozen = true;
            const closed = (await tickets.load(stored.ticket.id))!;
            await tickets.commit(step(closed, 'freeze', { change: { status: 'frozen' } }));
          }
          return next(request);
        },
      };
      await storage([meddle]).tickets.commit(step(stored, 'close', { change: { status: 'done' } }));
      expect(frozen).toBe(true);
      expect((await tickets.open({ size: 100 })).items).toContain(stored.ticket.id);
    },
  );

  test('never name a ticket because of a pointer that somebody wrote by hand', async () => {
    const { ticket } = await opened({ status: 'done' });
    const rowKey = `${START}~${ticket.id}`;
    await raw(TABLES.index).upsertEntity({ partitionKey: 'waiting~mallory', rowKey, ticket: ticket.id, version: 1 });
    await raw(TABLES.index).upsertEntity({ partitionKey: 'short~KV-FAKE-00', rowKey: 'ticket', ticket: ticket.id });
    expect((await storage().tickets.waitingFor('mallory')).items).toEqual([]);
    expect(await storage().tickets.find('KV-FAKE-00')).toBeUndefined();
  });

  test('tidy away what has been false for a while', async () => {
    const rowKey = `${START}~01GONE`;
    await raw(TABLES.index).upsertEntity({ partitionKey: 'waiting~tidy', rowKey, ticket: '01GONE', version: 1 });
    const count = async () => {
      let rows = 0;
      for await (const row of raw(TABLES.index).listEntities()) if (row.partitionKey === 'waiting~tidy') rows += 1;
      return rows;
    };
    await storage(undefined, () => new Date()).tickets.waitingFor('tidy');
    expect(await count()).toBe(1);
    await storage(undefined, () => new Date(Date.now() + 600_000)).tickets.waitingFor('tidy');
    expect(await count()).toBe(0);
  });
});

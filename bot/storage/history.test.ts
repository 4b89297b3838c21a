import { TableClient } from '@azure/data-tables';
import { type LocalTables, startTables } from '../../infra/local/azurite';
import { type OuterMark, type StoredTicket } from '../service/ports';
import { openTicket, opening, START, step } from './example.fixture';
import { createSealer, createStorage, TABLES } from './index';

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(30_000);

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
  await storage().prepare();
});
afterAll(() => tables.close());

function storage() {
  const sealer = createSealer(Buffer.alloc(32, 1));
  return createStorage({ tables, sealer, now: () => new Date(START), dueTimes: ({ expiresAt }) => [expiresAt] });
}

function raw(): TableClient {
  return TableClient.fromConnectionString(tables.connectionString, TABLES.tickets, { allowInsecureConnection: true });
}

interface Entity {
  partitionKey: string;
  rowKey: string;
  [property: string]: unknown;
}

async function row(pk: string, rk: string): Promise<Entity> {
  const { etag: _etag, timestamp: _timestamp, ...rest } = await raw().getEntity<Entity>(pk, rk);
  return { ...rest, partitionKey: pk, rowKey: rk };
}

/** A ticket of three versions. */
async function lived(): Promise<StoredTicket> {
  const { tickets } = storage();
  let result = await tickets.commit(opening(openTicket()));
  for (const command of ['two', 'three']) {
    if (result.kind !== 'committed') throw new Error(result.kind);
    result = await tickets.commit(step(result.stored, command));
  }
  if (result.kind !== 'committed') throw new Error(result.kind);
  return result.stored;
}

const EV = (seq: number) => `ev~${String(seq).padStart(10, '0')}`;

test('a history is every event, in order, without what is personal', async () => {
  const { ticket } = await lived();
  const events = await storage().tickets.history(ticket.id);
  expect(events).toHaveLength(3);
  expect(events[0]).toMatchObject({ kind: 'opened', at: START, id: ticket.id, subject: { id: ticket.subject.id } });
  expect(JSON.stringify(events)).not.toContain(ticket.subject.name);
  expect(await storage().tickets.history('01JNGZ0000000000000000NONE')).toEqual([]);
});

test.each<[string, (pk: string) => Promise<unknown>]>([
  [
    'changed',
    async (pk) => {
      const old = await row(pk, EV(2));
      const record = JSON.parse(String(old['s00'])) as Record<string, unknown>;
      return raw().upsertEntity({ ...old, s00: JSON.stringify({ ...record, kind: 'decided' }) }, 'Replace');
    },
  ],
  ['taken out', (pk) => raw().deleteEntity(pk, EV(2))],
  [
    'exchanged',
    async (pk) => {
      const [two, three] = await Promise.all([row(pk, EV(2)), row(pk, EV(3))]);
      await raw().upsertEntity({ ...two, s00: three['s00'] }, 'Replace');
      return raw().upsertEntity({ ...three, s00: two['s00'] }, 'Replace');
    },
  ],
])('a record that was %s by somebody else is told to nobody', async (_, tamper) => {
  const { ticket } = await lived();
  await tamper(ticket.id);
  await expect(storage().tickets.history(ticket.id)).rejects.toMatchObject({ code: 'storage-tampered' });
});

test('a record that was added behind the newest is not part of the history', async () => {
  const { ticket } = await lived();
  const last = await row(ticket.id, EV(3));
  await raw().upsertEntity({ ...last, rowKey: EV(4) }, 'Replace');
  expect(await storage().tickets.history(ticket.id)).toHaveLength(3);
});

test('a mark is kept under its ETag, for each receiver by itself, and under seal', async () => {
  const { ticket } = await lived();
  const { tickets } = storage();
  const mark: OuterMark = { told: 2, failures: 1, ref: '0a1b', sending: { seq: 3, at: START }, notBefore: START };
  expect(await tickets.outerMark(ticket.id, 'webhook')).toBeUndefined();
  const etag = await tickets.putOuterMark(ticket.id, 'webhook', mark);
  expect(await tickets.outerMark(ticket.id, 'webhook')).toEqual({ value: mark, etag });
  expect(await tickets.outerMark(ticket.id, 'jira')).toBeUndefined();
  expect(await tickets.putOuterMark(ticket.id, 'webhook', mark)).toBeUndefined();
  expect(await tickets.putOuterMark(ticket.id, 'webhook', { told: 3, failures: 0 }, etag)).toBeDefined();
  expect(await tickets.putOuterMark(ticket.id, 'webhook', mark, etag)).toBeUndefined();
  expect(await tickets.verifyAudit(ticket.id)).toEqual([]);

  const old = await row(ticket.id, 'outer~webhook');
  await raw().upsertEntity({ ...old, s00: String(old['s00']).replace('"told":3', '"told":9') }, 'Replace');
  await expect(tickets.outerMark(ticket.id, 'webhook')).rejects.toMatchObject({ code: 'storage-tampered' });
  expect(await tickets.verifyAudit(ticket.id)).toEqual(['row outer~webhook was not written by Keyvouch']);
});

import { TableClient } from '@azure/data-tables';
import { type LocalTables, startTables } from '../../infra/local/azurite';
import { type PlaceRecord, type SharedPost } from '../service/places-port';
import { openTicket, opening, START } from './example.fixture';
import { createSealer, createStorage, TABLES } from './index';
import { keyOf } from './keys';

jest.setTimeout(30_000);

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
  await storage().prepare();
});
afterAll(() => tables.close());

function storage() {
  return createStorage({
    tables,
    sealer: createSealer(Buffer.alloc(32, 1)),
    now: () => new Date(START),
    dueTimes: ({ expiresAt }) => [expiresAt],
  });
}

const PLACE: PlaceRecord = {
  id: '19:a1b2c3@thread.tacv2',
  kind: 'channel',
  tenantId: 't',
  serviceUrl: 'https://smba.example/emea/',
  botId: '28:app',
  conversationId: '19:a1b2c3@thread.tacv2;messageid=1700000000000',
};

async function shared(): Promise<SharedPost> {
  const ticket = openTicket();
  await storage().tickets.commit(opening(ticket));
  const { id: place, conversationId } = PLACE;
  const post = { ticket: ticket.id, place, conversationId, activityId: '1:1abc', digest: 'd', at: START };
  await storage().conversations.putSharedPost(post);
  return post;
}

test('places and posts are kept and forgotten', async () => {
  const { conversations } = storage();
  expect(await conversations.place(PLACE.id)).toBeUndefined();
  await conversations.putPlace(PLACE);
  const post = await shared();
  expect(await conversations.place(PLACE.id)).toEqual(PLACE);
  expect(await conversations.sharedPost(post.ticket, PLACE.id)).toEqual(post);
  // They are no person's cards.
  expect(await conversations.cardsOf(post.ticket)).toEqual([]);
  await conversations.removeSharedPost(post.ticket, PLACE.id);
  await conversations.removePlace(PLACE.id);
  expect([await conversations.place(PLACE.id), await conversations.sharedPost(post.ticket, PLACE.id)]).toEqual([
    undefined,
    undefined,
  ]);
});

test('rows that somebody else has written are refused, and found by the audit', async () => {
  const { conversations, tickets } = storage();
  await conversations.putPlace(PLACE);
  const post = await shared();
  expect(await tickets.verifyAudit(post.ticket)).toEqual([]);
  const client = (name: string) =>
    TableClient.fromConnectionString(tables.connectionString, name, { allowInsecureConnection: true });
  const bend = async (table: string, pk: string, rk: string) => {
    const row = await client(table).getEntity<{ s00: string }>(pk, rk);
    const s00 = row.s00.replaceAll('19:a1b2c3', '19:theirs');
    await client(table).updateEntity({ partitionKey: pk, rowKey: rk, s00 }, 'Merge');
  };
  await bend(TABLES.people, keyOf('place', PLACE.id), 'place');
  const rows = client(TABLES.tickets).listEntities<{ partitionKey: string; rowKey: string }>();
  for await (const { partitionKey, rowKey } of rows)
    if (rowKey.startsWith('shared~') && partitionKey.includes(post.ticket))
      await bend(TABLES.tickets, partitionKey, rowKey);
  const tampered = { code: 'storage-tampered' };
  await expect(conversations.place(PLACE.id)).rejects.toMatchObject(tampered);
  await expect(conversations.sharedPost(post.ticket, PLACE.id)).rejects.toMatchObject(tampered);
  expect(await tickets.verifyAudit(post.ticket)).toEqual([expect.stringContaining('was not written by Keyvouch')]);
});

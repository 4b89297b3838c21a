import { TableClient } from '@azure/data-tables';
import { type LocalTables, startTables } from '../../infra/local/azurite';
import { type StoredTicket } from '../service/ports';
import { BOB, START, openTicket, opening, step } from './example.fixture';
import { TABLES, createSealer, createStorage } from './index';

/** Somebody who may read and write every row, and knows how rows are made, but has not the key. */

const LATER = '2025-03-05T00:00:00.000Z';
const CARD = { effect: { kind: 'card', person: BOB.id, slot: 'approval', nudge: true } } as const;

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(30_000);

let tables: LocalTables;
const logged: string[] = [];
beforeAll(async () => {
  tables = await startTables();
  await storage().prepare();
});
afterAll(() => tables.close());

function storage(key = 1) {
  return createStorage({
    tables,
    sealer: createSealer(Buffer.alloc(32, key)),
    now: () => new Date(START),
    dueTimes: ({ expiresAt }) => [expiresAt],
    log: (event) => logged.push(event),
  });
}

function raw(name: string = TABLES.tickets): TableClient {
  return TableClient.fromConnectionString(tables.connectionString, name, { allowInsecureConnection: true });
}

/** A ticket of four versions, with two items in its outbox. */
async function lived(): Promise<StoredTicket> {
  const { tickets } = storage();
  let result = await tickets.commit(opening(openTicket(), [CARD, CARD]));
  for (const command of ['two', 'three', 'four']) {
    if (result.kind !== 'committed') throw new Error(result.kind);
    result = await tickets.commit(step(result.stored, command));
  }
  if (result.kind !== 'committed') throw new Error(result.kind);
  return result.stored;
}

interface Entity {
  partitionKey: string;
  rowKey: string;
  [property: string]: unknown;
}

async function row(partitionKey: string, rowKey: string, table = TABLES.tickets as string): Promise<Entity> {
  const { etag: _etag, timestamp: _timestamp, ...rest } = await raw(table).getEntity<Entity>(partitionKey, rowKey);
  return { ...rest, partitionKey, rowKey };
}

const put = (entity: Entity, table = TABLES.tickets as string) => raw(table).upsertEntity(entity, 'Replace');

/** Changes what stands in a row's JSON. */
async function edit(pk: string, rk: string, change: (text: string) => string, table?: string): Promise<void> {
  const old = await row(pk, rk, table);
  const text = change(String(old.s00));
  expect(text).not.toBe(old.s00);
  await put({ ...old, s00: text }, table);
}

describe('rows of the audit', () => {
  test.each<[string, (id: string) => Promise<unknown>, string]>([
    [
      'changed',
      (id) => edit(id, 'ev~0000000002', (text) => text.replace('commented', 'completed')),
      'record 2 was changed',
    ],
    ['dropped', (id) => raw().deleteEntity(id, 'ev~0000000002'), 'record 2 is missing'],
    ['cut off', (id) => raw().deleteEntity(id, 'ev~0000000004'), 'record 4 is missing'],
    [
      'added',
      async (id) => put({ ...(await row(id, 'ev~0000000004')), rowKey: 'ev~0000000005' }),
      'record 5 was added after the end of the chain',
    ],
    [
      'exchanged',
      async (id) => {
        const [two, three] = [await row(id, 'ev~0000000002'), await row(id, 'ev~0000000003')];
        await put({ ...two, rowKey: three.rowKey });
        await put({ ...three, rowKey: two.rowKey });
      },
      "record 2 lies in another's place",
    ],
    ['of another kind', (id) => put({ partitionKey: id, rowKey: 'ev~2', s00: '{}' }), 'row ev~2 does not belong here'],
    ['garbled', (id) => edit(id, 'ev~0000000001', (text) => text.slice(1)), 'record 1 cannot be read'],
    [
      'with a personal part changed',
      (id) => edit(id, 'pd~0000000002', (text) => text.replace('by two', 'by one')),
      'the personal part of record 2 was changed',
    ],
    [
      'whose command was taken out',
      (id) => raw().deleteEntity(id, 'cmd~three'),
      'the command of record 3 is no longer remembered as taken',
    ],
    [
      'whose state was taken back',
      async (id) => edit(id, 'state', (text) => text.replace('"seq":4', '"seq":3')),
      'there is no state whose seal holds, so nothing says where the chain ends',
    ],
  ])('%s are found', async (_, tamper, sentence) => {
    const { ticket } = await lived();
    expect(await storage().tickets.verifyAudit(ticket.id)).toEqual([]);
    await tamper(ticket.id);
    expect(await storage().tickets.verifyAudit(ticket.id)).toContain(sentence);
  });

  test('still hold when the personal parts are erased, and read without them', async () => {
    const { ticket } = await lived();
    expect((await storage().tickets.audit(ticket.id))[1]?.personal).toMatchObject({ text: 'by two' });
    for (const seq of [1, 2, 3, 4]) await raw().deleteEntity(ticket.id, `pd~000000000${seq}`);
    expect(await storage().tickets.verifyAudit(ticket.id)).toEqual([]);
    const records = await storage().tickets.audit(ticket.id);
    expect(records.map(({ personal }) => personal)).toEqual([undefined, undefined, undefined, undefined]);
    expect(JSON.stringify(records)).not.toContain('Eve Else');
  });
});

const TAMPERED = { code: 'storage-tampered', retry: false };

describe('a ticket whose state was written by hand is never acted upon', () => {
  test.each<[string, (mine: StoredTicket, other: StoredTicket) => Promise<unknown>]>([
    ['changed', ({ ticket }) => edit(ticket.id, 'state', (text) => text.replace('"waiting"', '"approved"'))],
    [
      'moved from another ticket',
      async ({ ticket }, other) => put({ ...(await row(other.ticket.id, 'state')), partitionKey: ticket.id }),
    ],
    [
      'made from another row of its own',
      async ({ ticket }) => put({ ...(await row(ticket.id, 'out~0000000001-1')), rowKey: 'state' }),
    ],
    [
      'without a seal',
      async ({ ticket }) => {
        const { seal: _seal, ...bare } = await row(ticket.id, 'state');
        await put(bare);
      },
    ],
    [
      'sealed with another key',
      async ({ ticket }) => {
        await raw().deleteEntity(ticket.id, 'state');
        const forged = createSealer(Buffer.alloc(32, 9));
        const s00 = JSON.stringify({ ticket: { ...ticket, status: 'approved' }, head: { seq: 4, hash: 'x' } });
        await put({
          partitionKey: ticket.id,
          rowKey: 'state',
          s00,
          seal: forged.seal(JSON.stringify(['state', ticket.id, 'state', s00])),
        });
      },
    ],
  ])('%s', async (_, tamper) => {
    const mine = await lived();
    await tamper(mine, await lived());
    const { tickets } = storage();
    const { id, shortId } = mine.ticket;
    await expect(tickets.load(id)).rejects.toMatchObject(TAMPERED);
    await expect(tickets.find(shortId)).rejects.toMatchObject(TAMPERED);
    await expect(tickets.commit(step(mine, 'five'))).rejects.toMatchObject(TAMPERED);
    // It stays where people and timers see it, and hinders no other ticket.
    expect((await tickets.open({ size: 100 })).items).toContain(id);
    await tickets.dueDone('2025-03-07T00:00:00.000Z', 'time', [id]);
    expect(logged).toContain('storage-tampered');
    expect(await tickets.due('2025-03-07T00:00:00.000Z', 'time')).toContain(id);
  });

  test('a whole ticket written by hand', async () => {
    const ticket = openTicket({ status: 'approved' });
    await put({
      partitionKey: ticket.id,
      rowKey: 'state',
      s00: JSON.stringify({ ticket, head: { seq: 1, hash: 'x' } }),
      seal: 'AAAA',
    });
    await expect(storage().tickets.load(ticket.id)).rejects.toMatchObject(TAMPERED);
  });
});

describe('an outbox item written by hand is never given out', () => {
  test.each<[string, (mine: StoredTicket, other: StoredTicket) => Promise<unknown>]>([
    ['changed', ({ ticket }) => edit(ticket.id, 'out~0000000001-1', (text) => text.replace('approval', 'handover'))],
    [
      'copied',
      async ({ ticket }) => put({ ...(await row(ticket.id, 'out~0000000001-2')), rowKey: 'out~0000000001-1' }),
    ],
    [
      'moved from another ticket',
      async ({ ticket }, other) =>
        put({ ...(await row(other.ticket.id, 'out~0000000001-1')), partitionKey: ticket.id }),
    ],
  ])('%s', async (_, tamper) => {
    const mine = await lived();
    await tamper(mine, await lived());
    const { tickets } = storage();
    const { id } = mine.ticket;
    await expect(tickets.outbox(id, LATER)).rejects.toMatchObject(TAMPERED);
    await expect(tickets.claim(id, '0000000001-1', LATER)).rejects.toMatchObject(TAMPERED);
    await expect(tickets.postpone(id, '0000000001-1', LATER)).rejects.toMatchObject(TAMPERED);
  });
});

test('rows where a commit will write are reported, and nothing is committed', async () => {
  const mine = await lived();
  await put({ partitionKey: mine.ticket.id, rowKey: 'ev~0000000005', s00: '{}' });
  await expect(storage().tickets.commit(step(mine, 'five'))).rejects.toMatchObject({ code: 'storage-odd-row' });
  expect(await storage().tickets.load(mine.ticket.id)).toEqual(mine);
});

test('workstations, codes, jobs, conversations and card posts written by hand are refused', async () => {
  const { workstations, conversations } = storage();
  const record = {
    id: 'ws-1',
    person: BOB.id,
    kind: 'own',
    name: 'B',
    state: 'pairing',
    publicJwk: '{}',
    thumbprint: 't',
    pairedAt: START,
  } as const;
  await workstations.put(record);
  await workstations.putCode({
    publicPart: 'C1',
    secretHash: 'h',
    person: BOB.id,
    kind: 'own',
    expiresAt: LATER,
    triesLeft: 5,
  });
  await workstations.putJob({
    id: 'j1',
    workstation: 'ws-1',
    ticket: 't',
    jws: 'x',
    validUntil: LATER,
    state: 'offered',
  });
  await conversations.put({
    person: BOB.id,
    tenantId: 't',
    conversationId: 'a:1',
    serviceUrl: 'https://smba',
    botId: 'b',
  });
  await conversations.putCard({
    ticket: 't',
    person: BOB.id,
    slot: 'approval',
    conversationId: 'a:1',
    activityId: '1',
    digest: 'd',
    inPlace: false,
    at: START,
  });
  const ws = TABLES.workstations;
  await edit('ws~ws-1', 'record', (text) => text.replace('pairing', 'active'), ws);
  await edit('code~C1', 'code', (text) => text.replace(':5', ':500'), ws);
  await edit('ws~ws-1', 'job~j1', (text) => text.replace('offered', 'started'), ws);
  await edit(`person~${BOB.id}`, 'conversation', (text) => text.replace('smba', 'evil'), TABLES.people);
  await edit('t', `card~approval~${BOB.id}`, (text) => text.replace('a:1', 'a:2'));
  for (const read of [
    () => workstations.get('ws-1'),
    () => workstations.ofPerson(BOB.id),
    () => workstations.code('C1'),
    () => workstations.job('ws-1', 'j1'),
    () => workstations.jobs('ws-1'),
    () => conversations.get(BOB.id),
    () => conversations.card('t', BOB.id, 'approval'),
    () => conversations.cardsOf('t'),
  ]) {
    await expect(read()).rejects.toMatchObject(TAMPERED);
  }
});

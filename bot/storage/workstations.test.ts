import { type LocalTables, startTables } from '../../infra/local/azurite';
import { createWeather } from '../../infra/local/azurite/weather';
import { type WorkstationRecord } from '../service/ports';
import { ADA, BOB, START } from './example.fixture';
import { createSealer, createStorage } from './index';

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(30_000);

let tables: LocalTables;
let time = Date.parse(START);
const weather = createWeather();
const storage = () =>
  createStorage({
    tables,
    sealer: createSealer(Buffer.alloc(32, 1)),
    now: () => new Date(time),
    dueTimes: () => [],
    policies: [weather.policy],
  });
beforeAll(async () => {
  tables = await startTables();
  await storage().prepare();
});
afterAll(() => tables.close());

const record = (id: string, more: Partial<WorkstationRecord> = {}): WorkstationRecord => ({
  id,
  person: ADA.id,
  kind: 'own',
  name: `Laptop ${id}`,
  state: 'pairing',
  publicJwk: '{}',
  thumbprint: 't',
  pairedAt: START,
  ...more,
});

describe('workstations', () => {
  test('are written once, changed under their ETag, and found by their person', async () => {
    const { workstations } = storage();
    expect(await workstations.put(record('ws-1'))).toBe(true);
    expect(await workstations.put(record('ws-1'))).toBe(false);
    const read = await workstations.get('ws-1');
    expect(read?.value).toEqual(record('ws-1'));
    const active = record('ws-1', { state: 'active', confirmedAt: START });
    expect(await workstations.put(active, read!.etag)).toBe(true);
    expect(await workstations.put(record('ws-1', { state: 'removed' }), read!.etag)).toBe(false);
    await workstations.put(record('ws-2'));
    expect(await workstations.ofPerson(ADA.id)).toEqual([active, record('ws-2')]);
    expect(await workstations.ofPerson(BOB.id)).toEqual([]);
    expect(await workstations.get('ws-9')).toBeUndefined();
  });

  test('that stand on desks are found as such', async () => {
    const { workstations } = storage();
    const desk = record('ws-desk', { kind: 'desk', person: BOB.id });
    await workstations.put(desk);
    expect(await workstations.desks()).toEqual([desk]);
  });

  test('are written also where the reply is lost', async () => {
    weather.bring('lost', ({ url, method }) => url.includes('Workstations') && method === 'POST');
    expect(await storage().workstations.put(record('ws-lost', { person: 'lost' }))).toBe(true);
    const read = await storage().workstations.get('ws-lost');
    weather.bring('done-503', ({ url, method }) => url.includes('record') && method === 'PUT');
    expect(await storage().workstations.put(record('ws-lost', { person: 'lost', state: 'active' }), read!.etag)).toBe(
      true,
    );
  });
});

test('a pairing code is used up by one of two', async () => {
  const { workstations } = storage();
  const code = {
    publicPart: 'ABCD',
    secretHash: 'h',
    person: ADA.id,
    kind: 'own',
    expiresAt: START,
    triesLeft: 5,
  } as const;
  expect(await workstations.putCode(code)).toBe(true);
  const read = await workstations.code('ABCD');
  expect(read?.value).toEqual(code);
  const uses = ['ws-1', 'ws-2'].map((usedBy) => workstations.putCode({ ...code, usedBy }, read!.etag));
  expect((await Promise.all(uses)).sort()).toEqual([false, true]);
  expect(await workstations.code('other')).toBeUndefined();
});

test('jobs lie with their workstation', async () => {
  const { workstations } = storage();
  const job = (id: string, workstation: string) =>
    ({ id, workstation, ticket: 't', jws: 'x.y.z', validUntil: START, state: 'offered' }) as const;
  for (const one of [job('j1', 'ws-a'), job('j2', 'ws-a'), job('j3', 'ws-b')])
    expect(await workstations.putJob(one)).toBe(true);
  expect((await workstations.jobs('ws-a')).map(({ value }) => value.id)).toEqual(['j1', 'j2']);
  const read = await workstations.job('ws-a', 'j1');
  expect(await workstations.putJob({ ...job('j1', 'ws-a'), state: 'started' }, read!.etag)).toBe(true);
  expect(await workstations.putJob({ ...job('j1', 'ws-a'), state: 'failed' }, read!.etag)).toBe(false);
  expect(await workstations.job('ws-b', 'j1')).toBeUndefined();
});

test('a job goes from its workstation a month after it ended', async () => {
  const { workstations } = storage();
  const job = { workstation: 'ws-old', ticket: 't', jws: 'x.y.z', validUntil: START, state: 'done' } as const;
  await workstations.putJob({ ...job, id: 'j1' });
  const DAY = 24 * 60 * 60_000;
  time += 30 * DAY;
  expect(await workstations.jobs('ws-old')).toHaveLength(1);
  time += 1;
  await workstations.putJob({ ...job, id: 'j2', validUntil: new Date(time).toISOString() });
  expect((await workstations.jobs('ws-old')).map(({ value }) => value.id)).toEqual(['j2']);
  expect(await workstations.job('ws-old', 'j1')).toBeUndefined();
  time = Date.parse(START);
});

describe('the id of a request', () => {
  test('is new to one of many who bring it at once', async () => {
    const stores = [storage().workstations, storage().workstations];
    const seen = await Promise.all(Array.from({ length: 20 }, (_, n) => stores[n % 2]!.seen('ws-1', 'jti-1', START)));
    expect(seen.filter(Boolean)).toHaveLength(1);
  });

  test('is a replay also in the next minute, at another moment, and only of its own workstation', async () => {
    const { workstations } = storage();
    expect(await workstations.seen('ws-1', 'jti-2', '2025-03-04T10:20:59.999Z')).toBe(true);
    expect(await workstations.seen('ws-1', 'jti-2', '2025-03-04T10:21:00.000Z')).toBe(false);
    expect(await workstations.seen('ws-2', 'jti-2', '2025-03-04T10:21:00.000Z')).toBe(true);
  });

  test('is new where only the reply was lost', async () => {
    weather.bring('lost', ({ method }) => method === 'POST');
    expect(await storage().workstations.seen('ws-1', 'jti-lost', START)).toBe(true);
  });

  test('is swept when nobody could believe it any more, and not before', async () => {
    const { workstations } = storage();
    await workstations.seen('ws-sweep', 'old', START);
    time += 3 * 60_000;
    await workstations.seen('ws-sweep', 'middle', new Date(time).toISOString());
    expect(await workstations.seen('ws-sweep', 'old', START)).toBe(false);
    time += 3 * 60_000;
    await workstations.seen('ws-sweep', 'new', new Date(time).toISOString());
    expect(await workstations.seen('ws-sweep', 'old', START)).toBe(true);
    expect(await workstations.seen('ws-sweep', 'middle', START)).toBe(false);
  });
});

test('conversations are kept for each person, and card posts for each ticket', async () => {
  const { conversations } = storage();
  const conversation = {
    person: ADA.id,
    tenantId: 't',
    conversationId: '19:x@thread.v2',
    serviceUrl: 'https://smba',
    botId: '28:b',
  };
  expect(await conversations.get(ADA.id)).toBeUndefined();
  await conversations.put(conversation);
  await conversations.put({ ...conversation, locale: 'de' });
  expect(await conversations.get(ADA.id)).toEqual({ ...conversation, locale: 'de' });
  await conversations.remove(ADA.id);
  await conversations.remove(ADA.id);
  expect(await conversations.get(ADA.id)).toBeUndefined();

  const post = (person: string, slot: 'progress' | 'approval') =>
    ({
      ticket: 'T1',
      person,
      slot,
      conversationId: 'c',
      activityId: '1',
      digest: 'd',
      inPlace: false,
      at: START,
    }) as const;
  for (const one of [post(ADA.id, 'progress'), post(BOB.id, 'approval'), post(BOB.id, 'progress')])
    await conversations.putCard(one);
  await conversations.putCard({ ...post(BOB.id, 'approval'), digest: 'e' });
  expect(await conversations.card('T1', BOB.id, 'approval')).toMatchObject({ digest: 'e' });
  expect(await conversations.card('T2', BOB.id, 'approval')).toBeUndefined();
  expect(await conversations.cardsOf('T1')).toHaveLength(3);
});

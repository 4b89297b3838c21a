import { TableClient } from '@azure/data-tables';
import { type LocalTables, startTables } from '../../infra/local/azurite';
import { type Ticket } from '../tickets/ticket';
import { openTicket, opening, START, step } from './example.fixture';
import { createSealer, createStorage, type PipelinePolicy, TABLES } from './index';

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(30_000);

let tables: LocalTables;
beforeAll(async () => {
  tables = await startTables();
  await storage().prepare();
});
afterAll(() => tables.close());

function storage(policies: readonly PipelinePolicy[] = []) {
  const sealer = createSealer(Buffer.alloc(32, 7));
  return createStorage({ tables, sealer, now: () => new Date(START), dueTimes: () => [], policies });
}

const person = (id: string) => ({ id, name: id });
const day = (n: number) => `2025-02-0${n}T00:00:00.000Z`;

async function opened(change: Partial<Ticket>) {
  const result = await storage().tickets.commit(opening(openTicket(change)));
  if (result.kind !== 'committed') throw new Error(result.kind);
  return result.stored;
}

describe('openings are counted', () => {
  test('by who asked and by whom it is about, newest first, as many as are wanted, since a moment', async () => {
    const { tickets } = storage();
    const [asker, other] = [person('counts-asker'), person('counts-other')];
    for (const n of [1, 2, 3]) await opened({ requester: asker, subject: other, openedAt: day(n) });
    await opened({ requester: other, subject: other, openedAt: day(4) });
    expect(await tickets.openings({ requester: asker.id }, day(1), 5)).toEqual([day(3), day(2)]);
    expect(await tickets.openings({ requester: asker.id }, START, 5)).toEqual([]);
    expect(await tickets.openings({ subject: other.id }, '2025-01-01T00:00:00.000Z', 3)).toEqual([
      day(4),
      day(3),
      day(2),
    ]);
    expect(await tickets.openings({ subject: asker.id }, '2025-01-01T00:00:00.000Z', 3)).toEqual([]);
    expect((await tickets.openings('tenant', day(1), 2))[0]).toBe(day(4));
  });

  test('also of a ticket that was cancelled at once', async () => {
    const { tickets } = storage();
    const asker = person('counts-cancelled');
    const before = await opened({ requester: asker, subject: asker });
    await tickets.commit(step(before, 'cancel', { change: { status: 'cancelled', closedAt: START } }));
    expect(await tickets.openings({ requester: asker.id }, day(1), 5)).toEqual([START]);
  });

  test('by one call that names its limit, however many there are', async () => {
    const urls: string[] = [];
    const seen: PipelinePolicy = {
      name: 'seen',
      sendRequest: (request, next) => {
        urls.push(request.url);
        return next(request);
      },
    };
    await storage([seen]).tickets.openings('tenant', day(1), 2);
    expect(urls).toHaveLength(1);
    expect(urls[0]).toContain('$top=2');
  });

  test('a pointer that somebody bent counts for nothing', async () => {
    const table = TableClient.fromConnectionString(tables.connectionString, TABLES.index, {
      allowInsecureConnection: true,
    });
    await table.upsertEntity({ partitionKey: 'asked~bent', rowKey: '!', ticket: 'x', version: 1 });
    expect(await storage().tickets.openings({ requester: 'bent' }, day(1), 5)).toEqual([]);
  });
});

test('a denial that bars repeats is found by its subject and flow; a plain one is not', async () => {
  const { tickets } = storage();
  const subject = person('barred');
  const deny = async (blockedUntil?: string) => {
    const before = await opened({ requester: subject, subject });
    const denial = { by: person('by'), at: START, reason: 'no', ...(blockedUntil && { blockedUntil }) };
    await tickets.commit(step(before, 'deny', { change: { status: 'denied', denial, closedAt: START } }));
    return before.ticket.id;
  };
  await deny();
  expect(await tickets.blocks(subject.id, 'onboarding')).toEqual([]);
  const id = await deny('2025-03-11T10:20:30.400Z');
  expect(await tickets.blocks(subject.id, 'onboarding')).toEqual([id]);
  expect(await tickets.blocks(subject.id, 'pass')).toEqual([]);
});

describe('absences', () => {
  const absences = (id: string, delegate: string) => ({
    person: person(id),
    list: [{ delegate: person(delegate), from: START, until: day(9), enteredAt: START }],
  });

  test('are found of those who are asked for, by few and by many', async () => {
    const { conversations } = storage();
    await conversations.putAbsence(absences('gone/1', 'x'));
    await conversations.putAbsence(absences('gone2', 'y'));
    expect(await conversations.absencesOf([])).toEqual([]);
    expect(await conversations.absencesOf(['gone/1', 'here'])).toEqual([absences('gone/1', 'x')]);
    const many = ['gone2', ...Array.from({ length: 30 }, (_, n) => `here-${n}`)];
    expect(await conversations.absencesOf(many)).toEqual([absences('gone2', 'y')]);
  });

  test('are written under their ETag, and erased whole', async () => {
    const { conversations } = storage();
    expect(await conversations.putAbsence(absences('tagged', 'x'))).toBe(true);
    expect(await conversations.putAbsence(absences('tagged', 'y'))).toBe(false);
    const stored = await conversations.absence('tagged');
    expect(await conversations.putAbsence(absences('tagged', 'y'), stored?.etag)).toBe(true);
    expect(await conversations.putAbsence(absences('tagged', 'z'), stored?.etag)).toBe(false);
    await conversations.removeAbsence('tagged');
    expect(await conversations.absence('tagged')).toBeUndefined();
  });

  test('that somebody else wrote, or moved to another person, are refused', async () => {
    const { conversations } = storage();
    const table = TableClient.fromConnectionString(tables.connectionString, TABLES.people, {
      allowInsecureConnection: true,
    });
    await conversations.putAbsence(absences('sealed', 'friend'));
    const row = await table.getEntity('absences', 'sealed');
    await table.upsertEntity({ ...row, partitionKey: 'absences', rowKey: 'victim' });
    await expect(conversations.absencesOf(['victim'])).rejects.toMatchObject({ code: 'storage-tampered' });
    const bent = String(row['s00']).replace('friend', 'thief!');
    await table.upsertEntity({ ...row, partitionKey: 'absences', rowKey: 'sealed', s00: bent }, 'Replace');
    await expect(conversations.absence('sealed')).rejects.toMatchObject({ code: 'storage-tampered' });
    // The test's own, so that the others find theirs.
    await table.deleteEntity('absences', 'victim');
    await table.deleteEntity('absences', 'sealed');
  });
});

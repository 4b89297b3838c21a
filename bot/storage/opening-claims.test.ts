import { createMemoryTable } from '../../infra/proofs/audit/memory-table';
import { type LocalTables, startTables } from '../../infra/local/azurite';
import { type Ticket } from '../tickets/ticket';
import { openTicket, opening, START, step } from './example.fixture';
import { GRACE_MS } from './hints';
import { createSealer, createStorage, TABLES, type TableSource } from './index';
import { claimPk, createOpeningClaims } from './opening-claims';
import { createSealedRows } from './sealed';
import { createStates } from './state';
import { openTable, type Table } from './tables';

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(30_000);

let azurite: LocalTables;
beforeAll(async () => {
  azurite = await startTables();
});
afterAll(() => azurite.close());

const sealer = createSealer(Buffer.alloc(32, 7));
const later = (ms: number) => () => new Date(Date.now() + ms);
let count = 0;

function inMemory(): TableSource {
  const tables = new Map<string, Table>();
  return {
    open(name) {
      const table = tables.get(name) ?? createMemoryTable();
      tables.set(name, table);
      return table;
    },
  };
}

describe.each([
  ['Azurite', () => azurite],
  ['memory', inMemory],
] as [string, () => TableSource][])('one open ticket of a flow for a subject: %s', (_, make) => {
  let source: TableSource;
  let subject: { id: string; name: string };
  beforeAll(async () => {
    source = make();
    await storage().prepare();
  });
  beforeEach(() => {
    count += 1;
    subject = { id: `sole-${count}`, name: 'S' };
  });

  /** Each a process of its own. */
  function storage(now = later(0)) {
    return createStorage({ tables: source, sealer, now, dueTimes: () => [] });
  }
  const open = (change: Partial<Ticket> = {}, now = later(0)) => {
    const ticket = openTicket({ subject, ...change });
    return storage(now).tickets.commit({ ...opening(ticket), sole: true });
  };
  /** Somebody dies between the claim and the commit. */
  async function onlyClaimed(ticket = openTicket({ subject })) {
    const states = createStates(openTable(source, TABLES.tickets), createSealedRows(sealer));
    expect(await createOpeningClaims(openTable(source, TABLES.index), states, later(0))(ticket)).toEqual({
      taken: true,
    });
    return ticket;
  }
  async function theirs() {
    return (await storage().tickets.ofPerson(subject.id)).items;
  }

  test('of many at once, on as many processes, one is opened; the others hear its number, or to wait', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => open()));
    const [won, ...more] = results.filter((one) => one.kind === 'committed');
    expect(more).toEqual([]);
    expect(await theirs()).toHaveLength(1);
    const number = won?.stored.ticket.shortId;
    const lost = results.filter((one) => one !== won);
    for (const one of lost) expect([{ kind: 'claimed' }, { kind: 'claimed', by: number }]).toContainEqual(one);
    expect(await open()).toEqual({ kind: 'claimed', by: number });
    expect(await theirs()).toHaveLength(1);
  });

  test('by the same form again is the same ticket', async () => {
    const commit = { ...opening(openTicket({ subject })), sole: true } as const;
    const results = await Promise.all([commit, commit, commit].map((one) => storage().tickets.commit(one)));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['committed', 'duplicate', 'duplicate']);
  });

  test('stands beside one of another flow, and of another subject', async () => {
    expect((await open()).kind).toBe('committed');
    expect((await open({ flow: 'pass' })).kind).toBe('committed');
    expect((await open({ subject: { id: `${subject.id}-else`, name: 'E' } })).kind).toBe('committed');
  });

  test('when it is over the next one is opened, at once', async () => {
    const first = await open();
    if (first.kind !== 'committed') throw new Error(first.kind);
    await storage().tickets.commit(step(first.stored, 'x', { change: { status: 'cancelled', closedAt: START } }));
    expect((await open()).kind).toBe('committed');
    expect((await open()).kind).toBe('claimed');
  });

  test('one that was asked for before the other was over is the same request', async () => {
    const at = (seconds: number) => new Date(Date.parse(START) + seconds * 1_000).toISOString();
    const first = await open();
    if (first.kind !== 'committed') throw new Error(first.kind);
    await storage().tickets.commit(step(first.stored, 'x', { change: { status: 'cancelled', closedAt: at(2) } }));
    expect(await open({ openedAt: at(1) })).toEqual({ kind: 'claimed', by: first.stored.ticket.shortId });
    expect(await theirs()).toHaveLength(1);
    expect((await open({ openedAt: at(3) })).kind).toBe('committed');
  });

  test('a claim whose process died bars others for the time of grace, and its own form never', async () => {
    const claimed = await onlyClaimed();
    expect(await open()).toEqual({ kind: 'claimed' });
    expect(await open({}, later(GRACE_MS - 5_000))).toEqual({ kind: 'claimed' });
    expect(await theirs()).toEqual([]);
    expect((await storage().tickets.commit({ ...opening(claimed), sole: true })).kind).toBe('committed');
  });

  test('after that it is taken over, and the one who took it is told to whoever comes back', async () => {
    const claimed = await onlyClaimed();
    const next = await open({}, later(GRACE_MS + 1_000));
    if (next.kind !== 'committed') throw new Error(next.kind);
    const { shortId } = next.stored.ticket;
    expect(await storage().tickets.commit({ ...opening(claimed), sole: true })).toEqual({
      kind: 'claimed',
      by: shortId,
    });
  });

  test('who is barred leaves no pointers, so that it does not count as a request', async () => {
    await onlyClaimed();
    const asker = { id: `asker-${subject.id}`, name: 'A' };
    expect((await open({ requester: asker })).kind).toBe('claimed');
    expect(await storage().tickets.openings({ requester: asker.id }, '2020-01-01T00:00:00.000Z', 5)).toEqual([]);
  });

  test('a claim that somebody else wrote bars nobody for somebody else’s ticket', async () => {
    const stranger = await open({ subject: { id: `${subject.id}-stranger`, name: 'X' } });
    if (stranger.kind !== 'committed') throw new Error(stranger.kind);
    const row = { pk: claimPk({ subject, flow: 'onboarding' }), rk: 'ticket' };
    const index = openTable(source, TABLES.index);
    await index.upsert({ ...row, props: { ticket: stranger.stored.ticket.id, version: 0 } });
    expect((await open()).kind).toBe('committed');
    const bent = { subject, flow: 'pass' } as const;
    await index.upsert({ pk: claimPk(bent), rk: 'ticket', props: { ticket: 7 } });
    expect((await open(bent)).kind).toBe('committed');
  });

  test('a claim costs two calls, and one more where there was a ticket before', async () => {
    const calls: string[] = [];
    const counted: TableSource = {
      open(name, policies) {
        const table = openTable(source, name, policies);
        const noted = (call: 'get' | 'insert' | 'replace') => ({
          [call]: (...args: unknown[]) => {
            calls.push(`${call} ${name === TABLES.index ? 'index' : name === TABLES.tickets ? 'tickets' : name}`);
            return (table[call] as (...given: unknown[]) => Promise<unknown>)(...args);
          },
        });
        return { ...table, ...noted('get'), ...noted('insert'), ...noted('replace') };
      },
    };
    const { tickets } = createStorage({ tables: counted, sealer, now: later(0), dueTimes: () => [] });
    const first = await tickets.commit({ ...opening(openTicket({ subject })), sole: true });
    if (first.kind !== 'committed') throw new Error(first.kind);
    // The first is the short id's.
    expect(calls).toEqual(['insert index', 'get index', 'insert index']);
    await tickets.commit(step(first.stored, 'x', { change: { status: 'denied', closedAt: START } }));
    calls.length = 0;
    await tickets.commit({ ...opening(openTicket({ subject })), sole: true });
    expect(calls).toEqual(['insert index', 'get index', 'get tickets', 'replace index']);
  });
});

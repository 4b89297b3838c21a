import { type Jira, startJira } from '../../infra/local/outer/jira';
import { type Asked, type Mishap } from '../../infra/local/outer/serve';
import { type ServiceNow, startServiceNow } from '../../infra/local/outer/service-now';
import { CANARY_SYSTEM, createOutside, type Outside } from './testing/outside';
import { START, vouched } from './testing/world';

let world: Outside;

/** What both systems come to, so that the same rules are held against both. */
interface There {
  asked: readonly Asked[];
  mishap(mishap: Mishap, fits?: (asked: Asked) => boolean): void;
  records(): { number: string; notes: readonly string[]; ended: boolean; text: string }[];
  isCreate(asked: Asked): boolean;
  isNote(asked: Asked): boolean;
  isLookForNotes(asked: Asked): boolean;
  isEnd(asked: Asked): boolean;
  close(): Promise<void>;
}

function fromServiceNow(there: ServiceNow): There {
  return {
    ...there,
    records: () =>
      there.rows().map((row) => ({
        number: row['number'] ?? '',
        notes: there.notes(row['sys_id'] ?? ''),
        ended: row['state'] === '6',
        text: `${row['short_description'] ?? ''} ${row['description'] ?? ''}`,
      })),
    isCreate: ({ method, path }) => method === 'POST' && path.endsWith('/incident'),
    isNote: ({ method, body }) => method === 'PATCH' && body.includes('work_notes'),
    isLookForNotes: ({ method, query }) => method === 'GET' && query.get('sysparm_fields') === 'work_notes',
    isEnd: ({ method, body }) => method === 'PATCH' && body.includes('close_notes'),
  };
}

function fromJira(there: Jira): There {
  return {
    ...there,
    records: () =>
      there.issues.map(({ key, comments, status, fields }) => ({
        number: key,
        notes: comments,
        ended: status.category === 'done',
        text: JSON.stringify(fields),
      })),
    isCreate: ({ method, path }) => method === 'POST' && path.endsWith('/issue'),
    isNote: ({ method, path }) => method === 'POST' && path.endsWith('/comment'),
    isLookForNotes: ({ method, path }) => method === 'GET' && path.endsWith('/comment'),
    isEnd: ({ method, path }) => method === 'POST' && path.endsWith('/transitions'),
  };
}

const SYSTEMS = [
  [
    'servicenow',
    async () => {
      const there = await startServiceNow({ user: 'keyvouch', password: CANARY_SYSTEM });
      world = await createOutside({ servicenow: there.url });
      return fromServiceNow(there);
    },
  ],
  [
    'jira',
    async () => {
      let now = () => START;
      const there = await startJira({
        ...{ user: 'keyvouch@contoso.example', token: CANARY_SYSTEM, project: 'IT', issueTypes: ['Task'] },
        ...{ indexLagMs: 20_000, now: () => Date.parse(now()) },
      });
      world = await createOutside({ jira: there.url });
      now = () => world.now();
      return fromJira(there);
    },
  ],
] as const;

describe.each(SYSTEMS)('%s', (name, start) => {
  let there: There;
  beforeEach(async () => {
    there = await start();
  });
  afterEach(async () => {
    await world.close();
    await there.close();
  });

  const marks = (notes: readonly string[]) => notes.map((note) => /#(\d+)\]/.exec(note)?.[1]);

  /** Brings a ticket to its end, while things go wrong or not. */
  async function throughOut(id: string): Promise<void> {
    await world.press('ada', id, 'prepare-show');
    await world.press('ada', id, 'show');
    world.addPasskey('ada', 'pk-new');
    await world.pass(600);
  }

  test('a ticket becomes one record with its number, gets a note for what matters, and an end', async () => {
    const id = await vouched(world, 'choose-pass');
    await throughOut(id);
    const [record, ...others] = there.records();
    expect(others).toEqual([]);
    expect(world.ticket(id).outer?.number).toMatchObject({ number: record?.number, by: name });
    expect(record?.text).toContain('Ada');
    expect(record?.text).toContain(world.ticket(id).shortId);
    expect(record?.ended).toBe(true);
    expect(record?.notes.map((note) => note.replace(/ \[.*$/, ''))).toEqual([
      'Approved.',
      'A Temporary Access Pass was shown.',
      'A new security key is registered.',
      'Done.',
    ]);
    expect(world.ticket(id).outer?.failed).toEqual([]);
  });

  test('the making’s answer is lost: one record all the same', async () => {
    there.mishap('drop-after', (asked) => there.isCreate(asked));
    const id = await vouched(world, 'choose-pass');
    await throughOut(id);
    expect(there.records()).toHaveLength(1);
    expect(world.ticket(id).outer?.number?.number).toBe(there.records()[0]?.number);
    expect(there.records()[0]?.ended).toBe(true);
  });

  test('the making never arrived: it is made after all', async () => {
    there.mishap('drop-before', (asked) => there.isCreate(asked));
    const { id } = await world.ask('ada');
    await world.pass(300);
    expect(there.records()).toHaveLength(1);
    expect(world.ticket(id).outer?.number?.number).toBe(there.records()[0]?.number);
  });

  test('notes whose answers are lost are there once, in order', async () => {
    there.mishap('drop-after', (asked) => there.isNote(asked));
    there.mishap({ status: 503 }, (asked) => there.isNote(asked));
    there.mishap('drop-after', (asked) => there.isNote(asked));
    there.mishap('drop-before', (asked) => there.isNote(asked));
    const id = await vouched(world, 'choose-pass');
    await throughOut(id);
    await world.pass(600);
    const [record] = there.records();
    const numbers = marks(record?.notes ?? []).map(Number);
    expect(numbers).toHaveLength(4);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(record?.ended).toBe(true);
  });

  test.each([
    ['refused', { status: 400 }],
    ['put off', { status: 429 }],
  ])(
    'ending is %s for hours: the note stands there once, the helpdesk hears, and mended it ends',
    async (_, mishap) => {
      const OFTEN = 20;
      for (let time = 0; time < OFTEN; time += 1) there.mishap(mishap, (asked) => there.isEnd(asked));
      const id = await vouched(world, 'choose-pass');
      await throughOut(id);
      await world.pass(3700);
      const done = () => there.records()[0]?.notes.filter((note) => note.startsWith('Done.'));
      expect(there.asked.filter((asked) => there.isEnd(asked)).length).toBeGreaterThan(1);
      expect(done()).toHaveLength(1);
      expect(world.ticket(id).outer?.failed).toMatchObject([{ to: name }]);
      for (let hour = 0; hour < OFTEN; hour += 1) await world.pass(3700);
      expect(done()).toHaveLength(1);
      expect(there.records()[0]?.ended).toBe(true);
      expect(world.ticket(id).outer?.failed).toEqual([]);
    },
  );

  test('a note’s answer is lost, and looking for it is put off: it stands there once', async () => {
    there.mishap('drop-after', (asked) => there.isNote(asked));
    there.mishap({ status: 429 }, (asked) => there.isLookForNotes(asked));
    const id = await vouched(world, 'choose-pass');
    await throughOut(id);
    await world.pass(600);
    const numbers = marks(there.records()[0]?.notes ?? []);
    expect(there.asked.filter((asked) => there.isLookForNotes(asked)).length).toBeGreaterThan(1);
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(there.records()[0]?.ended).toBe(true);
  });

  test('every call fails once, each in its own way: one record, each note once, an end', async () => {
    const ways: readonly Mishap[] = [
      'drop-after',
      { status: 500 },
      'drop-before',
      { status: 429, headers: { 'retry-after': '5' } },
    ];
    let call = 0;
    const odd = new Map<string, boolean>();
    const before = () => {
      there.mishap(ways[(call += 1) % ways.length]!, (asked) => {
        const key = `${asked.method} ${asked.path} ${asked.body}`;
        if (odd.has(key)) return false;
        odd.set(key, true);
        return true;
      });
    };
    for (let n = 0; n < 40; n += 1) before();
    const id = await vouched(world, 'choose-pass');
    await throughOut(id);
    await world.pass(3600);
    const [record, ...others] = there.records();
    expect(others).toEqual([]);
    expect(new Set(marks(record?.notes ?? [])).size).toBe(record?.notes.length);
    expect(record?.notes).toHaveLength(4);
    expect(record?.ended).toBe(true);
  });

  test('no secret is in what it is told, but the one by which Keyvouch signs in', async () => {
    const { id } = await world.ask('ada', { reason: 'CANARY-REASON of mine' });
    const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
    await world.press('helen', id, 'comment', { text: 'CANARY-COMMENT of theirs' });
    await world.press('ada', id, 'choose-pass');
    await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
    await world.press('ada', id, 'prepare-show');
    const { pass } = await world.press('ada', id, 'show');
    await world.pass(60);
    const sent = there.asked.map(({ path, query, body }) => `${path} ${query.toString()} ${body}`).join('\n');
    for (const secret of [pass!.text.reveal(), CANARY_SYSTEM, 'CANARY-REASON', 'CANARY-COMMENT'])
      expect(sent).not.toContain(secret);
    expect(sent).not.toMatch(new RegExp(`\\b${vouchCode!.reveal()}\\b`));
    expect(world.store.dump() + world.logged.join()).not.toContain(CANARY_SYSTEM);
  });
});

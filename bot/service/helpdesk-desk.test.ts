import { exportFile } from './export';
import { helpdeskDetails, lookBack, whoWasReached } from './helpdesk-details';
import { memberOf } from './member';
import { queue } from './queue';
import { createWorld, HELPDESK_GROUP, WHO, type Name, type World } from './testing/world';
import { whoIs } from './who';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const member = (who: Name) => memberOf(world.deps, WHO[who]);
const part = async (who: Name, name: Parameters<typeof queue>[2] = {}) =>
  (await queue(world.deps, await member(who), name)).items.map(({ id }) => id);
const approvals = () => world.messenger.sent.filter(({ slot, person }) => slot === 'approval' && person === WHO.bob);
const last = async <T>(list: () => readonly T[]) => {
  await world.rest();
  return list().at(-1);
};

describe('the queue', () => {
  test('names what is stuck first, and what is mine, nobody’s, or waits for somebody', async () => {
    const { id: asked } = await world.ask('ada');
    const { id: decided } = await world.ask('bob', { subject: WHO.bob });
    await world.press('carol', decided, 'approve', { how: 'video' });
    // Mallory has no manager.
    const { id: stuck } = await world.ask('mallory', { subject: WHO.mallory });
    await world.press('helen', asked, 'assign-me');
    expect(await part('helen', { part: 'mine' })).toEqual([asked]);
    expect(await part('hugo', { part: 'mine' })).toEqual([]);
    expect(await part('helen', { part: 'on-approver' })).toContain(asked);
    expect(await part('helen', { part: 'unassigned' })).not.toContain(asked);
    expect(await part('helen', { part: 'on-recipient' })).toEqual([decided]);
    expect(await part('helen', { part: 'on-helpdesk' })).toEqual([stuck]);
    expect((await part('helen'))[0]).toBe(stuck);
    expect(await part('helen', { part: 'oldest' })).toHaveLength(3);
    const all = await queue(world.deps, await member('helen'));
    expect(all.counts).toMatchObject({ mine: 1, overdue: 1, unassigned: 2 });
    world.wait(world.ticket(asked).rule.widenAfter * 60 + 1);
    expect(await part('helen', { part: 'overdue' })).toContain(asked);
  });

  test('is nobody else’s business', async () => {
    await world.ask('ada');
    expect(await queue(world.deps, await member('bob'))).toEqual({ part: 'all', items: [] });
  });
});

describe('who looks after a ticket', () => {
  test('a colleague gets a card of it, with a sound; others of the helpdesk have none', async () => {
    const { id } = await world.ask('ada');
    await world.press('helen', id, 'assign', { person: WHO.hugo });
    expect(await last(() => world.messenger.sent)).toMatchObject({ person: WHO.hugo, slot: 'helpdesk', nudge: true });
    expect((await world.view('helen', id)).desk?.assigned?.name).toBe('Hugo');
    expect((await world.view('ada', id)).desk).toBeUndefined();
    expect(world.messenger.latest(WHO.helen, 'helpdesk')).toBeUndefined();
  });

  test('nobody outside the helpdesk, and by nobody outside', async () => {
    const { id } = await world.ask('ada');
    expect((await world.press('helen', id, 'assign', { person: WHO.bob })).refusal?.code).toBe(
      'colleague-not-helpdesk',
    );
    expect((await world.press('helen', id, 'assign')).refusal?.code).toBe('colleague-missing');
    expect((await world.press('bob', id, 'assign', { person: WHO.helen })).refusal?.code).toBe('helpdesk-only');
    expect(world.ticket(id).assigned).toBeUndefined();
  });
});

describe('reminding by hand', () => {
  test('posts the approver’s card anew, once in a quarter of an hour, and is recorded', async () => {
    const { id } = await world.ask('ada');
    const before = approvals().length;
    await world.press('helen', id, 'nudge');
    expect(await last(approvals)).toMatchObject({ nudge: true });
    expect(approvals()).toHaveLength(before + 1);
    expect((await world.press('hugo', id, 'nudge')).refusal?.code).toBe('reminded-already');
    expect(world.kinds(id)).toContain('nudged');
  });

  test('the requester may too, a little later', async () => {
    const { id } = await world.ask('ada');
    const view = await world.view('ada', id);
    expect(view.can).toContain('nudge');
    expect((await world.press('ada', id, 'nudge')).refusal?.code).toBe('remind-too-early');
    world.wait(world.ticket(id).rule.remindAfter * 15);
    expect((await world.press('ada', id, 'nudge')).refusal).toBeUndefined();
    expect(await last(approvals)).toMatchObject({ nudge: true });
    expect((await world.view('ada', id)).can).not.toContain('nudge');
    expect((await world.press('mallory', id, 'nudge')).refusal?.code).toBe('ticket-unknown');
  });

  test('a card that got lost is posted anew although nothing on it has changed', async () => {
    const { id } = await world.ask('ada');
    await world.press('ada', id, 'cancel');
    await world.rest();
    const cards = () => world.messenger.sent.filter(({ person, slot }) => person === WHO.bob && slot === 'approval');
    const before = cards().length;
    world.wait(120);
    await world.press('helen', id, 'resend', { person: WHO.bob });
    await world.rest();
    expect(cards().length).toBe(before + 1);
    expect(cards().at(-1)?.nudge).toBe(true);
  });
});

describe('what happened, and who was reached', () => {
  test('the history tells in the words of the events who did what, newest first, page by page', async () => {
    const { id } = await world.ask('ada');
    await world.press('helen', id, 'comment', { text: 'called back' });
    await world.press('helen', id, 'assign', { person: WHO.hugo });
    await world.press('bob', id, 'approve', { how: 'video' });
    const found = await lookBack(world.deps, await member('helen'), id, 0);
    expect(found?.page.lines.map(({ kind, by, names, text }) => ({ kind, by: by.name, names, text }))).toMatchObject([
      { kind: 'decided', by: 'Bob' },
      { kind: 'approved', by: 'Bob' },
      { kind: 'assigned', by: 'Helen', names: ['Hugo'] },
      { kind: 'commented', by: 'Helen', text: 'called back' },
      { kind: 'opened', by: 'Ada', text: 'My first day here' },
    ]);
    const rest = await lookBack(world.deps, await member('helen'), id, 3);
    expect(rest?.page).toMatchObject({ newer: 3, older: 0 });
    expect(rest?.page.lines).toHaveLength(2);
    expect(await lookBack(world.deps, await member('ada'), id, 0)).toBeUndefined();
    const { history, colleagues } = await helpdeskDetails(world.deps, await member('helen'), id);
    expect(history.lines).toHaveLength(5);
    expect(colleagues).toEqual([{ id: WHO.hugo, name: 'Hugo' }]);
  });

  test('the history tells whether a stop found any keys', async () => {
    const { id } = await world.ask('ada', { flow: 'pass', reason: 'My phone is broken' });
    await world.press('ada', id, 'not-me');
    await world.rest();
    const found = await lookBack(world.deps, await member('helen'), id, 0);
    const taken = found?.page.lines.find(({ kind }) => kind === 'passkeys-taken-back');
    expect(taken?.facts).toMatchObject({ methodIds: 0 });
  });

  test('the report tells who has a card since when, and whom none could reach', async () => {
    world.messenger.missing.add(WHO.bob);
    const { id } = await world.ask('ada');
    await world.rest();
    const found = await whoWasReached(world.deps, await member('helen'), id);
    const line = (person: string) => found?.report.lines.find((one) => one.person.id === person);
    expect(line(WHO.bob)).toMatchObject({ slot: 'approval', state: 'not-reached', code: 'not-installed' });
    expect(line(WHO.ada)).toMatchObject({ slot: 'progress', state: 'posted' });
    expect(found?.report.helpdesk).toBe(2);
    expect(await whoWasReached(world.deps, await member('bob'), id)).toBeUndefined();
  });
});

describe('who somebody is', () => {
  test('keys, methods, workstations, tickets and readiness; that somebody looked is logged by ids alone', async () => {
    world.addPasskey('ada', 'pk-1');
    await world.addWorkstation('ada');
    const { id } = await world.ask('ada');
    const answer = await whoIs(world.deps, await member('helen'), 'ada@contoso.example');
    if (!('found' in answer)) throw new Error('not found');
    const { person, keys, open, workstations, manager, readiness } = answer.found;
    expect(person).toEqual({ id: WHO.ada, name: 'Ada' });
    expect(keys.map(({ methodId }) => methodId)).toEqual(['pk-1']);
    expect(open.map((view) => view.id)).toEqual([id]);
    expect(workstations).toMatchObject([{ name: "ada's laptop", state: 'active' }]);
    expect(manager).toBe('Bob');
    expect(readiness.length).toBeGreaterThan(0);
    const line = world.logged.find((one) => one.includes('person-looked-up'));
    expect(JSON.parse(line ?? '{}')).toEqual({ event: 'person-looked-up', by: WHO.helen, person: WHO.ada });
  });

  test('nobody, or several: a choice; and nothing at all for others', async () => {
    expect(await whoIs(world.deps, await member('helen'), 'Zoe Nobody')).toMatchObject({
      refusal: { code: 'person-unknown' },
      candidates: [],
    });
    expect(await whoIs(world.deps, await member('bob'), 'ada@contoso.example')).toMatchObject({
      refusal: { code: 'helpdesk-only' },
    });
    expect(world.logged.some((one) => one.includes('person-looked-up'))).toBe(false);
  });
});

describe('export', () => {
  test('the queue as a table: no cell is a formula, whatever people write', async () => {
    const { id } = await world.ask('ada', { reason: '=HYPERLINK("https://evil.example";"x")' });
    const file = await exportFile(world.deps, await member('helen'), { format: 'csv', queue: 'all' });
    const [head = '', line = ''] = (file?.text ?? '').split('\r\n');
    expect(head.startsWith('\uFEFF"ticket","id","flow"')).toBe(true);
    expect(line).toContain(world.ticket(id).shortId);
    expect(line).toContain(`"'=HYPERLINK(""https://evil.example"";""x"")"`);
    expect(file).toMatchObject({ name: 'keyvouch-queue-2026-03-02.csv', truncated: false });
  });

  test('one ticket with its history, a JSON object a line', async () => {
    const { id } = await world.ask('ada');
    await world.press('helen', id, 'comment', { text: '=1+1' });
    const file = await exportFile(world.deps, await member('helen'), { format: 'jsonl', ticket: id });
    const lines = (file?.text ?? '')
      .trimEnd()
      .split('\n')
      .map((one) => JSON.parse(one) as Record<string, unknown>);
    expect(lines.map(({ event, status }) => event ?? status)).toEqual(['waiting', 'opened', 'commented']);
    expect(lines[2]).toMatchObject({ by: 'Helen', text: '=1+1' });
    const logged = world.logged.filter((one) => one.includes('"exported"')).join();
    expect(logged).toContain(WHO.helen);
    expect(logged).not.toMatch(/Ada|Helen|=1/);
  });

  test('for nobody else', async () => {
    const { id } = await world.ask('ada');
    expect(await exportFile(world.deps, await member('ada'), { format: 'csv', ticket: id })).toBeUndefined();
    expect(await exportFile(world.deps, await member('bob'), { format: 'csv', queue: 'all' })).toBeUndefined();
  });
});

describe('the helpdesk decides nothing', () => {
  test('where no rule names it', async () => {
    const { id } = await world.ask('ada');
    expect((await world.view('helen', id)).can).not.toContain('approve');
    for (const verb of ['approve', 'deny'] as const)
      expect((await world.press('helen', id, verb, { how: 'video', text: 'because I can' })).refusal?.code).toBe(
        'not-an-approver',
      );
    expect(world.ticket(id)).toMatchObject({ status: 'waiting', approvals: [] });
    expect((await world.press('helen', id, 'show-vouch-code')).vouchCode).toBeUndefined();
  });

  test('but where a rule names its group, like anybody of that rule', async () => {
    const rules = { onboarding: { circles: [[{ kind: 'group', group: HELPDESK_GROUP }]] } };
    world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify(rules) } });
    const { id } = await world.ask('ada');
    expect((await world.press('helen', id, 'approve', { how: 'video' })).refusal).toBeUndefined();
    expect(world.ticket(id).status).toBe('approved');
  });
});

import { openStage, type Stage } from '../../infra/local/teams/bot-stage.fixture';
import { type Messenger, type TicketDetails } from '../service';
import { WHO } from '../service/testing/world';
import { TENANT_RECORD } from './messenger';

const ADA = { id: WHO.ada, name: 'Ada' };

let pauses: number[];
let stage: Stage;
let teams: Stage['teams'];
let world: Stage['world'];
let messenger: Messenger;
let asked: TicketDetails;
let details: (reason: string) => TicketDetails;

beforeAll(async () => {
  stage = await openStage({ pause: async (ms) => void pauses.push(ms) });
  ({ teams, world } = stage);
  ({ messenger } = stage.deps);
  asked = (await world.ask('ada')).outcome.details!;
  await world.rest();
});
afterAll(() => stage.close());

beforeEach(async () => {
  pauses = [];
  teams.switches.clear();
  await teams.uninstall(WHO.ada);
  await world.deps.conversations.remove(WHO.ada);
  await teams.install(WHO.ada);
  teams.clear();
  teams.clearTraffic();
  // Of each ticket no card has been shown yet.
  const id = world.deps.newId();
  details = (reason) => ({ view: { ...asked.view, id, reason } });
});

const send = (reason: string, nudge = false) =>
  messenger.card({ person: ADA, slot: 'progress', nudge, details: details(reason) });
const chat = () => teams.chat(WHO.ada);
const calls = () =>
  teams
    .traffic()
    .filter(({ way }) => way === 'from-bot')
    .map(({ method, status }) => `${method} ${status}`);

test('a card is posted once, then brought up to date where it stands', async () => {
  expect(await send('first')).toBe('sent');
  const id = chat()[0]?.id;
  expect(await send('second')).toBe('sent');
  expect(chat()).toMatchObject([{ id }]);
  expect(JSON.stringify(chat()[0]?.card)).toContain('second');
});

test('a card that says the same is not sent again, not even to nudge', async () => {
  await send('same');
  teams.clearTraffic();
  expect([await send('same'), await send('same', true)]).toEqual(['unchanged', 'unchanged']);
  expect(calls()).toEqual([]);
});

test('news that an update in place has overtaken is still heard: the card is posted anew, once', async () => {
  await send('first');
  await send('second');
  teams.clearTraffic();
  expect([await send('second', true), await send('second', true)]).toEqual(['sent', 'unchanged']);
  expect(chat()).toHaveLength(1);
  expect(calls()).toEqual(['POST 201', 'DELETE 200']);
});

test('the code stands on the approver’s screen: no quiet update wipes it out', async () => {
  const approval = (codeStands: boolean, reason: string) => {
    const { view } = details(reason);
    const asked = { ...view, roles: ['approver' as const], vouch: { ...view.vouch, codeStands } };
    return messenger.card({ person: ADA, slot: 'approval', nudge: false, details: { view: asked } });
  };
  expect(await approval(false, 'asked')).toBe('sent');
  expect(await approval(true, 'approved')).toBe('unchanged');
  expect(await approval(false, 'approved')).toBe('sent');
  expect(chat()).toHaveLength(1);
});

test('two cards at once leave one in the chat, and the later one stands there', async () => {
  await Promise.all([send('first', true), send('second'), send('third')]);
  expect(chat()).toHaveLength(1);
  expect(JSON.stringify(chat()[0]?.card)).toContain('third');
});

test('a nudge posts anew and takes the old one away: one truth in the chat', async () => {
  await send('first');
  const before = chat()[0]?.id;
  await send('second', true);
  expect(chat()).toHaveLength(1);
  expect(chat()[0]?.id).not.toBe(before);
  expect(JSON.stringify(chat()[0]?.card)).toContain('second');
});

test('while a pass is out its recipient’s card is left alone: an update would wipe the pass from their screen', async () => {
  await send('first');
  const { view } = details('second');
  const shown = { view: { ...view, pass: { showsLeft: 2, liveUntil: '2099-01-01T00:00:00.000Z' } } };
  const card = { person: ADA, slot: 'progress', details: shown } as const;
  teams.clearTraffic();
  expect(await messenger.card({ ...card, nudge: false })).toBe('unchanged');
  expect(calls()).toEqual([]);
  // News is posted beside it; and a card that is somebody else's holds no pass.
  const roles = view.roles.filter((role) => role !== 'recipient');
  expect(await messenger.card({ ...card, nudge: false, details: { view: { ...shown.view, roles } } })).toBe('sent');
  const news = { view: { ...shown.view, reason: 'third' } };
  expect(await messenger.card({ ...card, nudge: true, details: news })).toBe('sent');
});

test('an old card that is gone is posted anew', async () => {
  await send('first');
  teams.clear();
  expect(await send('second')).toBe('sent');
  expect(chat()).toHaveLength(1);
  await send('third');
  expect(chat()).toHaveLength(1);
  expect(JSON.stringify(chat()[0]?.card)).toContain('third');
});

test('an old card that cannot be taken away is left, and that is no failure', async () => {
  await send('first');
  teams.switches.trouble({ on: 'delete', times: 20, what: { status: 403, code: 'Forbidden' } });
  expect(await send('second', true)).toBe('sent');
  expect(chat()).toHaveLength(2);
});

test.each([
  ['a new card', false],
  ['a card brought up to date', true],
])('%s for somebody without the app: not-installed', async (_, known) => {
  if (known) await send('first');
  await teams.uninstall(WHO.ada);
  expect(await send('second')).toBe('not-installed');
});

test.each([429, 502, 412])('%d once: tried again, and sent once', async (status) => {
  teams.switches.trouble({ on: 'send', times: 1, what: { status, code: 'Busy' } });
  expect(await send('first')).toBe('sent');
  expect(chat()).toHaveLength(1);
});

test.each(['blocked', 'uninstalled'] as const)(
  'a 403 (%s) that no event has told of: not-installed, asked once, and well again afterwards',
  async (what) => {
    expect(await send('first')).toBe('sent');
    for (const nudge of [true, false]) {
      teams.clearTraffic();
      teams.switches.trouble({ person: WHO.ada, times: 1000, what });
      expect(await send(`second ${String(nudge)}`, nudge)).toBe('not-installed');
      // An update that is refused is followed by one post; neither is tried again.
      expect(calls().filter((call) => call.endsWith('403'))).toHaveLength(nudge ? 1 : 2);
      teams.switches.clear();
    }
    expect(pauses).toEqual([]);
    expect(await send('third', true)).toBe('sent');
    expect(JSON.stringify(chat().at(-1)?.card)).toContain('third');
  },
);

test('a Teams that stays down is a Fault that may be tried again, without the card being forgotten', async () => {
  await send('first');
  teams.switches.trouble({ on: 'update', times: 1000, what: { status: 412, code: 'Busy' } });
  await expect(send('second')).rejects.toMatchObject({ code: 'teams-unreachable', retry: true });
  expect(pauses).toHaveLength(3);
  teams.switches.clear();
  expect(await send('second')).toBe('sent');
  expect(chat()).toHaveLength(1);
});

describe('somebody who has never written', () => {
  beforeEach(async () => {
    const known = (await world.deps.conversations.get(WHO.ada))!;
    await world.deps.conversations.remove(WHO.ada);
    await world.deps.conversations.put({ ...known, person: TENANT_RECORD, conversationId: 'of somebody else' });
  });

  test('but has the app is written to in a chat that is opened and remembered', async () => {
    expect(await send('hello')).toBe('sent');
    expect(chat()).toHaveLength(1);
    expect(await world.deps.conversations.get(WHO.ada)).toMatchObject({
      conversationId: teams.person(WHO.ada).conversationId,
    });
  });

  test('and has no app is not-installed', async () => {
    await teams.uninstall(WHO.ada);
    expect(await send('hello')).toBe('not-installed');
  });

  test('and whom this Teams does not know is not-installed', async () => {
    const person = { id: '99999999-9999-4999-8999-999999999999', name: 'Nobody' };
    expect(await messenger.card({ person, slot: 'progress', nudge: false, details: details('x') })).toBe(
      'not-installed',
    );
  });
});

test('before anybody of the tenant has met the bot, nobody can be written to', async () => {
  for (const key of [WHO.ada, TENANT_RECORD]) await world.deps.conversations.remove(key);
  expect(await send('hello')).toBe('not-installed');
});

test('a workstation is asked about with the words of its key', async () => {
  const workstation = await world.addWorkstation('ada', { state: 'pairing' });
  const words = ['lusab', 'babad', 'gutih'];
  expect(await messenger.confirmWorkstation({ person: WHO.ada, workstation, words })).toBe('sent');
  expect(JSON.stringify(chat()[0]?.card)).toContain('lusab');
});

test('an update that came through, though its answer was lost, is not taken for one that did not', async () => {
  await send('first');
  teams.switches.trouble({ on: 'update', what: 'lost-reply', times: 4 });
  await expect(send('second')).rejects.toMatchObject({ code: 'teams-unreachable' });
  expect(JSON.stringify(chat()[0]?.card)).toContain('second');
  expect([await send('first'), await send('first')]).toEqual(['sent', 'unchanged']);
  expect(JSON.stringify(chat()[0]?.card)).toContain('first');
});

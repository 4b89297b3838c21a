import { WHO } from '../service/testing/world';
import { type GroupOptions } from '../../infra/local/teams';
import { sharedView } from '../tickets/shared';
import { type Status } from '../tickets/ticket';
import { withoutMentions } from './group';
import { GUEST, openStage, type Stage, STRANGER } from '../../infra/local/teams/bot-stage.fixture';

/** Tickets in group chats and channels, over the real adapter. */

const HELPDESK: GroupOptions = { name: 'Helpdesk', kind: 'channel', team: 'IT', members: [WHO.helen, WHO.hugo] };
const GROUPS: readonly GroupOptions[] = [
  HELPDESK,
  { name: 'Night shift', kind: 'group-chat', members: [WHO.helen, WHO.hugo] },
  { name: 'With Ada', kind: 'group-chat', members: [WHO.helen, WHO.hugo, WHO.ada] },
  { name: 'With a guest', kind: 'channel', members: [WHO.helen, WHO.hugo, GUEST] },
  { name: 'With a stranger', kind: 'group-chat', members: [WHO.helen, STRANGER] },
];

let stage: Stage;
let ticket: string;
let number: string;

beforeEach(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  stage = await openStage({ groups: GROUPS, pause: async () => undefined });
  const { id, outcome } = await stage.world.ask('ada', { reason: 'CANARY-REASON of Ada' });
  ticket = id;
  number = outcome.details!.view.shortId;
});
afterEach(async () => {
  await stage.close();
  jest.restoreAllMocks();
});

const textOf = (value: unknown) => JSON.stringify(value ?? '');

async function say(place: string, who: string, text: string): Promise<void> {
  await stage.teams.groups.say(stage.place(place), who, text);
  await stage.world.rest();
}
/** What the bot has put into a conversation: cards as they stand for everybody. */
const posted = (place: string) =>
  stage.teams.groups.chat(stage.place(place), WHO.helen).filter(({ from }) => from === 'bot');
const share = async (place = 'Helpdesk') => say(place, WHO.helen, `@Keyvouch ticket ${number}`);
const press = async (who: string, verb: string, inputs = {}, place = 'Helpdesk') => {
  const answer = await stage.teams.groups.click(stage.place(place), who, 'latest', verb, inputs);
  await stage.world.rest();
  return answer;
};

test.each([
  ['<at>Keyvouch</at> ticket KV-7Q2M-9D', 'ticket KV-7Q2M-9D'],
  ['<at>Keyvouch</at>&nbsp;KV-7Q2M-9D\n', 'KV-7Q2M-9D'],
  ['ticket <at id="0">Keyvouch</at>  KV-7Q2M-9D', 'ticket KV-7Q2M-9D'],
])('the mention is no part of what was said: %s', (text, said) => {
  expect(withoutMentions(text)).toBe(said);
});

describe('shared by the helpdesk among the helpdesk', () => {
  test.each(['Helpdesk', 'Night shift'])(
    'in %s the card stands once, and says nothing that only one may see',
    async (place) => {
      await share(place);
      const cards = posted(place);
      expect(cards).toHaveLength(1);
      const text = textOf(cards[0]!.card);
      expect(text).toContain(number);
      expect(text).toMatch(/\bAda\b/);
      for (const never of ['CANARY-REASON', '+49 30', '@contoso', '"approve"', '"comment"', '"cancel"'])
        expect(text).not.toContain(never);
      expect(stage.world.ticket(ticket).sharedIn).toMatchObject([{ id: stage.place(place), by: { name: 'Helen' } }]);
      expect(stage.world.kinds(ticket)).toContain('shared');
    },
  );

  test('a card in a thread of a channel is posted into that thread', async () => {
    await share();
    expect(posted('Helpdesk')[0]).toMatchObject({ thread: expect.stringMatching(/^\d+$/) as string });
  });

  test('it follows the ticket in place, for everybody', async () => {
    await share();
    const [before] = posted('Helpdesk');
    await stage.world.press('bob', ticket, 'deny', { text: 'CANARY-DENIAL' });
    await stage.world.rest();
    const after = posted('Helpdesk');
    expect(after.map(({ id }) => id)).toEqual([before!.id]);
    expect(textOf(after[0]!.card)).toContain('Denied');
    expect(textOf(after[0]!.card)).not.toContain('CANARY');
  });

  test('two processes that post it at the same moment leave one, and it is true', async () => {
    // As another process would see it that has looked before this one had posted.
    await share();
    jest.spyOn(stage.deps.conversations, 'sharedPost').mockResolvedValueOnce(undefined);
    await stage.world.press('bob', ticket, 'deny', { text: 'Not now, sorry' });
    await stage.world.rest();
    await stage.world.pass(120);
    const cards = posted('Helpdesk');
    expect(cards).toHaveLength(1);
    expect(textOf(cards[0]!.card)).toContain('Denied');
  });

  test('an update that came through, though its answer was lost, is not taken for one that did not', async () => {
    await share();
    const { conversations, messenger } = stage.deps;
    const place = (await conversations.place(stage.place('Helpdesk')))!;
    const view = sharedView(stage.world.ticket(ticket));
    const show = (status: Status) =>
      messenger.sharedCard({ place, view: { ...view, status }, readers: [], nudge: false });
    await show('waiting');
    stage.teams.switches.trouble({ on: 'update', what: 'lost-reply', times: 4 });
    await expect(show('denied')).rejects.toMatchObject({ code: 'teams-unreachable' });
    expect(textOf(posted('Helpdesk')[0]!.card)).toContain('Denied');
    expect([await show('waiting'), await show('waiting')]).toEqual(['sent', 'unchanged']);
    expect(textOf(posted('Helpdesk')[0]!.card)).not.toContain('Denied');
  });

  test('said again later it is posted anew, and the old one is taken away', async () => {
    await share();
    const [before] = posted('Helpdesk');
    await share();
    expect(posted('Helpdesk').map(({ id }) => id)).toEqual([before!.id]);
    stage.world.wait(60);
    await share();
    expect(posted('Helpdesk')).toHaveLength(1);
    expect(posted('Helpdesk')[0]!.id).not.toBe(before!.id);
  });

  test('one of the helpdesk works on it there: each click by who clicks, the answer to them alone', async () => {
    await share();
    const answer = await press(WHO.hugo, 'open-ticket');
    expect(textOf(answer)).toContain('"comment"');
    await press(WHO.hugo, 'comment', { comment: 'CANARY-COMMENT' });
    expect(stage.world.ticket(ticket).comments).toMatchObject([{ by: { id: WHO.hugo }, text: 'CANARY-COMMENT' }]);
    const [seen] = stage.teams.groups.chat(stage.place('Helpdesk'), WHO.hugo).filter(({ from }) => from === 'bot');
    expect(textOf(seen!.view ?? seen!.card)).toContain(number);
    // The other one, and every new client, see the card that stands for all.
    expect(textOf(posted('Helpdesk').map(({ card, view }) => [card, view]))).not.toContain('CANARY-COMMENT');
  });

  test('it can be taken away again', async () => {
    await share();
    await press(WHO.helen, 'open-ticket');
    await press(WHO.helen, 'unshare');
    expect(stage.world.kinds(ticket)).toContain('unshared');
    expect(textOf(posted('Helpdesk')[0]!.card)).not.toMatch(/\bAda\b/);
    stage.teams.clearTraffic();
    await stage.world.press('bob', ticket, 'deny', { text: 'Not now, sorry' });
    await stage.world.rest();
    const there = stage.teams.traffic().filter(({ way, path }) => way === 'from-bot' && path.includes('19'));
    expect(there).toEqual([]);
  });
});

describe('the queue', () => {
  const ask = async (place = 'Helpdesk', who = WHO.helen) => say(place, who, '@Keyvouch queue');

  test('stands there in figures for all, and as it is for each of the helpdesk alone', async () => {
    await ask();
    const { card } = posted('Helpdesk')[0]!;
    expect(textOf(card)).toContain('not assigned: 1');
    expect(textOf(card)).not.toMatch(new RegExp(`${number}|\\bAda\\b`));
    const seen = await press(WHO.hugo, 'queue');
    expect(textOf(seen)).toContain(number);
    expect(textOf(seen)).toContain('Only you see this');
    expect(textOf(seen)).not.toMatch(/"export"|"home"/);
    expect(posted('Helpdesk').map((one) => one.card)).toEqual([card]);
  });

  test('opens a request for who presses it, works on it, and shows it to all when asked to', async () => {
    await ask();
    await press(WHO.hugo, 'queue');
    const opened = await press(WHO.hugo, 'open-ticket');
    expect(textOf(opened)).toContain('CANARY-REASON');
    await press(WHO.hugo, 'assign-me');
    expect(stage.world.ticket(ticket).assigned).toMatchObject({ to: { id: WHO.hugo } });
    expect(posted('Helpdesk')).toHaveLength(1);
    await press(WHO.hugo, 'share');
    expect(posted('Helpdesk')).toHaveLength(2);
    expect(textOf(posted('Helpdesk')[1]!.card)).toContain(number);
    expect(textOf(posted('Helpdesk').map(({ card }) => card))).not.toContain('CANARY');
    expect(stage.world.ticket(ticket).sharedIn).toMatchObject([{ id: stage.place('Helpdesk'), by: { name: 'Hugo' } }]);
  });

  test('is read anew whenever a client of the helpdesk shows it, and by nobody else', async () => {
    await ask();
    const { groups } = stage.teams;
    const place = stage.place('Helpdesk');
    const seenBy = (who: string) => textOf(groups.chat(place, who).find(({ from }) => from === 'bot')?.view);
    await groups.open(place, WHO.helen);
    expect(seenBy(WHO.helen)).toContain(number);
    await stage.world.press('bob', ticket, 'deny', { text: 'Not now, sorry' });
    await stage.world.rest();
    stage.world.wait(120);
    await groups.open(place, WHO.helen);
    expect(seenBy(WHO.helen)).not.toContain(number);
  });

  test.each([
    ['With a guest', WHO.helen, 'Guests are in this conversation'],
    ['With Ada', WHO.helen, 'Not everybody in this conversation'],
    ['With Ada', WHO.ada, 'Only the helpdesk'],
  ])('%s: no figures, and why', async (place, who, why) => {
    await ask(place, who);
    expect(textOf(posted(place).map(({ card }) => card))).toContain(why);
    expect(textOf(posted(place))).not.toContain('not assigned');
  });

  test('its buttons are the helpdesk’s, wherever they are pressed', async () => {
    await ask();
    const group = stage.place('With Ada');
    const data = { verb: 'queue', subject: 'all' };
    expect(textOf(await stage.invoke(WHO.ada, data, { group }))).toContain('Only the helpdesk');
    const open = { verb: 'open-ticket', ticket, nonce: 'v1' };
    expect(textOf(await stage.invoke(WHO.helen, open, { group }))).toContain('in a chat with you alone');
  });
});

describe('who may see it', () => {
  test.each([
    ['With a guest', 'Guests are in this conversation'],
    ['With a stranger', 'Guests are in this conversation'],
    ['With Ada', 'Not everybody in this conversation'],
  ])('%s: no card, and why', async (place, why) => {
    await share(place);
    expect(posted(place)).toHaveLength(1);
    expect(textOf(posted(place)[0]!.card)).toContain(why);
    expect(textOf(posted(place))).not.toMatch(/\bAda\b/);
    expect(stage.world.ticket(ticket).sharedIn).toBeUndefined();
  });

  test('a place that an administrator has named may hold other members too, and they see no more than all do', async () => {
    const id = stage.place('With Ada');
    await stage.close();
    stage = await openStage({
      groups: GROUPS,
      settings: { KEYVOUCH_HELPDESK_CHANNELS: ` ${id} , 19:other@thread.v2` },
    });
    const asked = await stage.world.ask('bob', { subject: WHO.bob, reason: 'CANARY-REASON' });
    ticket = asked.id;
    number = asked.outcome.details!.view.shortId;
    await share('With Ada');
    expect(textOf(posted('With Ada')[0]!.card)).toContain(number);
    for (const verb of ['open-ticket', 'refresh', 'comment', 'cancel', 'take-over', 'unshare', 'approve']) {
      const { card } = posted('With Ada')[0]!;
      const nonce = `v${stage.world.ticket(ticket).version}`;
      const data = { verb, ticket, nonce, comment: 'CANARY-COMMENT' };
      const action = { type: 'Action.Execute' as const, verb, data, withInputs: false };
      const answer = await stage.teams.groups.press(id, WHO.ada, posted('With Ada')[0]!.id, action);
      await stage.world.rest();
      expect(textOf(answer)).not.toMatch(/CANARY|"take-over"|"retry"/);
      expect(posted('With Ada')[0]!.card).toEqual(card);
    }
    expect(stage.world.ticket(ticket)).toMatchObject({ comments: [], status: 'waiting' });
    expect(stage.world.ticket(ticket).sharedIn).toHaveLength(1);
  });

  test('only the helpdesk shares, and nobody else learns whether a ticket exists', async () => {
    for (const text of [`@Keyvouch ticket ${number}`, '@Keyvouch ticket KV-0000-00'])
      await say('With Ada', WHO.ada, text);
    const answers = posted('With Ada').map(({ card }) => card);
    expect(answers).toHaveLength(2);
    expect(answers[0]).toEqual(answers[1]);
    expect(textOf(answers[0])).toContain('Only the helpdesk');
  });

  test('a guest and a stranger bring about nothing', async () => {
    await say('With a guest', GUEST, `@Keyvouch ticket ${number}`);
    await say('With a stranger', STRANGER, `@Keyvouch ticket ${number}`);
    expect(textOf([posted('With a guest'), posted('With a stranger')])).not.toContain(number);
    expect(posted('With a stranger')).toEqual([]);
    expect(stage.world.ticket(ticket).sharedIn).toBeUndefined();
  });

  test('whoever comes later ends it: the card goes before the next news would be seen', async () => {
    await share();
    stage.teams.groups.addMember(stage.place('Helpdesk'), WHO.mallory);
    await stage.world.press('bob', ticket, 'deny', { text: 'Not now, sorry' });
    await stage.world.rest();
    expect(stage.world.kinds(ticket).slice(-1)).toEqual(['unshared']);
    const text = textOf(posted('Helpdesk')[0]!.card);
    expect(text).toContain('not shown here any more');
    expect(text).not.toMatch(/\bAda\b|Denied/);
  });

  test('a click of a card from another conversation, and any click elsewhere, is nothing', async () => {
    await share();
    const data = { verb: 'comment', ticket, nonce: 'v1', comment: 'CANARY' };
    const answer = await stage.invoke(WHO.helen, data, { group: stage.place('With Ada') });
    expect(textOf(answer)).toContain('in a chat with you alone');
    expect(stage.world.ticket(ticket).comments).toEqual([]);
  });

  test.each([
    ['none', null],
    ['a forged one', { wrongKey: true }],
  ])('a token (%s): 401, and nothing is done', async (_, token) => {
    const said = stage.teams.groups.activity(stage.place('Helpdesk'), WHO.helen, `<at>Keyvouch</at> ticket ${number}`);
    const { status } = await stage.teams.send(said, { token });
    expect(status).toBe(401);
    expect(stage.world.ticket(ticket).sharedIn).toBeUndefined();
  });
});

describe('what is said there', () => {
  test('nothing is answered unless the bot is mentioned', async () => {
    await say('Night shift', WHO.helen, `ticket ${number}`);
    const unasked = stage.teams.groups.activity(stage.place('Night shift'), WHO.helen, `ticket ${number}`);
    await stage.teams.send(unasked);
    await stage.world.rest();
    expect(posted('Night shift')).toEqual([]);
  });

  test.each(['hi', 'my requests', 'pass', 'comment KV-7Q2M-9D CANARY'])(
    'to "%s" it says where it speaks, and nothing of anybody',
    async (line) => {
      await say('Night shift', WHO.helen, `@Keyvouch ${line}`);
      const [answer] = posted('Night shift');
      expect(textOf(answer!.card)).toContain('with you alone');
      expect(textOf(answer!.card)).not.toContain(number);
      expect(await stage.deps.conversations.get(WHO.helen)).toBeUndefined();
    },
  );

  test('an old client that submits gets nothing private, and its comment is taken', async () => {
    await share();
    await press(WHO.helen, 'open-ticket');
    const { groups } = stage.teams;
    await groups.click(
      stage.place('Helpdesk'),
      WHO.helen,
      'latest',
      'comment',
      { comment: 'noted' },
      { asSubmit: true },
    );
    await stage.world.rest();
    expect(stage.world.ticket(ticket).comments).toHaveLength(1);
    expect(posted('Helpdesk')).toHaveLength(1);
    await groups.click(stage.place('Helpdesk'), WHO.hugo, 'latest', 'open-ticket', {}, { asSubmit: true });
    expect(posted('Helpdesk')).toHaveLength(2);
    expect(textOf(posted('Helpdesk')[1]!.card)).not.toMatch(/CANARY|noted/);
  });
});

describe('the bot is taken out, or the channel is gone', () => {
  test.each<[string, (place: string) => Promise<void>]>([
    ['taken out', (place) => stage.teams.groups.removeBot(place, WHO.helen)],
    ['deleted', (place) => stage.teams.groups.remove(place, WHO.helen)],
  ])('%s: its card is dropped, once, and the ticket goes on', async (_, leave) => {
    await share();
    const place = stage.place('Helpdesk');
    await leave(place);
    await stage.world.press('bob', ticket, 'deny', { text: 'Not now, sorry' });
    await stage.world.rest();
    expect(stage.world.kinds(ticket).slice(-2)).toEqual(['denied', 'unshared']);
    expect(await stage.deps.conversations.sharedPost(ticket, place)).toBeUndefined();
    expect(stage.world.ticket(ticket).sharedIn).toEqual([]);
  });

  test('without a word of it: found out by the next post', async () => {
    await share();
    stage.teams.groups.get(stage.place('Helpdesk')).bot = false;
    await stage.world.press('bob', ticket, 'deny', { text: 'Not now, sorry' });
    await stage.world.rest();
    expect(stage.world.kinds(ticket).slice(-1)).toEqual(['unshared']);
  });

  test('added again, it can be shared again', async () => {
    await share('Night shift');
    await stage.teams.groups.removeBot(stage.place('Night shift'), WHO.helen);
    await stage.world.press('bob', ticket, 'deny', { text: 'Not now, sorry' });
    await stage.world.rest();
    await stage.teams.groups.addBot(stage.place('Night shift'), WHO.helen);
    await share('Night shift');
    expect(stage.world.ticket(ticket).sharedIn).toHaveLength(1);
  });
});

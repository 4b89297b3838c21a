import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TeamsInfo, TurnContext, type ConversationReference } from 'botbuilder';
import { startEchoBot, type EchoBot } from './echo-bot.fixture';
import { startTeams, type TeamsOptions, type TeamsStandIn } from './index';
import { attach, card, invokeAnswer } from './sample-card.fixture';

const id = (n: number) => `11111111-1111-4111-8111-${String(n).padStart(12, '0')}`;
const [ROBIN, ALEX, KIM] = [id(1), id(2), id(3)];
const MANY = Array.from({ length: 70 }, (_, n) => id(100 + n));

let clock = 1_800_000_000_000;
const OPTIONS: TeamsOptions = {
  appId: '0b2c4d6e-0000-4000-8000-00000000a001',
  tenantId: '7a0e1e0c-0000-4000-8000-000000000001',
  now: () => clock,
  people: [
    { aadObjectId: ROBIN, name: 'Robin' },
    { aadObjectId: ALEX, name: 'Alex', role: 'guest' },
    { aadObjectId: KIM, name: 'Kim' },
    ...MANY.map((aadObjectId, n) => ({ aadObjectId, name: `Member ${n}` })),
  ],
  groups: [
    { name: 'Service desk', kind: 'channel', team: 'IT', members: [ROBIN, ALEX] },
    { name: 'Lunch', kind: 'group-chat', members: [ROBIN, KIM] },
    { name: 'Everybody', kind: 'group-chat', members: [ROBIN, ...MANY] },
  ],
};

interface Query {
  commandId: string;
  parameters: { name: string; value: string }[];
}

/** A card that asks for itself: for these people, or for all. */
const refreshing = (text: string, userIds?: readonly string[]) => ({
  ...card(text),
  refresh: { action: { type: 'Action.Execute', verb: 'refresh', data: {} }, ...(userIds && { userIds }) },
});

const OFFER = {
  contentType: 'application/vnd.microsoft.teams.card.file.consent',
  ...{ name: 'a.csv', content: { sizeInBytes: 1, acceptContext: {}, declineContext: {} } },
};

describe('group chats and channels, seen by a real botbuilder', () => {
  let teams: TeamsStandIn;
  let bot: EchoBot;
  let seen: TurnContext['activity'][];
  let reference: Partial<ConversationReference>;

  const turn = async (context: TurnContext): Promise<void> => {
    const { activity } = context;
    seen.push(activity);
    reference = TurnContext.getConversationReference(activity);
    if (activity.type !== 'invoke') return;
    const { from } = activity;
    if (activity.name === 'composeExtension/query') {
      await context.sendActivity({
        type: 'invokeResponse',
        value: { status: 200, body: search(activity.value as Query) },
      });
    } else
      await context.sendActivity(
        invokeAnswer(200, 'application/vnd.microsoft.card.adaptive', card(`for ${from.name}`)),
      );
  };
  const search = (value: Query) => {
    if (value.commandId === 'broken') return { composeExtension: { type: 'result', attachments: [{}] } };
    if (value.commandId === 'silent') return { composeExtension: { type: 'message', text: 'Nothing.' } };
    const contentType = 'application/vnd.microsoft.card.adaptive';
    const content = { title: JSON.stringify(value.parameters), text: 'x' };
    const preview = { contentType: 'application/vnd.microsoft.card.thumbnail', content };
    return {
      composeExtension: {
        ...{ type: 'result', attachmentLayout: 'list' },
        attachments: [{ contentType, content: card('chosen'), preview }],
      },
    };
  };
  const proactively = (logic: (context: TurnContext) => Promise<unknown>): Promise<void> =>
    bot.adapter.continueConversationAsync(OPTIONS.appId, reference, async (context) => {
      await logic(context);
    });
  const place = (name: string) => teams.groups.all().find((group) => group.name === name)!.id;

  beforeAll(async () => {
    teams = await startTeams(OPTIONS);
    bot = await startEchoBot(teams.bot, turn);
    teams.setBotUrl(bot.url);
  });
  beforeEach(() => {
    seen = [];
    teams.clear();
    clock += 3_600_000;
    for (const group of teams.groups.all()) group.bot = true;
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await bot.close();
    await teams.close();
  });

  test('a mention in a channel arrives as Teams words it', async () => {
    await teams.groups.say(place('Service desk'), ROBIN, '@Keyvouch hello');
    const [activity] = seen;
    const message = teams.groups.chat(place('Service desk'), ROBIN)[0]!;
    expect(activity).toMatchObject({
      type: 'message',
      text: '<at>Keyvouch</at> hello',
      conversation: {
        id: `${place('Service desk')};messageid=${message.id}`,
        isGroup: true,
        conversationType: 'channel',
      },
      channelData: { channel: { id: place('Service desk') }, team: { id: expect.stringContaining('19:') as string } },
      from: { aadObjectId: ROBIN },
    });
    expect(activity!.entities).toContainEqual({
      type: 'mention',
      text: '<at>Keyvouch</at>',
      mentioned: { id: `28:${OPTIONS.appId}`, name: 'Keyvouch' },
    });
    expect(TurnContext.removeRecipientMention(activity!).trim()).toBe('hello');
  });

  test('in a group chat there are no threads, and no team', async () => {
    await teams.groups.say(place('Lunch'), KIM, '@Keyvouch hello');
    expect(seen[0]).toMatchObject({ conversation: { id: place('Lunch'), conversationType: 'groupChat' } });
    expect(seen[0]!.channelData).not.toHaveProperty('team');
  });

  test('what does not mention the bot does not reach it, and neither does anything where it is not', async () => {
    await teams.groups.say(place('Lunch'), KIM, 'hello');
    teams.groups.get(place('Lunch')).bot = false;
    await teams.groups.say(place('Lunch'), KIM, '@Keyvouch hello');
    expect(seen).toEqual([]);
    await expect(teams.groups.say(place('Lunch'), ALEX, 'hello')).rejects.toThrow('Alex is not in Lunch');
  });

  test('the bot posts into the thread, edits and deletes, and everybody sees it', async () => {
    await teams.groups.say(place('Service desk'), ROBIN, '@Keyvouch hello');
    await proactively(async (context) => {
      const sent = await context.sendActivity(attach(card('one')));
      await context.updateActivity({ ...attach(card('two')), id: sent!.id });
    });
    const [asked, answer] = teams.groups.chat(place('Service desk'), ALEX);
    expect(answer).toMatchObject({ from: 'bot', thread: asked!.id, card: card('two') });
    await proactively((context) => context.deleteActivity(answer!.id));
    expect(teams.groups.chat(place('Service desk'), ROBIN)).toHaveLength(1);
  });

  test('rosters say who is a guest, and come in pages', async () => {
    await teams.groups.say(place('Service desk'), ROBIN, '@Keyvouch hello');
    await proactively(async (context) => {
      const { members, continuationToken } = await TeamsInfo.getPagedMembers(context, 100);
      expect(members.map(({ name, userRole }) => [name, userRole])).toEqual([
        ['Robin', 'user'],
        ['Alex', 'guest'],
      ]);
      expect(continuationToken).toBeUndefined();
    });
    await teams.groups.say(place('Everybody'), ROBIN, '@Keyvouch hello');
    await proactively(async (context) => {
      const first = await TeamsInfo.getPagedMembers(context, 50);
      const second = await TeamsInfo.getPagedMembers(context, 50, first.continuationToken);
      expect([first.members.length, second.members.length]).toEqual([50, 21]);
      expect(second.continuationToken).toBeUndefined();
    });
  });

  test('where the bot is not everything is refused', async () => {
    await teams.groups.say(place('Lunch'), ROBIN, '@Keyvouch hello');
    await teams.groups.removeBot(place('Lunch'), ROBIN);
    expect(seen.slice(1).map(({ type, membersRemoved, action }) => [type, membersRemoved?.[0]?.id ?? action])).toEqual([
      ['conversationUpdate', `28:${OPTIONS.appId}`],
      ['installationUpdate', 'remove'],
    ]);
    for (const call of [
      (context: TurnContext) => context.sendActivity('x'),
      (context: TurnContext) => TeamsInfo.getPagedMembers(context),
    ])
      await expect(proactively(call)).rejects.toMatchObject({ statusCode: 403 });
    seen = [];
    teams.groups.insert(place('Lunch'), KIM, refreshing('found'));
    await teams.groups.open(place('Lunch'), ROBIN);
    expect(await teams.groups.click(place('Lunch'), ROBIN, 'latest', 'approve', { reason: 'x' })).toMatchObject({
      kind: 'unreachable',
    });
    expect(seen).toEqual([]);
  });

  test.each<[string, object]>([
    ['a card newer than Teams draws', attach({ ...card('x'), version: '1.6' })],
    ['views for more people than Teams takes', attach(refreshing('x', MANY))],
    ['a file, which is for personal chats', { type: 'message', attachments: [OFFER] }],
  ])('%s is refused', async (_, sent) => {
    await teams.groups.say(place('Lunch'), ROBIN, '@Keyvouch hello');
    await expect(proactively((context) => context.sendActivity(sent))).rejects.toMatchObject({ statusCode: 400 });
  });

  describe('views of one’s own', () => {
    const post = async (where: string, sent: Readonly<Record<string, unknown>>) => {
      await teams.groups.say(place(where), ROBIN, '@Keyvouch hello');
      await proactively((context) => context.sendActivity(attach(sent)));
    };
    const sees = (where: string, who: string) => {
      const message = teams.groups.chat(place(where), who).at(-1)!;
      return JSON.stringify(message.view ?? message.card);
    };
    const automatic = () =>
      seen.filter(({ value }) => (value as { trigger?: string } | undefined)?.trigger === 'automatic');

    test('are for those named, when they look', async () => {
      await post('Lunch', refreshing('for all', [teams.person(ROBIN).mri]));
      for (const who of [ROBIN, KIM]) await teams.groups.open(place('Lunch'), who);
      expect(sees('Lunch', ROBIN)).toContain('for Robin');
      expect(sees('Lunch', KIM)).toContain('for all');
      expect(automatic()).toHaveLength(1);
    });

    test('without names are for everybody in a small conversation, and for nobody in a large one', async () => {
      await post('Lunch', refreshing('for all'));
      await teams.groups.open(place('Lunch'), KIM);
      expect(sees('Lunch', KIM)).toContain('for Kim');
      await post('Everybody', refreshing('for all'));
      await teams.groups.open(place('Everybody'), ROBIN);
      expect(sees('Everybody', ROBIN)).toContain('for all');
    });

    test('a click is answered to its clicker alone, and an edit ends all views', async () => {
      await post('Lunch', card('for all'));
      const answer = await teams.groups.click(place('Lunch'), KIM, 'latest', 'approve', { reason: 'x' });
      expect(answer).toMatchObject({ kind: 'card' });
      expect(sees('Lunch', KIM)).toContain('for Kim');
      expect(sees('Lunch', ROBIN)).toContain('for all');
      const { id: posted } = teams.groups.chat(place('Lunch'), KIM).at(-1)!;
      await proactively((context) => context.updateActivity({ ...attach(card('edited')), id: posted }));
      expect(sees('Lunch', KIM)).toContain('edited');
    });

    test('are asked for again on every edit, by the clients that show the card', async () => {
      await post('Lunch', refreshing('for all'));
      await teams.groups.open(place('Lunch'), KIM);
      const { id: posted } = teams.groups.chat(place('Lunch'), KIM).at(-1)!;
      const edit = () =>
        proactively((context) => context.updateActivity({ ...attach(refreshing('edited')), id: posted }));
      const asked = async (times: number) => {
        // The client asks in its own time.
        for (let n = 0; n < 100 && automatic().length < times; n += 1)
          await new Promise((done) => setTimeout(done, 10));
        expect(automatic()).toHaveLength(times);
      };
      await edit();
      await asked(2);
      await edit();
      await asked(3);
      teams.groups.leave(place('Lunch'), KIM);
      await edit();
      await new Promise((done) => setTimeout(done, 100));
      expect(automatic()).toHaveLength(3);
    });
  });

  test('a search: nothing typed yet is an initial run, and only whole answers are shown', async () => {
    const first = await teams.groups.search(KIM, 'things', '');
    expect(first).toMatchObject({ kind: 'results', results: [{ title: '[{"name":"initialRun","value":"true"}]' }] });
    const typed = await teams.groups.search(KIM, 'things', 'abc', place('Lunch'));
    expect(typed).toMatchObject({ results: [{ title: '[{"name":"text","value":"abc"}]', card: card('chosen') }] });
    expect(seen.map(({ conversation }) => conversation.conversationType)).toEqual(['personal', 'groupChat']);
    expect(await teams.groups.search(KIM, 'silent', '')).toMatchObject({ kind: 'message', text: 'Nothing.' });
    expect(await teams.groups.search(KIM, 'broken', '')).toMatchObject({
      text: expect.stringMatching(/Unable/) as string,
    });
    teams.groups.insert(place('Lunch'), KIM, card('chosen'));
    expect(teams.groups.chat(place('Lunch'), ROBIN)).toMatchObject([{ from: 'person', by: KIM, card: card('chosen') }]);
  });
});

test('what was said in groups, and where the bot is, outlives a restart; views do not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-teams-'));
  const dataFile = join(folder, 'teams.json');
  try {
    const first = await startTeams({ ...OPTIONS, dataFile });
    const lunch = first.groups.all().find(({ name }) => name === 'Lunch')!.id;
    await first.groups.say(lunch, KIM, 'hello');
    first.groups.addMember(lunch, ALEX);
    await first.close();
    const second = await startTeams({ ...OPTIONS, dataFile });
    expect(second.groups.chat(lunch, ALEX)).toMatchObject([{ text: 'hello', by: KIM }]);
    await second.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

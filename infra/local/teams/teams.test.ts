import { TurnContext, type ConversationReference } from 'botbuilder';
import { startEchoBot, type EchoBot } from './echo-bot.fixture';
import { startTeams, type TeamsOptions, type TeamsStandIn } from './index';
import { attach, card, invokeAnswer } from './sample-card.fixture';

const ROBIN = '11111111-1111-4111-8111-111111111111';
const ALEX = '22222222-2222-4222-8222-222222222222';
const OPTIONS: TeamsOptions = {
  appId: '0b2c4d6e-0000-4000-8000-00000000a001',
  tenantId: '7a0e1e0c-0000-4000-8000-000000000001',
  deadlineMs: 1500,
  people: [
    { aadObjectId: ROBIN, name: 'Robin Keller', locale: 'de-DE' },
    { aadObjectId: ALEX, name: 'Alex Moreau', installed: false },
  ],
};

describe('the Teams stand-in, seen by a real botbuilder', () => {
  let teams: TeamsStandIn;
  let bot: EchoBot;
  let seen: TurnContext['activity'][];
  let reference: Partial<ConversationReference>;

  const turn = async (context: TurnContext): Promise<void> => {
    const { activity } = context;
    seen.push(activity);
    reference = TurnContext.getConversationReference(activity);
    if (activity.type === 'message' && activity.text) {
      await context.sendActivity(activity.text === 'card' ? attach(card('posted')) : `echo ${activity.text}`);
    }
    if (activity.type !== 'invoke') return;
    const { verb } = (activity.value as { action: { verb: string } }).action;
    if (verb === 'sleep') await new Promise((resolve) => setTimeout(resolve, 2000));
    const answers: Record<string, object> = {
      approve: invokeAnswer(200, 'application/vnd.microsoft.card.adaptive', card('for your eyes only')),
      deny: invokeAnswer(400, 'application/vnd.microsoft.error', { code: 'reason-missing', message: 'Say why.' }),
      ask: invokeAnswer(200, 'application/vnd.microsoft.activity.message', 'Noted.'),
      refresh: invokeAnswer(200, 'application/vnd.microsoft.card.adaptive', card('refreshed')),
    };
    if (answers[verb]) await context.sendActivity(answers[verb]);
  };
  const proactively = (logic: (context: TurnContext) => Promise<unknown>): Promise<void> =>
    bot.adapter.continueConversationAsync(OPTIONS.appId, reference, async (context) => {
      await logic(context);
    });

  beforeAll(async () => {
    teams = await startTeams(OPTIONS);
    bot = await startEchoBot(teams.bot, turn);
  });
  beforeEach(() => {
    seen = [];
    teams.setBotUrl(bot.url);
    teams.clear();
    teams.clearTraffic();
    teams.switches.clear();
    teams.person(ALEX).installed = false;
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await bot.close();
    await teams.close();
  });

  test('a message goes there and its answer comes back', async () => {
    await teams.say(ROBIN, 'hi');
    const reply = await teams.waitFor(ROBIN, ({ from }) => from === 'bot');
    expect(reply).toMatchObject({ text: 'echo hi', unread: true });
    expect(seen[0]).toMatchObject({
      channelId: 'msteams',
      from: { aadObjectId: ROBIN, id: teams.person(ROBIN).mri },
      conversation: { conversationType: 'personal', tenantId: OPTIONS.tenantId },
      channelData: { tenant: { id: OPTIONS.tenantId } },
      locale: 'de-DE',
    });
    teams.read(ROBIN);
    expect(teams.chat(ROBIN).every(({ unread }) => !unread)).toBe(true);
  });

  test.each([
    ['good', {}, 200],
    ['none', null, 401],
    ['garbage', 'Bearer garbage', 401],
    ['another audience', { audience: 'somebody-else' }, 401],
    ['another issuer', { issuer: 'https://sts.windows.net/x/' }, 401],
    ['another service URL', { serviceUrl: 'https://evil.example/' }, 401],
    ['expired', { expiresIn: -3600 }, 401],
    ['forged signature', { wrongKey: true }, 500],
  ])('an activity with a token that is %s reaches the bot or not', async (_name, token, status) => {
    const delivery = await teams.send(teams.activity(ROBIN, 'psst'), { token });
    expect(delivery.status).toBe(status);
    expect(seen).toHaveLength(status === 200 ? 1 : 0);
  });

  test('a bot with a wrong secret, or none, may not post', async () => {
    const stranger = await startEchoBot(teams.bot, turn, 'wrong');
    teams.setBotUrl(stranger.url);
    expect((await teams.say(ROBIN, 'hi')).status).toBe(500);
    const bare = await fetch(`${teams.serviceUrl}v3/conversations`, { method: 'POST', body: '{}' });
    expect(bare.status).toBe(401);
    expect(teams.chat(ROBIN)).toHaveLength(1);
    await stranger.close();
  });

  describe('a card', () => {
    let id: string;
    beforeEach(async () => {
      await teams.say(ROBIN, 'card');
      id = (await teams.waitFor(ROBIN, (message) => message.card !== undefined)).id;
      seen = [];
    });
    const now = () => teams.chat(ROBIN).find((message) => message.id === id)!;

    test('a returned card is this client’s own, until the chat is loaded again', async () => {
      const answer = await teams.click(ROBIN, id, 'approve', { reason: 'knows me' });
      expect(answer.kind).toBe('card');
      expect(seen[0]!.value).toEqual({
        action: {
          type: 'Action.Execute',
          title: 'Approve',
          verb: 'approve',
          data: { ticket: 'T1', reason: 'knows me', sure: 'false' },
        },
        trigger: 'manual',
      });
      expect(seen[0]!.replyToId).toBe(id);
      expect(JSON.stringify(now().view)).toContain('for your eyes only');
      expect(JSON.stringify(now().card)).toContain('posted');
      await teams.open(ROBIN);
      expect(now().view).toBeUndefined();
    });

    test.each([
      ['deny', 'error', { kind: 'error', text: 'Say why.', code: 'reason-missing' }],
      ['ask', 'message', { kind: 'notice', text: 'Noted.' }],
      ['Sleep', 'unreachable', { kind: 'error', text: 'Unable to reach app. Please try again.' }],
    ])('%s is answered with %s', async (button, kind, alert) => {
      const clicked = teams.click(ROBIN, 'latest', button, { reason: 'x' });
      expect(now().busy).toBe(true);
      expect((await clicked).kind).toBe(kind);
      expect(now()).toMatchObject({ busy: false, alert });
      expect(now().view).toBeUndefined();
    });

    test('an answer that no client understands reads "something went wrong"', async () => {
      const answer = await teams.press(ROBIN, id, { type: 'Action.Execute', verb: '?', data: {}, withInputs: true });
      expect(answer).toMatchObject({ kind: 'failed', delivery: { status: 501 } });
    });

    test('a required input that is empty never leaves the client', async () => {
      await expect(teams.click(ROBIN, id, 'approve')).rejects.toThrow('"Reason" (reason)');
      expect(seen).toHaveLength(0);
    });

    test('a click can arrive many times, under one id or under many', async () => {
      const many = await teams.click(ROBIN, id, 'approve', { reason: 'x' }, { times: 5 });
      expect(many.all).toHaveLength(5);
      expect(new Set(seen.map((activity) => activity.id)).size).toBe(5);
      seen = [];
      await teams.click(ROBIN, id, 'approve', { reason: 'x' }, { times: 3, sameId: true });
      expect(new Set(seen.map((activity) => activity.id)).size).toBe(1);
    });

    test('an old client sends the Action.Submit fallback as a message', async () => {
      const answer = await teams.click(ROBIN, id, 'approve', { reason: 'x' }, { asSubmit: true });
      expect(answer.kind).toBe('submitted');
      expect(seen[0]).toMatchObject({ type: 'message', value: { verb: 'approve', old: true, reason: 'x' } });
      expect(seen[0]!.text).toBeUndefined();
    });

    test('the bot replaces and deletes what it posted', async () => {
      await teams.click(ROBIN, id, 'approve', { reason: 'x' });
      await proactively((context) => context.updateActivity({ ...attach(card('settled')), id }));
      expect(now().view).toBeUndefined();
      expect(now().updatedAt).toEqual(expect.any(String));
      expect(JSON.stringify(now().card)).toContain('settled');
      await proactively((context) => context.deleteActivity(id));
      expect(now()).toBeUndefined();
      await expect(proactively((context) => context.deleteActivity(id))).rejects.toMatchObject({ statusCode: 404 });
    });

    test('refresh asks for this person’s own card when the chat opens, and on every edit', async () => {
      const refresh = (userIds: string[]) => ({
        refresh: { userIds, action: { type: 'Action.Execute', verb: 'refresh', data: { t: 1 } } },
      });
      const post = (userIds: string[]) =>
        proactively((context) => context.updateActivity({ ...attach(card('base', refresh(userIds))), id }));
      await post([teams.person(ALEX).mri]);
      await teams.open(ROBIN);
      expect(seen).toHaveLength(0);
      await post([teams.person(ROBIN).mri]);
      await teams.waitFor(ROBIN, ({ view }) => JSON.stringify(view ?? '').includes('refreshed'));
      expect(seen[0]!.value).toMatchObject({ trigger: 'automatic', action: { verb: 'refresh', data: { t: 1 } } });
      await post([teams.person(ROBIN).mri]);
      await teams.waitFor(ROBIN, ({ view }) => view !== undefined);
      expect(seen).toHaveLength(2);
      await teams.open(ROBIN);
      expect(seen).toHaveLength(3);
      expect(JSON.stringify(now().card)).toContain('base');
    });
  });

  test('a person without the app cannot be written to; one with it can, proactively', async () => {
    const create = (person: string) =>
      bot.adapter.createConversationAsync(
        OPTIONS.appId,
        'msteams',
        teams.serviceUrl,
        teams.bot.ToChannelFromBotOAuthScope,
        {
          isGroup: false,
          members: [{ id: teams.person(person).mri, name: '' }],
          tenantId: OPTIONS.tenantId,
        } as Parameters<typeof bot.adapter.createConversationAsync>[4],
        async (context) => {
          await context.sendActivity('hello');
        },
      );
    await expect(create(ALEX)).rejects.toMatchObject({ statusCode: 403, code: 'BotNotInConversationRoster' });
    expect(await teams.install(ALEX)).toBe(teams.person(ALEX).conversationId);
    expect(seen.map(({ type }) => type)).toEqual(['conversationUpdate', 'installationUpdate']);
    await create(ALEX);
    expect(teams.chat(ALEX)).toMatchObject([{ text: 'hello' }]);
    await teams.uninstall(ALEX);
    await expect(create(ALEX)).rejects.toMatchObject({ statusCode: 403 });
  });

  test.each([
    ['429', { status: 429, code: 'TooManyRequests', retryAfterSeconds: 2 }, 429, 0],
    ['412', { status: 412, code: 'PreconditionFailed' }, 412, 0],
    ['504', { status: 504, code: 'GatewayTimeout' }, 504, 0],
    ['lost reply', 'lost-reply', undefined, 1],
    ['reset', 'reset', undefined, 0],
  ] as const)('weather: %s', async (_name, what, status, posted) => {
    // Bare HTTP: botbuilder's own client tries again by itself after 429, 5xx and lost connections.
    const login = await fetch(`${teams.bot.ToChannelFromBotLoginUrl}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: OPTIONS.appId,
        client_secret: teams.bot.MicrosoftAppPassword,
      }),
    });
    const { access_token: token } = (await login.json()) as { access_token: string };
    const post = () =>
      fetch(`${teams.serviceUrl}v3/conversations/${teams.person(ROBIN).conversationId}/activities`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ type: 'message', text: 'x' }),
      }).catch(() => undefined);
    teams.switches.trouble({ on: 'send', person: ROBIN, what });
    const refused = await post();
    expect(refused?.status).toBe(status);
    if (status === 429) expect(refused?.headers.get('retry-after')).toBe('2');
    expect(teams.chat(ROBIN)).toHaveLength(posted);
    expect((await post())?.status).toBe(201);
    expect(teams.chat(ROBIN)).toHaveLength(posted + 1);
  });

  test('botbuilder repeats a post whose reply was lost: the message stands there twice', async () => {
    await teams.say(ROBIN, 'hi');
    teams.switches.trouble({ on: 'send', what: 'lost-reply' });
    await proactively((context) => context.sendActivity('x'));
    expect(teams.chat(ROBIN).filter(({ text }) => text === 'x')).toHaveLength(2);
  });

  test('rate limits per conversation, and messages that are too big', async () => {
    await teams.say(ROBIN, 'hi');
    const big = 'x'.repeat(110_000);
    await expect(proactively((context) => context.sendActivity(big))).rejects.toMatchObject({ statusCode: 413 });
    teams.switches.rates = true;
    teams.clearTraffic();
    const posts = Array.from({ length: 12 }, () => proactively((context) => context.sendActivity('x')));
    await Promise.allSettled(posts);
    expect(teams.traffic().filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(5);
    expect(teams.traffic().filter(({ status }) => status === 201).length).toBeLessThan(12);
  });

  test('everything that passed is on record', async () => {
    await teams.say(ROBIN, 'hi');
    expect(teams.traffic().map(({ way, status }) => [way, status])).toEqual([
      ['from-bot', 201],
      ['to-bot', 200],
    ]);
  });
});

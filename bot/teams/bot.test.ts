import { Fault } from '../../agent/protocol/fault';
import { openStage, type Stage, type StageOptions, STRANGER } from '../../infra/local/teams/bot-stage.fixture';
import { TENANT, WHO } from '../service/testing/world';
import { createBot } from './bot';

/** The bot over HTTP: real tokens, the real botbuilder and teams-ai, and a Teams on loopback. */

let stage: Stage;
let teams: Stage['teams'];
let world: Stage['world'];

async function start(options: StageOptions = {}): Promise<void> {
  stage = await openStage(options);
  ({ teams, world } = stage);
}

beforeEach(async () => {
  // botbuilder writes every refused token to the console.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  await start();
});
afterEach(async () => {
  await stage.close();
  jest.restoreAllMocks();
});

const told = (who: string) => teams.chat(who).filter(({ from }) => from === 'bot');
const textOf = (message: unknown) => JSON.stringify(message ?? '');
const seen = (who: string) => textOf(told(who).map(({ card, view, alert }) => [view ?? card, alert]));

describe('who is let in', () => {
  const nothing = () => {
    expect(told(WHO.ada)).toEqual([]);
    expect(world.entra.calls).toEqual([]);
  };

  test.each([
    ['none', null],
    ['garbage', 'Bearer garbage'],
    ['one for another bot', { audience: STRANGER }],
    ['one of another issuer', { issuer: 'https://evil.example/' }],
    ['one for another service URL', { serviceUrl: 'https://evil.example/' }],
    ['one that is over', { expiresIn: -3600 }],
    ['a forged one', { wrongKey: true }],
  ])('a token (%s): 401, and nothing is done', async (_, token) => {
    const { status, body } = await teams.send(teams.activity(WHO.ada, 'hi'), { token });
    expect({ status, body }).toEqual({ status: 401, body: { error: { code: 'unauthorized' } } });
    nothing();
  });

  test('keys that cannot be fetched: 503 without an inner word', async () => {
    await stage.close();
    await start({ sandbox: { openIdMetadata: 'http://127.0.0.1:9/openid-CANARY' } });
    const { status, body } = await teams.say(WHO.ada, 'hi');
    expect({ status, body }).toEqual({ status: 503, body: { error: { code: 'unavailable' } } });
    nothing();
  });

  test('people of another tenant get no answer, and their invokes a refusal', async () => {
    await teams.say(STRANGER, 'hi');
    expect(told(STRANGER)).toEqual([]);
    const answer = await stage.invoke(STRANGER, { verb: 'home' });
    expect(answer).toMatchObject({
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: { code: 'refused' },
    });
    expect(world.entra.calls).toEqual([]);
  });

  test('a guest of this tenant is told that Keyvouch is not for them', async () => {
    world.entra.people.get(WHO.mallory)!.external = true;
    await teams.say(WHO.mallory, 'hi');
    expect(seen(WHO.mallory)).toContain('members of this organisation');
  });

  test('no bot registered: 503', async () => {
    const none = createBot(undefined, stage.deps);
    expect(await none.handle({ method: 'POST', headers: {}, body: {} })).toMatchObject({ status: 503 });
  });
});

test('flow 1 in the chat: asked, approved, vouched, shown in the reply alone', async () => {
  await teams.install(WHO.ada);
  await teams.install(WHO.bob);
  await teams.click(WHO.ada, 'latest', 'ask');
  await teams.click(WHO.ada, 'latest', 'send-request', { reason: 'My first day here' });
  await world.rest();
  await teams.waitFor(WHO.bob, ({ card }) => textOf(card).includes('"approve"'));
  const approved = await teams.click(WHO.bob, 'latest', 'approve', { how: 'video' });
  await world.rest();
  const code = /\b\d{6}\b/.exec(textOf(approved).replaceAll(' ', ''))?.[0];
  expect(code).toBeDefined();
  expect(textOf(teams.chat(WHO.bob).map(({ card }) => card))).not.toContain(code);
  await teams.click(WHO.ada, 'latest', 'choose-pass');
  await world.rest();
  await teams.click(WHO.ada, 'latest', 'vouch', { code: code! });
  await world.rest();
  await teams.click(WHO.ada, 'latest', 'prepare-show');
  const shown = await teams.click(WHO.ada, 'latest', 'show');
  await world.rest();
  const pass = world.entra.passes.get(WHO.ada)!.text;
  expect(textOf(shown)).toContain(pass);
  // What stands in the chat, for every other client and for ever, holds no pass; neither does anything the bot sent.
  expect(textOf(teams.chat(WHO.ada).map(({ card, text }) => [card, text]))).not.toContain('CANARY-PASS');
  const fromBot = teams.traffic().filter(({ way }) => way === 'from-bot');
  expect(textOf(fromBot)).not.toContain('CANARY-PASS');
  expect(world.logged.join()).not.toContain('CANARY-PASS');
});

async function prepared(): Promise<string> {
  await teams.install(WHO.ada);
  const { id } = await world.ask('ada');
  const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
  await world.press('ada', id, 'choose-pass');
  await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
  await world.press('ada', id, 'prepare-show');
  return id;
}

test('a Show that comes as a Submit gets no pass: its answer would stay in the chat', async () => {
  const id = await prepared();
  const data = { verb: 'show', ticket: id, nonce: `v${world.ticket(id).version}` };
  await teams.send({ ...teams.activity(WHO.ada, ''), text: undefined, value: data });
  expect(world.entra.calls).not.toContain('passes.create');
  expect(told(WHO.ada)).not.toHaveLength(0);
  expect(world.ticket(id).generations).toEqual([]);
});

test('Show delivered five times at once makes one pass, shown in one reply', async () => {
  const id = await prepared();
  const data = { verb: 'show', ticket: id, nonce: `v${world.ticket(id).version}` };
  const all = await Promise.all([1, 2, 3, 4, 5].map(() => stage.invoke(WHO.ada, data)));
  expect(all.filter((answer) => textOf(answer).includes('CANARY-PASS'))).toHaveLength(1);
});

describe('in a group', () => {
  const inGroup = (activity: Record<string, unknown>) => ({
    ...activity,
    conversation: {
      id: teams.person(WHO.ada).conversationId,
      conversationType: 'groupChat',
      isGroup: true,
      tenantId: TENANT,
    },
  });

  test('nothing is said of anybody, by message or by click, and no card will ever be posted there', async () => {
    await teams.send(inGroup(teams.activity(WHO.ada, 'my requests')));
    const click = {
      ...teams.activity(WHO.ada, ''),
      ...{ type: 'invoke', name: 'adaptiveCard/action' },
      value: { action: { type: 'Action.Execute', verb: 'home', data: { verb: 'home' } } },
    };
    const { body } = await teams.send(inGroup(click));
    expect(textOf(body)).not.toContain('"ask"');
    expect(await stage.deps.conversations.get(WHO.ada)).toBeUndefined();
    expect(world.entra.calls).toEqual([]);
  });
});

describe('an answer in time', () => {
  const home = { verb: 'home' };

  test('also where Entra is slow: an error of ours, in our words', async () => {
    await teams.install(WHO.ada);
    let release: (() => void) | undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    world.entra.script('people.find', { kind: 'first', work: () => slow });
    const from = Date.now();
    const answer = await stage.invoke(WHO.ada, home);
    expect(Date.now() - from).toBeLessThan(8_000);
    expect(answer).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(textOf(answer)).toContain('longer than usual');
    release!();
  });

  test.each<[string, Error, string, string]>([
    [
      'a Fault says its own words',
      new Fault({ code: 'x', say: 'The moon is full.', todo: 'Wait.' }),
      'The moon is full.',
      'x:',
    ],
    ['any other error says nothing of its inside', new Error('CANARY-INSIDE at db:5432'), 'AdaptiveCard', 'CANARY'],
  ])('%s', async (_, error, says, never) => {
    await teams.install(WHO.ada);
    world.entra.script('people.find', { kind: 'fails', fault: error as never });
    const answer = await stage.invoke(WHO.ada, home);
    expect(textOf(answer)).toContain(says);
    expect(textOf(answer)).not.toContain(never);
  });

  test('a form counts from when it came in, however slow Entra is: what was taken back meanwhile stays so', async () => {
    await teams.install(WHO.ada);
    await teams.click(WHO.ada, 'latest', 'ask');
    const takenBack = async () => {
      const { id } = await world.ask('ada');
      world.wait(2);
      await world.press('ada', id, 'cancel');
    };
    world.entra.script('people.find', { kind: 'first', work: takenBack });
    const answer = await teams.click(WHO.ada, 'latest', 'send-request', { reason: 'My first day here' });
    expect(textOf(answer)).toContain('asked for already');
    expect(world.store.all()).toMatchObject([{ status: 'cancelled' }]);
  });

  test('to a button of nobody: a refusal, not a crash', async () => {
    const answer = await stage.invoke(WHO.ada, { verb: 'sudo' });
    expect(answer).toMatchObject({ statusCode: 400, value: { code: 'bad-request' } });
  });
});

describe('hello', () => {
  test('is said once, however often Teams says that the app was installed', async () => {
    for (let n = 0; n < 3; n += 1) await teams.install(WHO.ada);
    expect(told(WHO.ada)).toHaveLength(1);
  });

  test('is not said when the app is taken away', async () => {
    await teams.uninstall(WHO.ada);
    expect(told(WHO.ada)).toEqual([]);
  });

  test('anything that is not understood is answered by the home card', async () => {
    await teams.say(WHO.ada, 'qwertz');
    expect(seen(WHO.ada)).toContain('"ask"');
  });
});

describe('asking for somebody else', () => {
  const form = (id: string, more: object) => ({
    ...{ verb: 'send-request', subject: 'other', nonce: id, person: 'ada@contoso.example', reason: 'Locked out' },
    ...more,
  });
  const ID = '01JNGZ0000000000000000K7Q2';

  test('"none" in a choice chooses nobody and nothing', async () => {
    await stage.invoke(WHO.helen, form(ID, { hander: 'none', desk: 'none' }));
    expect(world.store.all()).toMatchObject([{ id: ID, subject: { name: 'Ada' } }]);
    expect(world.ticket(ID).hander).toBeUndefined();
  });

  test('"all of them" means those that were shown: of nobody whose name was typed over', async () => {
    for (const key of ['blue', 'red']) world.addPasskey('ada', key);
    for (const key of ['green', 'grey']) world.addPasskey('bob', key);
    const asked = { what: 'return-key', hander: 'none', desk: 'none' };
    const all = (answer: unknown) => /"value":"(all[^"]*)"/.exec(textOf(answer))?.[1];
    const ofAda = all(await stage.invoke(WHO.helen, form(ID, asked)));
    expect(ofAda).toBeDefined();
    const other = { ...asked, person: 'bob@contoso.example', passkeys: ofAda };
    const answer = await stage.invoke(WHO.helen, form(ID, other));
    expect(world.store.all()).toEqual([]);
    expect(textOf(answer)).toContain('choose again');
    expect(textOf(answer)).toContain('"value":"green"');
    await stage.invoke(WHO.helen, form(ID, { ...other, passkeys: all(answer) }));
    const removals = world.ticket(ID).removals.map(({ passkey }) => passkey.methodId);
    expect(removals).toEqual(['green', 'grey']);
  });

  test('a colleague learns nothing of another’s roles, neither by asking nor by checking', async () => {
    world.entra.privileged.add(WHO.ada);
    for (const verb of ['send-request', 'check-ready']) {
      const answer = await stage.invoke(WHO.mallory, form(ID, { verb }));
      expect(textOf(answer)).not.toMatch(/Global Administrator|privileged role/i);
      expect(textOf(answer)).toContain('manager');
    }
    expect(world.store.all()).toEqual([]);
  });
});

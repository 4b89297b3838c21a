import { WHO } from '../service/testing/world';
import { type Clicked, openStage, type Pressed, type Stage } from '../../infra/local/teams/bot-stage.fixture';

/** Cards that clients ask for by themselves when they show them, over the real adapter. */

let stage: Stage;
let clock: number;

beforeEach(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  clock = Date.parse('2026-11-22T08:00:00Z');
  stage = await openStage({
    groups: [{ name: 'Helpdesk', kind: 'channel', members: [WHO.helen, WHO.hugo, WHO.mallory] }],
    now: () => clock,
  });
});
afterEach(async () => {
  await stage.close();
  jest.restoreAllMocks();
});

const textOf = (value: unknown) => JSON.stringify(value ?? '');
const minute = () => {
  clock += 61_000;
  stage.world.wait(61);
};

/** A client that asks by itself, unless somebody pressed. */
const invoke = (who: string, data: Clicked, pressed: Pressed = {}) =>
  stage.invoke(who, data, { trigger: 'automatic', ...pressed });

/** Ada's request, as it stands in her chat. */
async function opened(): Promise<{ id: string; nonce: string }> {
  await stage.teams.install(WHO.ada);
  await stage.teams.install(WHO.bob);
  const { id } = await stage.world.ask('ada');
  await stage.world.rest();
  return { id, nonce: `v${stage.world.ticket(id).version}` };
}
const cardsOf = (who: string) => stage.teams.chat(who).filter(({ from, card }) => from === 'bot' && card);
const refreshOf = (who: string) => cardsOf(who).at(-1)?.card?.['refresh'] as { userIds?: string[] } | undefined;

test('a person’s own card names that person alone, by their Teams id', async () => {
  await opened();
  expect(refreshOf(WHO.bob)?.userIds).toEqual([stage.teams.person(WHO.bob).mri]);
  expect(refreshOf(WHO.ada)?.userIds).toEqual([stage.teams.person(WHO.ada).mri]);
});

test('a card that is true already stays as it stands when its chat is opened', async () => {
  await opened();
  minute();
  for (const who of [WHO.ada, WHO.bob]) {
    await stage.teams.open(who);
    expect(stage.teams.chat(who).map(({ view }) => view)).toEqual([undefined, undefined]);
  }
});

test('an old card becomes true when its chat is opened, and nothing is written for it', async () => {
  const { id } = await opened();
  // The update never reached the chat.
  stage.teams.switches.trouble({ on: 'update', times: 50, what: { status: 403, code: 'Forbidden' } });
  stage.teams.switches.trouble({ on: 'send', times: 50, what: { status: 403, code: 'Forbidden' } });
  await stage.world.press('bob', id, 'deny', { text: 'Not now, sorry' });
  await stage.world.rest();
  const { version } = stage.world.ticket(id);
  minute();
  stage.teams.clearTraffic();
  await stage.teams.open(WHO.ada);
  const [message] = stage.teams.chat(WHO.ada).filter(({ view }) => view);
  expect(textOf(message?.view)).toContain('Denied');
  expect(textOf(message?.card)).not.toContain('Denied');
  expect(stage.world.ticket(id).version).toBe(version);
  expect(stage.teams.traffic().filter(({ way }) => way === 'from-bot')).toEqual([]);
});

test('a card that was asked for by the ticket’s number becomes true likewise, with its history', async () => {
  const { id } = await opened();
  await stage.teams.install(WHO.helen);
  await stage.teams.say(WHO.helen, stage.world.ticket(id).shortId);
  expect(refreshOf(WHO.helen)?.userIds).toEqual([stage.teams.person(WHO.helen).mri]);
  await stage.world.press('bob', id, 'deny', { text: 'Not now, sorry' });
  await stage.world.rest();
  minute();
  await stage.teams.open(WHO.helen);
  const [message] = stage.teams.chat(WHO.helen).filter(({ view }) => view);
  expect(textOf(message?.card)).not.toContain('Denied');
  expect(textOf(message?.view)).toMatch(/Denied.*"History".*Not now, sorry/);
});

test('an automatic invoke changes nothing, whatever it says it presses', async () => {
  const { id, nonce } = await opened();
  const { version } = stage.world.ticket(id);
  const data = { ticket: id, nonce, how: 'video', denial: 'No, not like this', comment: 'CANARY', code: '000000' };
  const verbs = [
    'approve',
    'deny',
    'cancel',
    'take-over',
    'comment',
    'show',
    'prepare-show',
    'not-me',
    'thaw',
    'unshare',
  ];
  for (const verb of verbs) for (const who of [WHO.ada, WHO.bob, WHO.helen]) await invoke(who, { ...data, verb });
  expect(stage.world.ticket(id).version).toBe(version);
  expect(stage.world.entra.calls).not.toContain('passes.create');
});

test('it is cheap: a person is looked up in Entra once a minute, however often their client asks', async () => {
  const { id, nonce } = await opened();
  const data = { verb: 'refresh', ticket: id, nonce, subject: 'progress' };
  const before = stage.world.entra.calls.length;
  await invoke(WHO.ada, data);
  const first = stage.world.entra.calls.length - before;
  expect(first).toBeLessThanOrEqual(2);
  for (let n = 0; n < 10; n += 1) await invoke(WHO.ada, data);
  expect(stage.world.entra.calls.length - before).toBe(first);
});

test('what is none of the person’s business, or unknown, stays as it stands', async () => {
  const { id, nonce } = await opened();
  for (const data of [
    { verb: 'refresh', ticket: id, nonce },
    { verb: 'refresh', ticket: '01JNGZ0000000000000000K7Q2', nonce },
    { verb: 'refresh' },
  ]) {
    const answer = await invoke(WHO.mallory, data);
    expect(answer).toMatchObject({ statusCode: 400, value: { code: 'card-stays' } });
  }
});

test('nobody gets a card of the helpdesk’s by asking for it', async () => {
  const { id, nonce } = await opened();
  await stage.world.press('helen', id, 'comment', { text: 'CANARY-COMMENT' });
  const answer = await invoke(WHO.ada, { verb: 'refresh', ticket: id, nonce, subject: 'helpdesk' });
  expect(answer.statusCode).toBe(200);
  expect(textOf(answer)).not.toContain('CANARY');
  expect(textOf(await invoke(WHO.helen, { verb: 'refresh', ticket: id, nonce, subject: 'helpdesk' }))).toContain(
    'CANARY',
  );
});

describe('a secret on the screen', () => {
  test('the code that an approver reads stays: the client’s question is not answered while it stands', async () => {
    const { id } = await opened();
    await stage.teams.click(WHO.bob, 'latest', 'approve', { how: 'video' });
    await stage.world.rest();
    const nonce = `v${stage.world.ticket(id).version}`;
    const answer = await invoke(WHO.bob, { verb: 'refresh', ticket: id, nonce, subject: 'approval' });
    expect(answer).toMatchObject({ statusCode: 400, value: { code: 'card-stays' } });
  });

  test('no card from which a pass or a code can be shown refreshes itself', async () => {
    const { id } = await opened();
    const { vouchCode } = await stage.world.press('bob', id, 'approve', { how: 'video' });
    await stage.world.press('ada', id, 'choose-pass');
    await stage.world.rest();
    expect(refreshOf(WHO.ada)).toBeDefined();
    await stage.world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
    await stage.world.rest();
    expect(textOf(cardsOf(WHO.ada).at(-1)?.card)).toContain('prepare-show');
    expect(refreshOf(WHO.ada)).toBeUndefined();
  });

  test('a pass is never in the answer to an automatic invoke', async () => {
    const { id } = await opened();
    const { vouchCode } = await stage.world.press('bob', id, 'approve', { how: 'video' });
    for (const verb of ['choose-pass', 'vouch', 'prepare-show', 'show'] as const)
      await stage.world.press('ada', id, verb, { code: vouchCode!.reveal() });
    await stage.world.rest();
    const nonce = `v${stage.world.ticket(id).version}`;
    const answer = await invoke(WHO.ada, { verb: 'show', ticket: id, nonce });
    expect(answer).toMatchObject({ statusCode: 400, value: { code: 'card-stays' } });
  });
});

describe('a card that all in a channel see', () => {
  let channel: string;

  beforeEach(async () => {
    const members = [WHO.helen, WHO.hugo, WHO.mallory];
    channel = stage.place('Helpdesk');
    await stage.close();
    stage = await openStage({
      groups: [{ name: 'Helpdesk', kind: 'channel', members }],
      settings: { KEYVOUCH_HELPDESK_CHANNELS: channel },
      now: () => clock,
    });
    const { outcome } = await stage.world.ask('ada', { reason: 'CANARY-REASON' });
    await stage.teams.groups.say(channel, WHO.helen, `@Keyvouch ticket ${outcome.details!.view.shortId}`);
    await stage.world.rest();
  });

  const seenBy = (who: string) => {
    const [message] = stage.teams.groups.chat(channel, who).filter(({ from }) => from === 'bot');
    return textOf(message?.view ?? message?.card);
  };

  test('the helpdesk see their own view when they look at it, the others the plain one', async () => {
    for (const who of [WHO.hugo, WHO.mallory]) await stage.teams.groups.open(channel, who);
    expect(seenBy(WHO.hugo)).toContain('"comment"');
    expect(seenBy(WHO.mallory)).not.toMatch(/"comment"|CANARY|"cancel"/);
    // Helen has not looked yet: what she has is what stands there for all.
    expect(seenBy(WHO.helen)).not.toContain('"comment"');
  });

  test('who asks for the helpdesk’s view without being of it gets the plain one', async () => {
    const [ticket] = stage.world.store.all();
    const data = { verb: 'refresh', ticket: ticket!.id, nonce: `v${ticket!.version}`, subject: 'helpdesk' };
    const answer = await invoke(WHO.mallory, data, { group: channel });
    expect(answer.statusCode).toBe(200);
    expect(textOf(answer)).not.toMatch(/"comment"|CANARY|"cancel"/);
  });

  test('the view follows when the ticket moves on', async () => {
    await stage.teams.groups.open(channel, WHO.hugo);
    const asked = () =>
      stage.teams.traffic().filter(({ way, request }) => way === 'to-bot' && textOf(request).includes('"automatic"'))
        .length;
    const before = asked();
    const [ticket] = stage.world.store.all();
    await stage.world.press('bob', ticket!.id, 'deny', { text: 'Not now, sorry' });
    await stage.world.rest();
    // Whatever card is edited, the client asks for its person's own again, in its own time.
    const own = () => seenBy(WHO.hugo).includes('Denied') && seenBy(WHO.hugo).includes('"comment"');
    for (let n = 0; n < 100 && !own(); n += 1) await new Promise((done) => setTimeout(done, 10));
    expect(seenBy(WHO.hugo)).toMatch(/Denied.*"comment"/);
    expect(asked()).toBe(before + 1);
  });
});

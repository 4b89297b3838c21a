import { wordsFor } from '../../cards';
import { memberOf } from '../service/member';
import { MAIL, PASS } from '../service/testing/thief';
import { createWorld, type Name, WHO, type World } from '../service/testing/world';
import { clicked } from './clicks';
import { type Asker } from './desk';
import { said } from './said';
import { executed } from './said-and-clicked';

/** What is asked for in the chat and is not given: the reason is said, with the next step. */

let world: World;
beforeEach(async () => {
  world = await createWorld({ settings: MAIL });
});
afterEach(() => world.rest());

async function askerOf(who: Name): Promise<Asker> {
  return { deps: world.deps, member: await memberOf(world.deps, WHO[who]), words: wordsFor('en'), at: world.now() };
}

async function say(who: Name, line: string): Promise<string> {
  const { card } = await said(await askerOf(who), line, 'n');
  return JSON.stringify(card).replace(/[\u2066-\u2069]/g, '');
}

async function press(who: Name, verb: string, data: Record<string, string>): Promise<string> {
  const click = executed({ value: { action: { verb, data: { verb, ...data } } } });
  return JSON.stringify(await clicked(await askerOf(who), click!));
}

const { buttons, home, readiness, refusals, request } = wordsFor('en');
const nonce = '01JNGZ0000000000000000K7Q2';
const FORMS = ['onboarding', 'pass'].map((flow) => [flow]);

describe('while another request of the person is stopped', () => {
  beforeEach(async () => {
    const { id } = await world.ask('ada', PASS);
    await world.press('ada', id, 'not-me');
    await world.rest();
  });

  test.each(FORMS)('a new one is refused with that reason: %s', async (flow) => {
    const card = await press('ada', 'send-request', { subject: 'me', flow, nonce, reason: 'Broken phone' });
    expect(card).toContain(refusals['other-ticket-frozen'].say.slice(0, 40));
    for (const fine of [readiness.ok, readiness.warn]) expect(card).not.toContain(fine);
  });

  test.each(FORMS)('“Check first” says it before anything is sent: %s', async (flow) => {
    const card = await press('ada', 'check-ready', { subject: 'me', flow, nonce });
    expect(card).toContain(refusals['other-ticket-frozen'].todo);
  });

  test('the helpdesk reads it of them', async () => {
    expect(await say('helen', 'who Ada')).toContain(refusals['other-ticket-frozen'].todo);
  });
});

describe('a line that is no command', () => {
  test.each(['tell me a joke', 'I lost my phone', 'who am I', '**[x](https://evil.example)**'])(
    'is said not to be understood, and is not repeated: %s',
    async (line) => {
      const card = await say('ada', line);
      expect(card).toContain(home.unclear);
      expect(card).toContain('“I lost my key”');
      expect(card).not.toContain(line);
    },
  );

  test.each([
    ['Ich habe meine Karte verloren', request.titles['lost-key']],
    ['I need help with my PIN', request.titles['locked-pin']],
  ])('opens the form that it hints at, and asks for nothing: %s', async (line, title) => {
    world.addPasskey('ada', 'blue');
    const card = await say('ada', line);
    expect(card).toContain(title);
    expect(card).not.toContain(home.unclear);
    expect(world.store.all()).toEqual([]);
  });

  test.each(['hi', 'Hallo!', 'Guten Abend', 'thank you', ''])('a greeting is none: “%s”', async (line) => {
    const card = await say('ada', line);
    expect(card).toContain('Hello Ada');
    expect(card).not.toContain(home.unclear);
  });
});

describe('whoever has no key yet', () => {
  test('and writes of a lost one has nothing to send, but can ask for a first one', async () => {
    const card = await say('ada', 'I lost my key');
    expect(card).toContain(request.passkeysNone);
    expect(card).toContain(buttons.ask);
    expect(card).not.toContain('send-request');
  });

  test.each(['lost-key', 'locked-pin', 'spare-key'])(
    'and asks for %s can ask for a first one instead',
    async (flow) => {
      const data = { flow, nonce, reason: 'Left on the train' };
      expect(await press('ada', 'send-request', { subject: 'me', ...data })).toContain(buttons.ask);
      expect(await press('helen', 'send-request', { subject: 'other', person: 'Ada', ...data })).not.toContain(
        buttons.ask,
      );
    },
  );
});

test.each(['ticket', 'ticket please', 'assign', 'comment', 'nudge Bob', 'resend'])(
  'without a number it is said how to write one: %s',
  async (line) => {
    const [command] = line.split(' ');
    expect(await say('helen', line)).toContain(`“${command} KV-7Q2M-9D”`);
    expect(await say('helen', `${command} KV-2222-22`)).toContain(refusals['ticket-unknown'].say);
  },
);

test('a workstation that is confirmed while a request waits for one leads back to that request', async () => {
  const { id } = await world.ask('ada');
  await world.press('bob', id, 'approve', { how: 'video' });
  await world.addWorkstation('ada', { state: 'pairing' });
  const open = world.ticket(id).shortId;
  expect(await say('ada', 'workstations')).not.toContain(open);
  expect(await press('ada', 'confirm-workstation', { subject: 'ws-ada' })).toContain(open);
  await world.press('ada', id, 'cancel');
  expect(await say('ada', 'workstations')).not.toContain(open);
});

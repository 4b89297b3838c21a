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

async function press(who: Name, verb: string, data: Record<string, string>): Promise<string> {
  const click = executed({ value: { action: { verb, data: { verb, ...data } } } });
  return JSON.stringify(await clicked(await askerOf(who), click!));
}

const { readiness, refusals } = wordsFor('en');
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
    const { card } = await said(await askerOf('helen'), 'who Ada', 'n');
    expect(JSON.stringify(card)).toContain(refusals['other-ticket-frozen'].todo);
  });
});

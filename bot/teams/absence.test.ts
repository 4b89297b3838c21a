import { wordsFor } from '../../cards';
import { memberOf } from '../service/member';
import { createWorld, type Name, WHO, type World } from '../service/testing/world';
import { absence, sendAbsence, stopAbsence } from './absence';
import { clicked } from './clicks';
import { type Asker } from './desk';
import { said } from './said';
import { type Click, executed } from './said-and-clicked';

let world: World;
let bob: Asker;
beforeEach(async () => {
  world = await createWorld();
  bob = await askerOf('bob');
});
afterEach(() => world.rest());

async function askerOf(who: Name, lang = 'en'): Promise<Asker> {
  const member = await memberOf(world.deps, WHO[who]);
  return { deps: world.deps, member, words: wordsFor(lang), at: world.now(), timeZone: 'Europe/Berlin' };
}

function click(verb: string, data: Record<string, string> = {}): Click {
  const found = executed({ value: { action: { verb, data: { verb, ...data } } } });
  if (!found) throw new Error('no such click');
  return found;
}

const FORM = { awayFrom: '2026-03-02', awayUntil: '2026-03-05', person: 'Hugo' };
const textOf = (card: object) => JSON.stringify(card);

test.each(['away', 'I am away', 'Abwesend', 'Urlaub'])('“%s” shows what is entered, and the form', async (line) => {
  const { card } = await said(bob, line, 'nonce');
  expect(textOf(card)).toContain('"send-away"');
  expect(textOf(await clicked(bob, click('away')))).toEqual(textOf(await absence(bob)));
});

test('the form enters whole days where the person is, and the card says who decides; a second one ends it', async () => {
  const card = textOf(await clicked(bob, click('send-away', FORM)));
  expect(card).toContain('Hugo');
  expect(card).toContain('"end-away"');
  expect((await world.deps.conversations.absence(WHO.bob))?.value.list).toMatchObject([
    { delegate: { id: WHO.hugo }, from: '2026-03-01T23:00:00.000Z', until: '2026-03-05T23:00:00.000Z' },
  ]);
  const ended = textOf(await clicked(bob, click('end-away', { subject: '2026-03-01T23:00:00.000Z' })));
  expect(ended).toContain(bob.words.away.ended);
  expect(ended).not.toContain('"end-away"');
});

test.each<[string, Record<string, string>, string]>([
  ['days that are none', { ...FORM, awayFrom: 'tomorrow' }, 'away-times-odd'],
  ['a last day before the first', { ...FORM, awayUntil: '2026-02-01' }, 'away-times-odd'],
  ['nobody', { ...FORM, person: '' }, 'person-unknown'],
  ['a stranger', { ...FORM, person: 'Zacharias' }, 'person-unknown'],
  ['oneself', { ...FORM, person: 'Bob' }, 'delegate-is-you'],
])('with %s the form stands again with what is wrong, and what was typed', async (_, data, code) => {
  const card = textOf(await sendAbsence(bob, click('send-away', data)));
  const { say } = bob.words.refusals[code as 'away-times-odd'];
  expect(card).toContain(say.slice(0, 20));
  expect(card).toContain(data['awayUntil']);
  expect(await world.deps.conversations.absence(WHO.bob)).toBeUndefined();
});

test('with a name of several people asks whom', async () => {
  const namesake = { ...world.entra.people.get(WHO.hugo)!, id: '11111111-1111-4111-8111-000000000077' };
  world.entra.people.set(namesake.id, { ...namesake, userPrincipalName: 'hugo2@contoso.example' });
  const card = textOf(await sendAbsence(bob, click('send-away', FORM)));
  expect(card).toContain(namesake.id);
  expect(card).toContain(WHO.hugo);
});

test('the end of one that is not there changes nothing', async () => {
  await sendAbsence(bob, click('send-away', FORM));
  await stopAbsence(bob, 'nonsense');
  expect((await world.deps.conversations.absence(WHO.bob))?.value.list).toHaveLength(1);
});

test('the helpdesk’s queue says that the tenant’s limit is reached', async () => {
  const limits = JSON.stringify({ tenantAnHour: 1 });
  world = await createWorld({ settings: { KEYVOUCH_LIMITS: limits } });
  const helen = await askerOf('helen');
  const full = helen.words.block.queueFull.slice(0, 40);
  expect(textOf(await clicked(helen, click('queue')))).not.toContain(full);
  await world.ask('ada');
  expect(textOf(await clicked(helen, click('queue')))).toContain(full);
  world.wait(3600);
  expect(textOf(await clicked(helen, click('queue')))).not.toContain(full);
});

test('the denial that bars repeats has its own button, and the helpdesk one to lift it', async () => {
  const { id } = await world.ask('ada');
  const nonce = `v${world.ticket(id).version}`;
  const denied = await clicked(bob, click('deny-block', { ticket: id, nonce, denial: 'Not one of ours' }));
  expect(textOf(denied)).toContain(bob.words.block.holds.slice(0, 30));
  const helen = await askerOf('helen');
  const now = `v${world.ticket(id).version}`;
  const lifted = await clicked(helen, click('lift-block', { ticket: id, nonce: now, denial: 'It was a mistake' }));
  expect(world.ticket(id).denial?.lifted?.reason).toBe('It was a mistake');
  expect(textOf(lifted)).toContain('Helen');
});

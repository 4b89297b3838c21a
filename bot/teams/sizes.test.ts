import { type AdaptiveCard, sharedTicketCard, wordsFor, withRefresh } from '../../cards';
import { memberOf } from '../service/member';
import { createWorld, type Name, WHO, type World } from '../service/testing/world';
import { sharedView } from '../tickets/shared';
import { clicked } from './clicks';
import { type Asker } from './desk';
import { cardMessage } from './reply';
import { executed } from './said-and-clicked';

/**
 * Teams takes "approximately 100 KB" from a bot, 28 KB by older copies of its documents. No card comes near the smaller
 * one, whatever is in the tenant. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
const MOST = 28 * 1024;
/** As long as a display name may be in Entra, in letters of two bytes. */
const LONG = 'Ä'.repeat(256);

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

async function drawn(who: Name, verb: string, data: Record<string, string> = {}) {
  const member = await memberOf(world.deps, WHO[who]);
  const asker: Asker = { deps: world.deps, member, words: wordsFor('de'), at: world.now() };
  const click = executed({ value: { action: { verb, data: { verb, ...data } } } });
  const card = await clicked(asker, click!);
  return measured(card);
}

function measured(card: AdaptiveCard) {
  const text = JSON.stringify(cardMessage(card));
  return { text, bytes: Buffer.byteLength(text) };
}

/** A tenant with a big helpdesk, and a desk workstation for each of them. */
async function crowd(): Promise<void> {
  const helpdesk = Array.from({ length: 300 }, (_, at) => `44444444-4444-4444-8444-${String(at).padStart(12, '0')}`);
  const hugo = world.entra.people.get(WHO.hugo)!;
  for (const id of helpdesk) {
    world.entra.people.set(id, { ...hugo, id, displayName: LONG });
    await world.addWorkstation('hugo', {
      id: `ws-${id}`,
      kind: 'desk',
      name: LONG,
      lastSeenAt: '2026-03-01T08:00:00.000Z',
    });
  }
  world.entra.groups.set(world.deps.settings.helpdeskGroup, [...helpdesk, WHO.helen]);
}

test('the form offers a list that Teams can hold, one’s own desk among it', async () => {
  await crowd();
  await world.addWorkstation('helen', { kind: 'desk', name: 'The desk of Helen' });
  const { bytes, text } = await drawn('helen', 'ask-other');
  expect(bytes).toBeLessThan(MOST);
  expect(text).toContain('The desk of Helen');
});

test('a ticket of the helpdesk with long names and everything written into it, and its lists', async () => {
  await crowd();
  for (const who of ['ada', 'bob', 'helen', 'hugo'] as const)
    world.entra.people.set(WHO[who], { ...world.entra.people.get(WHO[who])!, displayName: LONG });
  const { id } = await world.ask('ada', { reason: 'Ö'.repeat(500) });
  for (let n = 0; n < 12; n += 1) {
    await world.press('helen', id, 'comment', { text: 'Ü'.repeat(1000), nonce: `c${n}` });
  }
  const ticket = { ticket: id, nonce: 'v1' };
  for (const verb of ['open-ticket', 'history', 'deliveries', 'queue']) {
    const { bytes, text } = await drawn('helen', verb, ticket);
    expect(text).toContain('ÄÄÄ');
    expect([verb, bytes < MOST]).toEqual([verb, true]);
  }
  expect((await drawn('ada', 'home')).bytes).toBeLessThan(MOST);

  // In a channel sixty people may have it refreshed; a Teams id has up to 140 characters.
  const readers = Array.from({ length: 100 }, (_, at) => `29:${String(at).padStart(137, '1')}`);
  const plain = sharedTicketCard({ view: sharedView(world.ticket(id)) }, wordsFor('de'));
  const shared = withRefresh(plain, { ...ticket, slot: 'shared' }, readers, wordsFor('de'));
  expect(shared.refresh?.userIds).toHaveLength(60);
  expect(measured(shared).bytes).toBeLessThan(MOST);
});

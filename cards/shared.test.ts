import { sharedView } from '../bot/tickets/shared';
import { cardBreaches } from '../infra/cards/card-rules';
import { partsOf } from '../infra/cards/parts';
import { schemaBreaches } from '../infra/cards/schema';
import { HOSTILE } from '../infra/cards/samples';
import { statesOf } from '../infra/cards/states';
import { CAST, seenBy } from '../infra/cards/tickets';
import {
  ALL_WORDS,
  chatLink,
  helpdeskTicketCard,
  inPlace,
  publicTicketCard,
  REFRESHED_AT_MOST,
  sharedTicketCard,
  wordsFor,
  withRefresh,
} from './index';

const en = wordsFor('en');
const of = { ticket: '01KESAMPLE000000000007Q2M9D', nonce: 'v4', slot: 'shared' };

describe('a card that all in a conversation see', () => {
  test('has one button to the bot, which only looks', () => {
    for (const { ticket } of statesOf(CAST)) {
      const card = sharedTicketCard({ view: sharedView(ticket), chat: chatLink('app') }, en);
      const verbs = partsOf(card).flatMap(({ part }) => (part['type'] === 'Action.Execute' ? [part['verb']] : []));
      expect(verbs).toEqual(['open-ticket']);
    }
  });

  test('names nobody but the subject and who of the helpdesk has it', () => {
    for (const { name, ticket } of statesOf(HOSTILE)) {
      const { jonas, mira, reason } = CAST;
      const own = { ...ticket, subject: CAST.anna, requester: mira, reason, approvers: [] };
      const text = JSON.stringify(sharedTicketCard({ view: sharedView(own) }, en));
      expect({ name, has: [jonas.name, mira.name, 'payroll'].filter((one) => text.includes(one)) }).toEqual({
        name,
        has: [],
      });
    }
  });
});

test('the helpdesk’s own card in a conversation keeps to six buttons, those that destroy last', () => {
  for (const words of ALL_WORDS)
    for (const { name, ticket } of statesOf(CAST)) {
      const view = seenBy(CAST.otto, ticket, true);
      for (const [shared, verbs] of [
        [true, ['"unshare"']],
        [false, ['"share"', '"queue"']],
      ] as const) {
        const card = inPlace(helpdeskTicketCard({ view }, words), { view, shared }, words);
        expect({ name, breaches: cardBreaches(card) }).toEqual({ name, breaches: [] });
        for (const verb of verbs) expect(JSON.stringify(card)).toContain(verb);
      }
    }
});

test('what a search puts into a conversation names nobody', () => {
  const { shortId, flow, status } = statesOf(CAST)[0]!.ticket;
  const text = JSON.stringify(publicTicketCard({ shortId, flow, status, chat: chatLink('app', shortId) }, en));
  expect(text).toContain(shortId);
  expect(text).not.toMatch(/Anna|Jonas|payroll|Action\.Execute/);
});

describe('refresh', () => {
  const card = sharedTicketCard({ view: sharedView(statesOf(CAST)[0]!.ticket) }, en);

  test('is for at most so many people as Teams allows, and fits the schema', () => {
    const all = Array.from({ length: 80 }, (_, n) => `29:${n}`);
    const drawn = withRefresh(card, of, all, en);
    expect(drawn.refresh?.userIds).toHaveLength(REFRESHED_AT_MOST);
    expect(drawn.refresh?.action.data).toEqual({ verb: 'refresh', ticket: of.ticket, nonce: 'v4', subject: 'shared' });
    expect(schemaBreaches(drawn)).toEqual([]);
  });

  test('without people is none: Teams would ask for everybody', () => {
    expect(withRefresh(card, of, [], en)).toBe(card);
  });
});

test.each([
  [undefined, 'https://teams.microsoft.com/l/chat/0/0?users=28%3Aapp'],
  ['KV-7Q2M-9D', 'https://teams.microsoft.com/l/chat/0/0?users=28%3Aapp&message=KV-7Q2M-9D'],
  ['who a&b=c', 'https://teams.microsoft.com/l/chat/0/0?users=28%3Aapp&message=who%20a%26b%3Dc'],
])('the link to the chat with the bot, with the line %p', (line, url) => {
  expect(chatLink('app', line)).toBe(url);
});

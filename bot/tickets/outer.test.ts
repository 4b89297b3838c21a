import fc from 'fast-check';
import { type Command } from './commands';
import { decide } from './decide/decide';
import { evolve } from './evolve';
import { isOuterLink, isOuterNumber, type OuterChannel, type OuterNumber } from './outer';
import { SERVICE } from './people';
import { wantedOf } from './reactions';
import { laws } from './testing/law';
import { HELEN, opening, person, START } from './testing/story';
import { type Ticket } from './ticket';
import { viewOf } from './view';

const AT = START;
const helpdesk = { id: HELEN.id, name: HELEN.name, helpdesk: true };

function opened(outer?: readonly OuterChannel[]): Ticket {
  const { events } = decide(undefined, opening({ ...(outer && { outer }) }));
  return events.reduce<Ticket | undefined>((ticket, event) => evolve(ticket, event), undefined)!;
}

function after(ticket: Ticket, ...bodies: object[]): Ticket {
  return bodies.reduce<Ticket>((now, body) => {
    const command = { at: AT, by: SERVICE, ...body } as Command;
    return decide(now, command).events.reduce(evolve, now);
  }, ticket);
}

const tell = (to: OuterChannel, number?: OuterNumber) => ({ kind: 'outer-told', to, ...(number && { number }) });
const type = (number: string, url?: string) => ({
  ...{ kind: 'outer-number', helpdesk: true, by: person(HELEN), number },
  ...(url !== undefined && { url }),
});

test.each([
  ['INC0010023', true],
  ['IT-7', true],
  ['#4711', true],
  ['Ä 12/3', true],
  ['', false],
  ['<b>1</b>', false],
  ['[x](y)', false],
  ['x'.repeat(41), false],
  ['1\n2', false],
])('a number %j: %p', (text, valid) => {
  expect(isOuterNumber(text)).toBe(valid);
});

test.each([
  ['https://it.example/browse/IT-7', true],
  ['https://it.example', true],
  ['http://it.example/', false],
  ['javascript:alert(1)', false],
  ['https://user:password@it.example/', false],
  ['https://it.example/a b', false],
  [`https://it.example/${'x'.repeat(500)}`, false],
])('a link %j: %p', (text, valid) => {
  expect(isOuterLink(text)).toBe(valid);
});

test('each event is told to each receiver, up to its number; without a receiver nothing is', () => {
  const ticket = opened(['webhook', 'jira']);
  const { events } = decide(undefined, opening({ outer: ['webhook', 'jira'] }));
  const tellings = (one: Ticket) =>
    wantedOf(one, events, opening()).filter(({ effect }) => effect.kind === 'tell-outer');
  expect(tellings(ticket).map(({ effect }) => effect)).toEqual([
    { kind: 'tell-outer', to: 'webhook', upTo: ticket.version },
    { kind: 'tell-outer', to: 'jira', upTo: ticket.version },
  ]);
  expect(tellings(opened([]))).toEqual([]);
  expect(tellings(opened())).toEqual([]);
});

test('a number stays, until one comes from who knows better; nothing flaps between two', () => {
  const first = after(opened(['webhook', 'servicenow']), tell('webhook', { number: 'W1' }));
  expect(first.outer?.number).toMatchObject({ number: 'W1', by: 'webhook' });
  expect(after(first, tell('webhook', { number: 'W2' }))).toBe(first);
  const second = after(first, tell('servicenow', { number: 'INC1', url: 'https://it.example/1' }));
  expect(second.outer?.number).toMatchObject({ number: 'INC1', url: 'https://it.example/1', by: 'servicenow' });
  expect(after(second, tell('webhook', { number: 'W3' }))).toBe(second);
  const third = after(second, type('INC2'));
  expect(third.outer?.number).toEqual({ number: 'INC2', by: 'hand', at: AT });
  expect(after(third, tell('servicenow', { number: 'INC1' }))).toBe(third);
});

test('a number that is none is not taken from an answer; of an odd link only the number is', () => {
  const ticket = opened(['webhook']);
  expect(after(ticket, tell('webhook', { number: '<script>' }))).toBe(ticket);
  const linked = after(ticket, tell('webhook', { number: 'INC1', url: 'javascript:alert(1)' }));
  expect(linked.outer?.number).toEqual({ number: 'INC1', by: 'webhook', at: AT });
});

test.each([
  ['nobody of the helpdesk', { ...type('INC1'), helpdesk: false }, ['webhook'], 'helpdesk-only'],
  ['no other system', type('INC1'), undefined, 'outer-off'],
  ['an odd number', type('  '), [], 'outer-number-odd'],
  ['an odd link', type('INC1', 'http://it.example'), [], 'outer-link-odd'],
] as const)('typing a number, %s: refused', (_, body, outer, code) => {
  expect(decide(opened(outer), { at: AT, ...body } as Command)).toMatchObject({ events: [], refusal: { code } });
});

test('who cannot be told is said once, and taken back once something arrives', () => {
  const failed = after(opened(['webhook']), { kind: 'outer-failed', to: 'webhook', code: 'outer-gone' });
  expect(failed.outer?.failed).toEqual([{ to: 'webhook', code: 'outer-gone', at: AT }]);
  expect(after(failed, { kind: 'outer-failed', to: 'webhook', code: 'outer-busy' })).toBe(failed);
  expect(after(failed, { kind: 'outer-failed', to: 'jira', code: 'outer-busy' })).toBe(failed);
  expect(after(failed, tell('webhook')).outer?.failed).toEqual([]);
});

test('everybody of the ticket sees its number; what fails is for the helpdesk, who may type one until it came by itself', () => {
  const failed = after(opened(['webhook']), { kind: 'outer-failed', to: 'webhook', code: 'outer-gone' });
  const seen = (ticket: Ticket) => {
    const own = viewOf(ticket, { ...ticket.requester, helpdesk: false }, AT);
    const theirs = viewOf(ticket, helpdesk, AT);
    return { own: own?.outer, theirs: theirs?.outer, types: theirs?.can.includes('outer-number') };
  };
  expect(seen(failed)).toMatchObject({
    own: { failed: [] },
    theirs: { failed: [{ code: 'outer-gone' }] },
    types: true,
  });
  const numbered = after(failed, tell('webhook', { number: 'W1' }));
  const number = { number: 'W1', by: 'webhook' };
  expect(seen(numbered)).toEqual({ own: { number, failed: [] }, theirs: { number, failed: [] }, types: false });
  expect(seen(opened())).toEqual({ own: undefined, theirs: undefined, types: false });
});

const law = laws(fc);

law('telling never has itself told, and whatever else happens is told to the end', ({ moves }) => {
  for (const { after: ticket, events, command } of moves) {
    if (events.length === 0) continue;
    const tellings = wantedOf(ticket, events, command).filter(({ effect }) => effect.kind === 'tell-outer');
    const own = events.every(({ kind }) => kind === 'outer-failed' || kind === 'outer-restored');
    expect(tellings.map(({ effect }) => effect)).toEqual(
      own ? [] : ['webhook', 'jira'].map((to) => ({ kind: 'tell-outer', to, upTo: ticket.version })),
    );
  }
});

law('the link to the outer system changes nothing else of a ticket but that it calls the helpdesk', ({ moves }) => {
  for (const { before, after: ticket, command } of moves) {
    if (!command.kind.startsWith('outer-')) continue;
    const { outer: _before, version: _older, helpdeskCalled: _uncalled, ...rest } = before;
    const { outer: _after, version: _newer, helpdeskCalled: _called, ...now } = ticket;
    expect(now).toEqual(rest);
  }
});

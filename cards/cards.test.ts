import { Secret } from '../agent/protocol/secret';
import { type TicketView } from '../bot/tickets/view';
import { cardBreaches } from '../infra/cards/card-rules';
import { partsOf, textsOf } from '../infra/cards/parts';
import { lockedStates } from '../infra/cards/locked-states';
import { HOSTILE, samples } from '../infra/cards/samples';
import { statesOf } from '../infra/cards/states';
import { CAST, LATER, seenBy } from '../infra/cards/tickets';
import {
  ALL_WORDS,
  approvalCard,
  helpdeskTicketCard,
  pairCard,
  progressCard,
  queueCard,
  staleCard,
  wordsFor,
  workstationsCard,
  type AdaptiveCard,
  type Contact,
  type WorkstationRow,
  type WorkstationsModel,
} from './index';

const en = wordsFor('en');

function verbsIn(card: object): string[] {
  return partsOf(card).flatMap(({ part }) => (part['type'] === 'Action.Execute' ? [String(part['verb'])] : []));
}

describe.each(ALL_WORDS.map((words) => [words.lang, words] as const))('in %s', (_lang, words) => {
  test.each(samples().map((sample) => [sample.name, sample] as const))('%s', (_name, sample) => {
    expect(cardBreaches(sample.draw(words), sample.shows)).toEqual([]);
  });

  test('cards hold to the same rules when people have hostile names', () => {
    const breaches = samples(HOSTILE).flatMap(({ name, draw, shows }) =>
      cardBreaches(draw(words), shows).map((breach) => `${name}: ${breach}`),
    );
    expect(breaches).toEqual([]);
  });
});

const HOME_OR_LOOK = [...['history', 'deliveries', 'export', 'queue'], ...['home', 'pair', 'open-ticket', 'refresh']];
const draw: Record<string, (view: TicketView) => AdaptiveCard> = {
  progress: (view) => progressCard({ view }, en),
  approval: (view) => approvalCard({ view }, en),
  helpdesk: (view) => helpdeskTicketCard({ view }, en),
  stale: (view) => staleCard({ view }, en),
};

function everyView(): { name: string; view: TicketView }[] {
  return statesOf(CAST).flatMap(({ name, ticket }) => {
    const behalf = { ...ticket, requester: CAST.mira, hander: CAST.otto };
    return [
      { name, view: seenBy(CAST.anna, ticket) },
      { name, view: seenBy(CAST.mira, behalf) },
      { name, view: seenBy(CAST.otto, behalf) },
      { name, view: seenBy(CAST.otto, behalf, true) },
      ...(ticket.approvers.length > 0 ? [{ name, view: seenBy(CAST.jonas, ticket) }] : []),
    ];
  });
}

describe.each(Object.entries(draw))('the %s card', (_name, drawn) => {
  test('has no button that its reader may not press', () => {
    for (const { name, view } of everyView()) {
      const buttons = verbsIn(drawn(view)).filter((verb) => !HOME_OR_LOOK.includes(verb));
      expect({ name, not: buttons.filter((verb) => !(view.can as readonly string[]).includes(verb)) }).toEqual({
        name,
        not: [],
      });
    }
  });

  test('carries the nonce of the ticket in every button of the ticket', () => {
    for (const { view } of everyView())
      for (const { part } of partsOf(drawn(view)))
        if (part['ticket'] !== undefined) expect(part['nonce']).toBe(view.nonce);
  });
});

test('the reader may press on the progress card whatever the recipient can do now', () => {
  const needed = [
    'choose-workstation',
    'choose-pass',
    'vouch',
    'start-job',
    'prepare-show',
    'show',
    'signed-in',
    'cancel',
  ];
  for (const { name, view } of everyView()) {
    const can = view.can.filter((verb) => needed.includes(verb));
    // Without a workstation there is nothing to start; the card offers to pair one. In `choose` without any likewise.
    const missing = can.filter((verb) => !verbsIn(progressCard({ view }, en)).includes(verb));
    const elsewhere = name === 'register, unpaired' || name === 'job failed, workstation removed';
    const fine = ['choose-workstation', elsewhere ? 'start-job' : 'choose-pass'];
    expect({ name, missing: missing.filter((verb) => !fine.includes(verb)) }).toEqual({ name, missing: [] });
  }
});

test('an approver can approve, deny, and see the code, on their own card', () => {
  const state = (name: string) => statesOf(CAST).find((one) => one.name === name)!;
  const verbs = (name: string) => verbsIn(approvalCard({ view: seenBy(CAST.jonas, state(name).ticket) }, en));
  expect(verbs('waiting')).toEqual(expect.arrayContaining(['approve', 'deny']));
  expect(verbs('choose')).toContain('show-vouch-code');
  for (const ended of ['done', 'denied', 'cancelled', 'expired, undecided', 'frozen'])
    expect(verbs(ended)).toEqual(['refresh']);
});

test('who cannot see a code or a pass is never shown one', () => {
  for (const { view } of everyView())
    for (const drawn of Object.values(draw)) expect(textsOf(drawn(view)).join(' ')).not.toMatch(/481 ?516|K7#pW/);
});

test('the phone numbers of the directory are shown to those who must call back, and claimed to be missing to nobody', () => {
  const contact = { phones: ['+49 89 5550 1234'] };
  for (const { view } of everyView()) {
    const needed = view.can.includes('approve') || view.can.includes('show-vouch-code');
    const shown = JSON.stringify(approvalCard({ view, contact }, en));
    expect(shown.includes('5550')).toBe(needed);
    const none = JSON.stringify(approvalCard({ view, contact: { phones: [] } }, en));
    expect(none.includes(en.approval.noPhone)).toBe(needed);
  }
});

test('calling back can be chosen only where there is a number to call', () => {
  const { ticket } = statesOf(CAST).find((one) => one.name === 'waiting')!;
  const view = seenBy(CAST.jonas, ticket);
  const ways = (contact?: Contact) => {
    const drawn = partsOf(approvalCard({ view, ...(contact && { contact }) }, en));
    const how = drawn.find(({ part }) => part['id'] === 'how')!.part['choices'] as { value: string }[];
    return how.map(({ value }) => value);
  };
  expect(ways({ phones: ['+49 89 5550 1234'] })).toEqual(['in-person', 'video', 'called-back']);
  expect(ways({ phones: [] })).toEqual(['in-person', 'video']);
  expect(ways()).toEqual(['in-person', 'video']);
});

test.each([
  ['two workstations', ['NB-1', 'NB-2'], undefined, 'May be used at: \u2068NB-1\u2069, \u2068NB-2\u2069.'],
  ['none yet', [], undefined, 'No workstation is paired yet. \u2068Anna Keller\u2069 will confirm one.'],
  ['none, and somebody hands over', [], CAST.otto, undefined],
  ['not looked up', undefined, undefined, undefined],
])('the approver reads where the approval may be used: %s', (_what, workstations, hander, sentence) => {
  const { ticket } = statesOf(CAST).find((one) => one.name === 'waiting')!;
  const view = seenBy(CAST.jonas, { ...ticket, ...(hander && { requester: CAST.mira, hander }) });
  const contact = { phones: [], ...(workstations && { workstations }) };
  const said = textsOf(approvalCard({ view, contact }, en)).filter((text) => /May be used|paired yet/.test(text));
  expect(said).toEqual(sentence === undefined ? [] : [sentence]);
});

test('the command that pairs is shown to be copied letter by letter, whatever the address', () => {
  const service = 'https://key_vouch.example/**a**';
  const card = pairCard({ service, code: new Secret('K7Q2'), expiresAt: LATER, kind: 'own' }, en);
  const shown = partsOf(card).filter(({ part }) => String(part['text']).startsWith('keyvouch-agent'));
  expect(shown.map(({ part }) => part)).toEqual([
    { type: 'TextRun', text: `keyvouch-agent pair --service ${service}`, fontType: 'monospace' },
  ]);
});

const FINGERPRINT = ['harbour', 'velvet'];
test.each<[string, WorkstationsModel, string[]]>([
  ['one that waits', { list: [pairing('a', FINGERPRINT)] }, ['confirm-workstation a', 'refuse-workstation a', 'pair ']],
  ['one without words', { list: [pairing('a')] }, ['refuse-workstation a', 'pair ']],
  ['two that wait', { list: [pairing('a', FINGERPRINT), pairing('b', FINGERPRINT)] }, ['pair ']],
  ['none, for the helpdesk', { list: [], helpdesk: true }, ['pair ', 'pair desk']],
])('what can be done with %s on the card of workstations', (_what, model, pressed) => {
  const card = workstationsCard(model, en);
  const buttons = partsOf(card)
    .filter(({ part }) => part['type'] === 'Action.Execute')
    .map(({ part }) => part['data'] as Record<string, string>)
    .map(({ verb, subject }) => `${verb} ${subject ?? ''}`)
    .filter((one) => !/^(home|remove)/.test(one));
  expect(buttons).toEqual(pressed);
  expect(textsOf(card).join(' ').includes('velvet')).toBe(model.list.some(({ words }) => words !== undefined));
});

function pairing(id: string, words?: readonly string[]): WorkstationRow {
  return { id, name: `WS-${id}`, kind: 'own', state: 'pairing', ...(words && { words }) };
}

test('where nobody may approve, it is said who mends that', () => {
  const { ticket } = statesOf(CAST).find((one) => one.name === 'nobody may approve')!;
  const said = textsOf(progressCard({ view: seenBy(CAST.anna, ticket) }, en));
  expect(said).toContain(en.refusals['nobody-may-approve'].todo);
});

test('the helpdesk reads why a ticket is stuck once, what it can do once, and not that it was told', () => {
  for (const { ticket } of statesOf(CAST).filter((state) => state.ticket.parked)) {
    const said = textsOf(helpdeskTicketCard({ view: seenBy(CAST.otto, ticket, true) }, en));
    expect(said).toContain(en.canDo.title);
    expect(said).not.toContain(en.refusals['nobody-may-approve'].todo);
    expect(said).not.toContain(en.parked.told);
    expect(said.filter((text, at) => text.length > 40 && said.indexOf(text) !== at)).toEqual([]);
  }
});

test('who took over what is stuck looks after it, also where it is given to nobody', () => {
  const { ticket } = statesOf(CAST).find(({ name }) => name === 'parked, taken over')!;
  const view = seenBy(CAST.otto, ticket, true);
  expect(textsOf(helpdeskTicketCard({ view }, en))).not.toContain(en.assigning.nobody);
  expect(textsOf(queueCard({ part: 'all', page: [view], most: 5 }, en)).join(' ')).toContain('with \u2068Otto Brandt');
});

test('that there is no number to call is said once', () => {
  const { ticket } = statesOf(CAST).find(({ name }) => name === 'waiting')!;
  const said = (risks: { code: string }[]) =>
    textsOf(approvalCard({ view: seenBy(CAST.jonas, { ...ticket, risks }), contact: { phones: [] } }, en)).join(' ');
  expect(said([])).toContain(en.approval.noCallBack);
  expect(said([{ code: 'no-phone' }])).not.toContain(en.approval.noCallBack);
});

test('what the server did not like is said on every card of a ticket, once', () => {
  const { ticket } = statesOf(CAST).find((one) => one.name === 'code, one wrong')!;
  const problems = [
    { field: 'code' as const, code: 'code-wrong', facts: { triesLeft: 2 } },
    { field: 'comment' as const, code: 'too-late-to-cancel' },
  ];
  const cards = [
    progressCard({ view: seenBy(CAST.anna, ticket), problems }, en),
    approvalCard({ view: seenBy(CAST.jonas, ticket), problems }, en),
    helpdeskTicketCard({ view: seenBy(CAST.otto, ticket, true), problems }, en),
  ];
  for (const card of cards) {
    const said = textsOf(card).join('\n');
    expect(said.split(en.refusals['too-late-to-cancel'].say)).toHaveLength(2);
    expect(said.split('That was not the code')).toHaveLength(2);
  }
});

test('comments are on the helpdesk card alone', () => {
  const [state] = statesOf(CAST);
  const comments = [{ by: CAST.otto, at: state!.ticket.openedAt, text: 'called twice' }];
  const view = seenBy(CAST.otto, { ...state!.ticket, comments }, true);
  expect(JSON.stringify(helpdeskTicketCard({ view }, en))).toContain('called twice');
  expect(JSON.stringify(progressCard({ view }, en))).not.toContain('called twice');
});

test.each([
  ['waiting', 'Waiting for approval'],
  ['choose', 'Approved. How shall we start?'],
  ['code dead', 'The code was wrong three times'],
  ['job started', 'Go on at'],
  ['show, prepared', 'See your pass'],
  ['appear, used up', 'Add your key now'],
  ['done', 'Your key is ready'],
  ['denied', 'The request was denied'],
  ['cancelled', 'The request was cancelled'],
  ['expired, unused', 'The approval was not used in time.'],
  ['frozen', 'Stopped for safety'],
])('the card of a ticket that is %s says so', (name, sentence) => {
  const { ticket } = statesOf(CAST).find((one) => one.name === name)!;
  expect(textsOf(progressCard({ view: seenBy(CAST.anna, ticket) }, en)).join('\n')).toContain(sentence);
});

test('what was typed is kept where the server did not like it', () => {
  const sample = samples().find(({ name }) => name === 'request: other, unknown')!;
  const inputs = partsOf(sample.draw(en))
    .map(({ part }) => part)
    .filter(({ id }) => id !== undefined);
  expect(inputs.find(({ id }) => id === 'person')).toMatchObject({ value: 'Kellr' });
  expect(inputs.find(({ id }) => id === 'reason')).toMatchObject({ value: CAST.reason });
});

describe('a locked key', () => {
  const lockedTicket = (name: string) => lockedStates(CAST).find((one) => one.name === `locked key, ${name}`)!.ticket;

  test('which passkey is on it is asked of whoever has it in hand, and of nobody else', () => {
    const ticket = { ...lockedTicket('locked, which passkey?'), requester: CAST.mira, hander: CAST.otto };
    const inputs = (who: typeof CAST.otto) =>
      partsOf(progressCard({ view: seenBy(who, ticket) }, en)).filter(({ part }) => part['id'] === 'passkeys');
    expect(inputs(CAST.otto)).toHaveLength(1);
    expect(inputs(CAST.mira)).toHaveLength(0);
  });

  test('that is not erased, because of its model, loses no passkey: none is said to go', () => {
    const ticket = lockedTicket('locked, of a model that is out');
    for (const card of [
      progressCard({ view: seenBy(CAST.anna, ticket) }, en),
      helpdeskTicketCard({ view: seenBy(CAST.otto, ticket, true) }, en),
    ])
      expect(textsOf(card).join('\n')).not.toContain('goes as soon as');
  });
});

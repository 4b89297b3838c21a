import { type Ticket } from '../bot/tickets/ticket';
import { statesOf } from '../infra/cards/states';
import { textsOf } from '../infra/cards/parts';
import { CAST, seenBy } from '../infra/cards/tickets';
import { ALL_WORDS, approvalCard, helpdeskTicketCard, wordsFor } from './index';

/** Three wrong codes: whoever reads of it is told what to press, and has the button or knows who has. */

const en = wordsFor('en');
const first = statesOf(CAST).find(({ name }) => name === 'code dead')!.ticket;
const pass: Ticket = { ...first, flow: 'pass' };
const told = { person: CAST.jonas, via: 'manager', mails: [] } as const;
const said = (card: object) =>
  textsOf(card)
    .join('\n')
    .replace(/[\u2060\u2066-\u2069]/g, '');
const approver = (ticket: Ticket) => said(approvalCard({ view: seenBy(CAST.jonas, ticket) }, en));
const helpdesk = (ticket: Ticket) => said(helpdeskTicketCard({ view: seenBy(CAST.otto, ticket, true) }, en));

test('the approver presses “This is not right”, where that is on the card', () => {
  expect(approver({ ...pass, told })).toContain('Call Anna Keller. If it was not them, press “This is not right …”');
  expect(approver({ ...pass, told })).toContain(en.buttons.not_right_);
});

test.each([
  ['a recovery of which others hear', pass],
  ['a first key', first],
])('the approver without that button tells the helpdesk: %s', (_, ticket) => {
  expect(approver(ticket)).toContain('Call Anna Keller. If it was not them, tell the helpdesk at once.');
  expect(approver(ticket)).not.toContain(en.buttons.not_right_);
});

test.each([
  ['a first key, which nobody can stop so', first, en.canDo.notThem.none],
  ['a recovery', pass, en.canDo.notThem.own],
  ['one that the manager hears of', { ...pass, told }, en.canDo.notThem.told.replace('{name}', CAST.jonas.name)],
  [
    'one that the subject hears of elsewhere',
    { ...pass, told: { ...told, via: 'other-address' } },
    en.canDo.notThem.own,
  ],
] as const)('the helpdesk reads who has the button: %s', (_, ticket, sentence) => {
  expect(helpdesk(ticket)).toContain(sentence);
});

test('the buttons are called what they are called', () => {
  for (const { buttons, canDo, approval } of ALL_WORDS) {
    for (const sentence of [canDo.notThem.own, canDo.notThem.told]) expect(sentence).toContain(buttons.not_me_);
    for (const sentence of [canDo.notThem.told, approval.codeDeadStop]) expect(sentence).toContain(buttons.not_right_);
  }
});

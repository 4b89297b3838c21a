import { type Ticket } from '../bot/tickets/ticket';
import { otherFlows } from '../infra/cards/other-flows';
import { textsOf } from '../infra/cards/parts';
import { approvedTicket, CAST, NOW, seenBy } from '../infra/cards/tickets';
import { approvalCard, helpdeskTicketCard, progressCard, wordsFor } from './index';

/** What becomes of a lost key, said so that nobody keeps it usable by mistake. */

const en = wordsFor('en');
const { removal, vouch, cancelKeeps } = en.progress;
const state = (name: string): Ticket => otherFlows(CAST).find((one) => one.name === `lost key, ${name}`)!.ticket;
const own = (ticket: Ticket) => textsOf(progressCard({ view: seenBy(CAST.anna, ticket) }, en)).join('\n');
const desk = (ticket: Ticket) => textsOf(helpdeskTicketCard({ view: seenBy(CAST.otto, ticket, true) }, en)).join('\n');
/** A sentence without its places, up to the first. */
const start = (sentence: string) => sentence.split('{')[0]!;
const BY = '{{TIME(2026-01-12T08:22:00Z)}}';

test('after the approval it is said by when the key is gone, and nobody is sent to the approver any more', () => {
  const waits = own(state('waiting'));
  expect(waits).toContain(removal.waits);
  expect(waits).toContain('within ten minutes after the approval');
  for (const said of [own, desk].map((draw) => draw(state('choose')))) {
    expect(said).toContain(`goes by ${BY} at the latest`);
    expect(said).not.toMatch(/It helps to call|within ten minutes/);
  }
});

test('no moment is named that has passed', () => {
  const { decidedAt: _at, ...late } = state('choose');
  const said = own({ ...late, decidedAt: '2026-01-12T07:48:00.000Z' });
  expect(said).toContain('is being removed');
  expect(said).not.toContain('at the latest');
});

test('whoever types three wrong codes is not told to cancel while the lost key is still to go', () => {
  const said = own(state('code dead'));
  expect(said).toContain(start(vouch.deadLost));
  expect(said).toContain(`by ${BY}`);
  expect(said).not.toContain(vouch.deadCancel);
  expect(desk(state('code dead'))).toContain(`Do not cancel before ${BY}`);
});

test('cancelling is advised only to those who can cancel', () => {
  expect(own(state('code dead, removed'))).toContain(vouch.deadCall);
  const first = { way: 'pass', vouchTries: 3, parked: { step: 'vouch', code: 'code-dead', at: NOW } } as const;
  expect(own(approvedTicket(CAST, ['choose'], first))).toContain(vouch.deadCancel);
});

test('before a cancel it is said which key stays on the account, where one does', () => {
  for (const name of ['waiting', 'choose', 'code dead'])
    for (const said of [own, desk].map((draw) => draw(state(name)))) expect(said).toContain(start(cancelKeeps));
  for (const ticket of [state('being removed'), approvedTicket(CAST)])
    for (const said of [own, desk].map((draw) => draw(ticket))) expect(said).not.toContain(start(cancelKeeps));
});

test('the helpdesk is not told to call the helpdesk', () => {
  for (const name of ['waiting', 'expired: it still works']) {
    expect(own(state(name))).toMatch(/the helpdesk/);
    expect(desk(state(name))).not.toMatch(/(call|or) the helpdesk/);
  }
  const approver = textsOf(approvalCard({ view: seenBy(CAST.jonas, state('expired: it still works')) }, en));
  expect(approver.join('\n')).toContain(removal.stays);
});

import { Secret } from '../agent/protocol/secret';
import { otherFlows } from '../infra/cards/other-flows';
import { partsOf, textsOf } from '../infra/cards/parts';
import { statesOf } from '../infra/cards/states';
import { approvedTicket, CAST, LATER, seenBy } from '../infra/cards/tickets';
import { progressCard, vouchCodeCard, wordsFor } from './index';

/** A pass on a card: what it is for, and that a second one ends the first. */

const en = wordsFor('en');
const { show, appear } = en.progress;
const ticket = (name: string) => [...statesOf(CAST), ...otherFlows(CAST)].find((one) => one.name === name)!.ticket;
const card = (name: string) => progressCard({ view: seenBy(CAST.anna, ticket(name)) }, en);
const said = (name: string) => textsOf(card(name)).join('\n');
const shows = (name: string) => partsOf(card(name)).find(({ part }) => part['verb'] === 'show')?.part['title'];

test('whoever asks for a pass alone is not sent for a key', () => {
  expect(said('pass, to be shown')).toContain(show.alone.text);
  expect(said('pass, to be shown')).not.toMatch(/key at hand|add your key/);
  expect(said('show')).toContain(show.text);
});

test.each(['pass, just shown', 'appear, prepared again'])(
  'while a pass is valid none is called ready, and the button says that it makes a new one: %s',
  (name) => {
    expect(said(name)).toContain('The present one then ends.');
    expect(said(name)).not.toContain('Ready.');
    expect(shows(name)).toBe(en.buttons.show_new);
  },
);

test('where none is valid the one that was prepared is ready', () => {
  expect(said('show, prepared')).toContain('Ready.');
  expect(shows('show, prepared')).toBe(en.buttons.show);
});

test('with a valid pass the way to use it comes first', () => {
  const first = partsOf(card('appear, prepared again')).find(({ part }) => part['style'] === 'positive');
  expect(first?.part['title']).toBe(en.buttons.security_info);
  expect(said('appear, prepared again')).toContain(appear.text);
});

test('the last one is not offered once more', () => {
  const { generations, ...last } = ticket('pass, just shown');
  const view = seenBy(CAST.anna, { ...last, generations: [1, 2, 3].flatMap(() => generations) });
  expect(textsOf(progressCard({ view }, en)).join('\n')).not.toContain('The present one then ends.');
});

test('a pass that is in use is not said to end now', () => {
  expect(said('pass, in use')).toContain(en.steps.tidy.used);
  expect(said('pass, in use')).not.toContain(en.steps.tidy.now);
  expect(said('tidy')).toContain(en.steps.tidy.now);
});

test.each([
  ['pass', en.vouchCode.neverPass],
  ['onboarding', en.vouchCode.never],
] as const)('the approver reads what the code opens: %s', (flow, sentence) => {
  const view = seenBy(CAST.jonas, approvedTicket(CAST, [], { flow }));
  const texts = textsOf(vouchCodeCard({ view, code: new Secret('481516'), validUntil: LATER }, en));
  expect(texts).toContain(`! ${sentence}`);
});

import { type OutwardEvent } from '../bot/outer/event-schema';
import { sampleEvent } from '../bot/outer/sample-event.fixture';
import { outerStates } from '../infra/cards/outer-states';
import { textsOf } from '../infra/cards/parts';
import { CAST, seenBy } from '../infra/cards/tickets';
import { helpdeskTicketCard, outerNote, progressCard, wordsFor } from './index';

const en = wordsFor('en');
const de = wordsFor('de');
const state = (name: string) => outerStates(CAST).find((one) => one.name === name)!.ticket;
const own = (name: string) => textsOf(progressCard({ view: seenBy(CAST.anna, state(name)) }, en)).join('\n');
const theirs = (name: string) =>
  textsOf(helpdeskTicketCard({ view: seenBy(CAST.otto, state(name), true) }, en)).join('\n');

test('everybody sees the number and the way there', () => {
  for (const seen of [own('a number with a link'), theirs('a number with a link')]) {
    expect(seen).toContain('In ServiceNow');
    expect(seen).toContain('INC0010023');
    expect(seen).toContain('https://contoso.service-now.com/');
  }
  expect(own('no number yet')).not.toContain('ServiceNow');
});

test('what fails is said to the helpdesk alone, and that nothing waits for it', () => {
  expect(theirs('cannot be told')).toContain('ServiceNow is not hearing about this request');
  expect(theirs('cannot be told')).toContain(en.outer.failedNote);
  expect(own('cannot be told')).not.toContain('is not hearing');
});

test('a number is shown as text, whatever it looks like', () => {
  expect(own('a long number')).toContain('\\_\\*\\_');
});

const note = (more: Partial<OutwardEvent>, words = en) => outerNote({ ...sampleEvent(), ...more }, words);

test('notes say what happened, in the tenant’s language, with names only where they are told', () => {
  expect(note({})?.title).toContain('KV-7Q2M-9D');
  expect(note({})?.text).toContain('Ada');
  expect(note({ type: 'ticket.approved' })?.text).toBe('Approved.');
  expect(note({ type: 'ticket.approved' }, de)?.text).toBe('Zugestimmt.');
  expect(note({ subject: { id: 'id-ada' } })?.text).toContain('id-ada');
  expect(note({ type: 'ticket.parked', facts: { step: 'register', code: 'graph-denied' } })?.text).toContain(
    'graph-denied',
  );
});

test.each<[string, Partial<OutwardEvent>]>([
  ['what changes nothing for a reader', { type: 'ticket.changed' }],
  ['a comment that is not to leave Teams', { type: 'ticket.commented' }],
])('%s is no note', (_, more) => {
  expect(note(more)).toBeUndefined();
});

test('what people wrote is no markup there: not for ServiceNow, not for a browser that makes links by itself', () => {
  const text = note({ type: 'ticket.commented', text: '[code]<b>x</b>[/code] see https://evil.example' })?.text;
  expect(text).not.toContain('[code]');
  expect(text).not.toContain('https://');
});

import { type Removal, type Ticket } from '../bot/tickets/ticket';
import { partsOf, textsOf } from '../infra/cards/parts';
import { freezeSamples, freezeStates } from '../infra/cards/freeze-states';
import { CAST, seenBy } from '../infra/cards/tickets';
import { ALL_WORDS, approvalCard, notMePage, progressCard, ticketMail } from '.';

const [en, de] = ALL_WORDS;
const state = (name: string) => freezeStates(CAST).find((one) => one.name === name)!.ticket;
const verbsIn = (card: object) =>
  partsOf(card).flatMap(({ part }) => (part['type'] === 'Action.Execute' ? [String(part['verb'])] : []));
const drawn = (name: string) =>
  freezeSamples(CAST)
    .find((one) => one.name === name)!
    .draw(en!);

test('the subject can say so on the card of a recovery, also when it is done', () => {
  for (const name of ['told by mail', 'told by mail, done', 'told by mail, not sent'])
    expect(verbsIn(progressCard({ view: seenBy(CAST.anna, state(name)) }, en!))).toContain('not-me');
});

test('so can the manager who is told, also on an approval card; an approver who is not told cannot', () => {
  expect(verbsIn(drawn('progress: told by mail, as told by mail'))).toContain('not-me');
  const { told, ...ticket } = state('told by mail');
  const card = (who: object) => approvalCard({ view: seenBy(CAST.jonas, { ...ticket, ...who }) }, en!);
  expect(verbsIn(card({ told: { ...told, person: CAST.jonas } }))).toEqual(['approve', 'deny', 'not-me']);
  expect(verbsIn(card({ told }))).toEqual(['approve', 'deny']);
});

test.each(ALL_WORDS.map((words) => [words.lang, words] as const))(
  'whoever would stop a removal with it reads so before, on the card and on the page, in %s',
  (_, words) => {
    const ticket = state('told by mail');
    const going = (become: Removal['state']) => ({
      ...ticket,
      removals: ticket.removals.map((one) => ({ ...one, state: become })),
    });
    const onCard = (one: Ticket) => textsOf(progressCard({ view: seenBy(CAST.anna, one) }, words)).join('\n');
    const onPage = (one: Ticket) => notMePage({ ticket: one, told: ticket.told!, blocks: true, state: 'ask' }, words);
    for (const become of ['named', 'due'] as const) {
      expect(onCard(going(become))).toContain(words.notMe.cardKeeps);
      expect(onPage(going(become))).toContain(words.notMe.keeps);
    }
    for (const become of ['removed', 'kept'] as const) {
      expect(onCard(going(become))).not.toContain(words.notMe.cardKeeps);
      expect(onPage(going(become))).not.toContain(words.notMe.keeps);
    }
  },
);

test('a frozen ticket says what is taken back, and never before it is', () => {
  const now = textsOf(drawn('progress: frozen, just now, as told by mail')).join('\n');
  expect(now).toContain(en!.progress.frozen.passGoes);
  expect(now).toContain(en!.progress.frozen.keysGo);
  expect(now).not.toContain(en!.progress.frozen.blocked);
  const then = textsOf(drawn('progress: frozen, all taken back, as told by mail')).join('\n');
  expect(then).toContain(en!.progress.frozen.passGone);
  expect(then).toContain('Keys taken off the account: 1.');
  expect(then).toContain(en!.progress.frozen.blocked);
});

test('the helpdesk can thaw once all is taken back, and reads who has said so already', () => {
  expect(verbsIn(drawn('helpdesk, no part in it: frozen, just now'))).not.toContain('thaw');
  expect(verbsIn(drawn('helpdesk, no part in it: frozen, all taken back'))).toContain('thaw');
  expect(textsOf(drawn('helpdesk, no part in it: frozen, one has said thaw')).join('\n')).toContain('A second person');
});

describe('the mail', () => {
  const link = 'https://keyvouch.example/api/not-me/TOKEN';
  const mail = (name: string, words = en!) => {
    const ticket = state(name);
    return ticketMail({ ticket, told: ticket.told!, link, until: '2026-01-20T08:00:00.000Z' }, words);
  };

  test.each(ALL_WORDS.map((words) => [words.lang, words] as const))('has one link, in %s', (_, words) => {
    const { html, subject } = mail('told by mail', words);
    expect(html.match(/https?:\/\/[^"<]+/g)).toEqual([link]);
    expect(subject).toContain('KV-7Q2M-9D');
    expect(html).toContain(`<html lang="${words.lang}">`);
    expect(`${html}${subject}`).not.toMatch(/\{\w+\}|undefined/);
  });

  test('says who asked, when, in the reader’s own calendar, and who decided', () => {
    expect(mail('told by mail').html).toContain('12 January 2026 at 07:48 UTC');
    expect(mail('told by mail', de).html).toContain('12. Januar 2026 um 07:48 UTC');
    expect(mail('told by mail, done').html).toContain('on video');
  });

  test('speaks to the subject at their other address as to the one it is about', () => {
    expect(mail('told by mail, not sent').html).toContain(en!.mail.linkOwn);
    expect(mail('told by mail').html).toContain(en!.mail.link);
  });
});

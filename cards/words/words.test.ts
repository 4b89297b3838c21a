import { READINESS_CODES } from '../../bot/entra/readiness';
import { sentences, wordBreaches } from '../../infra/cards/word-rules';
import { saidOf } from '../said';
import { de } from './de';
import { en } from './en';
import { ALL_WORDS, wordsFor } from './words-for';

test('every language says the same things, leaves the same places, and says nothing empty', () => {
  expect(ALL_WORDS.flatMap((one) => ALL_WORDS.flatMap((other) => wordBreaches(one, other)))).toEqual([]);
});

test('a language that lacks words, leaves other places or says nothing is found', () => {
  const broken = { ...de, product: ' ', home: { ...de.home, title: 'Hallo' } };
  expect(wordBreaches(en, broken)).toContain('en and de have other places at home.title');
  expect(wordBreaches(broken, en)).toContain('de says nothing at product');
  expect(wordBreaches(en, { ...de, home: {} as typeof de.home })).toContain('de lacks home.title');
});

test('German is German: no sentence was left in English', () => {
  const german = sentences(de);
  const same = [...sentences(en)].filter(([path, text]) => text.length > 16 && german.get(path) === text);
  expect(same).toEqual([]);
});

test('people are addressed with "Sie"', () => {
  const familiar = [...sentences(de)].filter(
    ([path, text]) => !path.startsWith('commands.') && /\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b/.test(text),
  );
  expect(familiar).toEqual([]);
});

test('buttons are short', () => {
  const long = ALL_WORDS.flatMap(({ buttons }) => Object.values(buttons).filter((title) => title.length > 32));
  expect(long).toEqual([]);
});

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE_ch', 'de'],
  ['en-GB', 'en'],
  ['fr-FR', 'en'],
  ['deu-nonsense', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('%p is answered in %s', (locale, lang) => {
  expect(wordsFor(locale).lang).toBe(lang);
});

const REFUSALS = [
  ...['not-yours', 'already-decided', 'already-approved', 'not-an-approver', 'is-requester', 'is-subject', 'is-hander'],
  ...[
    'is-same-person',
    'disabled',
    'external',
    'not-in-rule',
    'subject-disabled',
    'subject-external',
    'subject-privileged',
  ],
  ...['subject-privilege-unknown', 'subject-emergency', 'flow-stopped', 'nobody-may-approve', 'reason-missing'],
  ...[
    'reason-too-long',
    'recognition-missing',
    'denial-needs-reason',
    'not-waiting',
    'not-approved',
    'expired',
    'cancelled',
  ],
  ...['denied', 'done', 'too-late-to-cancel', 'may-not-open-for-others', 'hander-missing', 'hander-not-allowed'],
  ...[
    'duplicate-open',
    'code-wrong',
    'code-dead',
    'code-needed',
    'way-missing',
    'no-workstation',
    'workstation-not-yours',
  ],
  ...['workstation-not-active', 'workstation-not-approved', 'job-runs', 'job-unknown', 'job-over', 'number-wrong'],
  ...[
    'shows-used-up',
    'show-not-prepared',
    'show-in-progress',
    'press-show-again',
    'show-needs-execute',
    'pass-withheld',
  ],
  ...['not-parked', 'already-taken', 'helpdesk-only', 'comment-missing', 'comment-too-long', 'comments-full'],
  ...['show-too-slow', 'show-slow', 'pass-under-way', 'choose-workstation-first', 'no-attestation-roots'],
  ...['workstation-removed', 'registration-bad', 'key-u2f-only', 'short-id-taken'],
  ...['person-unknown', 'person-ambiguous', 'ticket-unknown', 'not-a-member', 'other-tenant'],
];

test.each([...new Set([...REFUSALS, ...READINESS_CODES])])('there are words for %s', (code) => {
  for (const words of ALL_WORDS) expect(saidOf(code, {}, words)?.say).toBeTruthy();
});

test('why a job is over is said first, where it is known', () => {
  expect(saidOf('job-over', { code: 'number-wrong' }, en)).toEqual(en.refusals['number-wrong']);
  expect(saidOf('job-over', { code: 'job-lapsed' }, en)).toEqual(en.faults['job-lapsed']);
  expect(saidOf('job-over', { code: 'cancelled' }, en)).toEqual(en.refusals.cancelled);
  for (const facts of [{}, { code: 'quite-new' }])
    expect(saidOf('job-over', facts, en)).toEqual(en.refusals['job-over']);
});

test('what stopped a flow is named, and a code without words is admitted', () => {
  expect(saidOf('flow-stopped', { code: 'self-service-off' }, en)?.say).toMatch(/switched off/);
  expect(saidOf('flow-stopped', { code: 'quite-new' }, en)?.say).toBe(en.refusals['flow-stopped'].say);
  expect(saidOf('quite-new', {}, en)).toBeUndefined();
  expect(saidOf('constructor', {}, en)).toBeUndefined();
});

test('facts are put in, made inert, and moments are shown in the time zone of the reader', () => {
  expect(saidOf('code-wrong', { triesLeft: 2 }, en)?.todo).toContain('2');
  expect(saidOf('subject-disabled', { name: '[x](https://evil.example)' }, en)?.say).toContain('\\[x\\]');
  expect(saidOf('subject-disabled', { name: '2026-01-12T08:12:00.000Z' }, en)?.say).toContain(
    '{{TIME(2026-01-12T08:12:00Z)}}',
  );
});

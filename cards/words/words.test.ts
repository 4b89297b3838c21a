import { join } from 'node:path';
import { READINESS_CODES } from '../../bot/entra/readiness';
import { samples } from '../../infra/cards/samples';
import { codesOf, sourcesOf } from '../../infra/cards/said-codes';
import { sentences, watched, wordBreaches } from '../../infra/cards/word-rules';
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

test('there are words for every code that the product may answer with', async () => {
  const codes = [...(await codesOf(join(__dirname, '../..'))).keys(), ...READINESS_CODES];
  expect(codes.length).toBeGreaterThan(150);
  for (const words of ALL_WORDS)
    expect(codes.filter((code) => !saidOf(code, {}, words)?.say && !Object.hasOwn(words.risks, code))).toEqual([]);
});

/** Looked up by a code of the product, or said elsewhere than on a card. */
const BY_CODE = /^(refusals|faults|readiness\.items|risks|history\.events|canDo\.codes)\.([\w.-]+?)(\.say|\.todo)?$/;
const NOT_ON_CARDS = /^(commands|hints|queueSaid|search|mail|notMe|outer\.(notes|said|systems)|files)\b/;
/** Rows of a table that has them all, which no ticket comes to. */
const WHOLE_TABLES =
  /^(request\.(titles|intros)\.return-key|steps\.|deliveries\.slots\.helpdesk|progress\.removal\.kept)/;

test('no words are left over: each is read by a card of the samples, or has its code in the product', async () => {
  const { words, read } = watched(en);
  for (const { draw } of samples()) draw(words);
  const product = [...(await sourcesOf(join(__dirname, '../..'))).values()].join('\n');
  const idle = [...sentences(en).keys()].filter((path) => {
    const code = BY_CODE.exec(path)?.[2];
    // `storage-full-${what}` is put together.
    if (code !== undefined && code !== 'generic')
      return !product.includes(`'${code}'`) && !code.startsWith('storage-full-');
    return !read.has(path) && !NOT_ON_CARDS.test(path) && !WHOLE_TABLES.test(path);
  });
  expect(idle).toEqual([]);
});

/** What a sentence tells people to press. */
const PRESSED = /(?:[Pp]ress|, then|drücken Sie|Drücken Sie|und dann)[^.„“]*? [„“]([^”“]+)[”“]/g;
test('what a sentence tells people to press is written on a button', () => {
  for (const words of ALL_WORDS) {
    const buttons = [...Object.values(words.buttons), ...Object.values(words.shared)];
    const pressed = [...sentences(words)].flatMap(([path, text]) =>
      [...text.matchAll(PRESSED)].map(([, title]) => ({ path, title })),
    );
    expect(pressed.length).toBeGreaterThan(10);
    expect(pressed.filter(({ title }) => !buttons.some((one) => one === title))).toEqual([]);
  }
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

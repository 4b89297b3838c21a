import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HistoryLine } from '../bot/tickets/desk-lines';
import { historyLine } from './history';
import { ALL_WORDS, wordsFor } from './words/words-for';

const en = wordsFor('en');
const line = (more: Partial<HistoryLine>): HistoryLine => ({
  ...{
    seq: 1,
    at: '2026-01-12T08:12:00.000Z',
    kind: 'opened',
    by: { kind: 'person', name: 'Ada' },
    names: [],
    facts: {},
  },
  ...more,
});
const said = (more: Partial<HistoryLine>): string =>
  historyLine(line(more), en).text.replace(/[\u2060\u2066-\u2069]/g, '');

test('every kind of event has its sentence in every language', () => {
  const source = readFileSync(join(__dirname, '../bot/tickets/events.ts'), 'utf8');
  const kinds = [...source.matchAll(/kind: '([a-z-]+)'/g)].map(([, kind]) => kind ?? '');
  expect(kinds.length).toBeGreaterThan(40);
  for (const words of ALL_WORDS) {
    const there = Object.keys(words.history.events);
    expect({ lang: words.lang, without: kinds.filter((kind) => !there.includes(kind)) }).toEqual({
      lang: words.lang,
      without: [],
    });
  }
});

test.each<[string, Partial<HistoryLine>, RegExp]>([
  ['who did it', { kind: 'assigned', names: ['Hugo'] }, /Ada gave it to Hugo$/],
  ['who took it', { kind: 'assigned', names: ['Ada'] }, /Ada looks after it$/],
  ['that keys were taken back', { kind: 'passkeys-taken-back', facts: { methodIds: 1 } }, /Keys .* were taken off/],
  ['that none had come', { kind: 'passkeys-taken-back', facts: { methodIds: 0 } }, /No key came with this request$/],
  ['Keyvouch itself', { kind: 'parked', by: { kind: 'service' }, code: 'graph-unreachable' }, /It got stuck\. .+/],
  [
    'a code without words',
    { kind: 'parked', by: { kind: 'service' }, code: 'quite-new' },
    /It got stuck\. Something unexpected happened \(code: quite-new\)\.$/,
  ],
  ['an event without words', { kind: 'quite-new' }, /Something else happened \(quite-new\)$/],
  [
    'somebody whose data was erased',
    { kind: 'denied', by: { kind: 'person' } },
    /somebody whose data was erased denied it: “…”$/,
  ],
  ['several people', { kind: 'nudged', names: ['Bob', 'Carol'] }, /Ada had Bob, Carol reminded$/],
])('%s', (_, more, expected) => {
  expect(said(more)).toMatch(expected);
});

test('what people wrote stays a text', () => {
  expect(historyLine(line({ text: '[x](https://evil.example) **now**' }), en).text).toContain('\\[x\\]');
});

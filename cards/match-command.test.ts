import fc from 'fast-check';
import { hintedCommand, matchCommand } from './match-command';
import { ALL_WORDS, wordsFor } from './words/words-for';

const en = wordsFor('en');
const de = wordsFor('de');

test.each([
  ['help', { command: 'home', rest: '' }],
  ['  Hi!  ', { command: 'home', rest: '' }],
  ['I need a security key.', { command: 'ask', rest: '' }],
  ['request for Anna Keller', { command: 'ask-other', rest: 'Anna Keller' }],
  ['Request for: Anna', { command: 'ask-other', rest: ': Anna'.slice(2) }],
  ['my requests', { command: 'my-tickets', rest: '' }],
  ['ticket KV-7Q2M-9D', { command: 'ticket', rest: 'KV-7Q2M-9D' }],
  ['comment called  her twice', { command: 'comment', rest: 'called her twice' }],
  ['Pair', { command: 'pair', rest: '' }],
  ['pair desk', { command: 'pair', rest: '' }],
  ['deutsch', { command: 'german', rest: '' }],
  ['Schlüssel für Anna Keller', { command: 'ask-other', rest: 'Anna Keller' }],
  ['Sicherheitsschlüssel', { command: 'ask', rest: '' }],
  ['Schlüssel beantragen', { command: 'ask', rest: '' }],
  ['Wartet auf mich?', { command: 'waiting', rest: '' }],
  ['meine Rechner', { command: 'workstations', rest: '' }],
])('%p', (message, matched) => {
  expect(matchCommand(message, ALL_WORDS)).toEqual(matched);
});

test.each(['', '   ', 'tell me a joke', 'keyboard broken', 'helpful', 'requested', 'waitingroom', '🔑'])(
  '%p is no command',
  (message) => {
    expect(matchCommand(message, ALL_WORDS)).toBeUndefined();
  },
);

test('words of a language that is not asked for are not known', () => {
  expect(matchCommand('hilfe', [en])).toBeUndefined();
  expect(matchCommand('hilfe', [de])).toEqual({ command: 'home', rest: '' });
});

test('everything that a language lists is understood as what it lists it for', () => {
  for (const words of ALL_WORDS)
    for (const [command, said] of Object.entries(words.commands))
      for (const text of said) {
        expect({ text, ...matchCommand(text, ALL_WORDS) }).toEqual({ text, command, rest: '' });
        expect(text).toBe(text.toLowerCase().normalize('NFC').trim());
      }
});

test.each([
  ['Ich habe meine Karte verloren', 'lost-key'],
  ['mein schlüssel ist weg', 'lost-key'],
  ['lost my keys', 'lost-key'],
  ['MY KEY WAS STOLEN!!', 'lost-key'],
  ['I need help with my PIN', 'locked-pin'],
  ['Hilfe, Schlüssel gesperrt.', 'locked-pin'],
  ['my phone fell into the sea', 'pass'],
  // Of two things nobody guesses which.
  ['I lost my phone', undefined],
  ['I lost my PIN', undefined],
  ['tell me a joke', undefined],
  ['Pinnwand, lostness, unterwegs', undefined],
  ['', undefined],
])('%p hints at %p', (message, hinted) => {
  expect(hintedCommand(message, ALL_WORDS)).toBe(hinted);
});

test('a hint is one word in small letters', () => {
  for (const { hints } of ALL_WORDS) for (const word of Object.values(hints).flat()) expect(word).toMatch(/^\p{Ll}+$/u);
});

test('any message has an answer, quickly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (message) => {
      const matched = matchCommand(message, ALL_WORDS);
      expect(matched === undefined || matched.rest.length <= message.length).toBe(true);
    }),
  );
});

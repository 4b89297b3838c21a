import fc from 'fast-check';
import { printable } from '../operations/printable';
import { inert, inertJson } from './inert';

const ACTIVE = /[\p{C}\p{Zl}\p{Zp}]/u;

it.each([
  ['an escape sequence', 'a\u001b[31mb', 'a?[31mb'],
  ['a C1 control', 'a\u009b2Jb', 'a?2Jb'],
  ['a bidi override', 'exe\u202egpj', 'exe?gpj'],
  ['a bell and a return', '\u0007\r', '??'],
  ['a line separator', 'a\u2028b', 'a?b'],
  ['half an emoji', 'a\ud83db', 'a?b'],
  ['words in any script', 'Åda 李 🔑\nnext', 'Åda 李 🔑\nnext'],
])('%s is only shown', (_, text, shown) => expect(inert(text)).toBe(shown));

it('nothing that steers a terminal is left, in text, in a cell or in JSON, and JSON loses nothing', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(text, (words) => {
      expect(inert(words).replaceAll('\n', '')).not.toMatch(ACTIVE);
      expect(printable(words, 20)).not.toMatch(ACTIVE);
      expect(Array.from(printable(words, 20)).length).toBeLessThanOrEqual(20);
      const json = inertJson({ words });
      expect(json.replaceAll('\n', '')).not.toMatch(ACTIVE);
      expect(JSON.parse(json)).toEqual({ words });
    }),
  );
});

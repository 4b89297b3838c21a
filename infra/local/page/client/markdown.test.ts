import fc from 'fast-check';
import { markdownToHtml } from './markdown';

test.each([
  ['plain words', '<p>plain words</p>'],
  ['**bold** and *slanted* and _too_', '<p><strong>bold</strong> and <em>slanted</em> and <em>too</em></p>'],
  ['snake_case_name', '<p>snake_case_name</p>'],
  ['\\*\\*not bold\\*\\* \\[x\\](https://x)', '<p>**not bold** [x](https://x)</p>'],
  ['one\n\ntwo', '<p>one</p><p>two</p>'],
  ['one\ntwo', '<p>one\ntwo</p>'],
  ['3. c', '<ol start="3"><li>c</li></ol>'],
  ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
  ['1. a\r2. b', '<ol start="1"><li>a</li><li>b</li></ol>'],
  [
    '[here](https://example.com/?a=1&b=2)',
    '<p><a href="https://example.com/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">here</a></p>',
  ],
  ['[x](javascript:alert`1`)', '<p>x</p>'],
  ['[x](data:text/html,<b>)', '<p>x</p>'],
  ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
])('%j', (text, html) => {
  expect(markdownToHtml(text)).toBe(html);
});

test('whatever the text, only the elements we know come out, and links with nothing but our attributes', () => {
  const piece = fc.constantFrom(
    '**',
    '*',
    '_',
    '[',
    '](',
    ')',
    '<b',
    '>',
    '"',
    "'",
    '\\',
    'https://a.b',
    'x',
    '\n',
    '&',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const rest = markdownToHtml(pieces.join(''))
        .replace(/<a href="https?:\/\/[^"<>]+" target="_blank" rel="noopener noreferrer">/g, '')
        .replace(/<ol start="\d+">/g, '')
        .replace(/<\/?(p|strong|em|ul|ol|li|a)>/g, '');
      expect(rest).not.toMatch(/[<>"]/);
    }),
    { numRuns: 2000 },
  );
});

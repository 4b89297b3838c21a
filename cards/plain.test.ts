import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { choice, label, plain } from './plain';

/** Reads more markup than any Teams client does: GitHub's Markdown, HTML, and links made of bare addresses. */
const markdown = new MarkdownIt({ html: true, linkify: true });

/** What a client that reads Markdown would show, as tags and as text. */
function rendered(text: string): { tags: string[]; shown: string } {
  const tokens = markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const visible = tokens.filter(({ type }) => type === 'text' || type === 'text_special' || type === 'code_inline');
  const tags = tokens.filter(({ type }) => !['text', 'text_special', 'inline', 'softbreak'].includes(type));
  return { tags: tags.map(({ type }) => type), shown: visible.map(({ content }) => content).join('') };
}

const PARAGRAPH = ['paragraph_open', 'paragraph_close'];
const seen = (text: string) => text.replace(/[\u2060\u2066-\u2069]/g, '');

/** Pieces that mean something in Markdown, HTML, links, mentions or text functions, so that random text is dangerous. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '*',
          '_',
          '**',
          '`',
          '```',
          '~~',
          '[',
          ']',
          '](',
          '(',
          ')',
          '!',
          '![',
          '<',
          '>',
          '</',
          '\\',
          '#',
          '# ',
          '- ',
          '1. ',
        ],
        ...[
          '> ',
          '|',
          '---',
          '===',
          '\n',
          '\n\n',
          '\t',
          '    ',
          '&amp;',
          '&#60;',
          '&lt;',
          '<at>',
          '</at>',
          '<!--',
          '{{',
          '}}',
        ],
        ...[
          'http://',
          'https://',
          'www.',
          'evil.example',
          'a@b.example',
          'mailto:',
          '//',
          'ftp://',
          '${',
          ':',
          '/',
          '.',
          '@',
        ],
        ...[
          '{{DATE(2026-01-01T00:00:00Z,SHORT)}}',
          '[a](https://e.example)',
          '<img src=x>',
          '\u202E',
          '\u200B',
          '\u0000',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.webUrl(),
      fc.emailAddress(),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

test('no markup, link, picture or HTML comes out of what people wrote', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom('', 'For ', '**Open** '), (text, before) => {
      const ours = rendered(`${before}x`).tags;
      expect(rendered(`${before}${plain(text, 1000)}`).tags).toEqual(plain(text) === '' && before === '' ? [] : ours);
    }),
    { numRuns: 3000 },
  );
});

test('a full stop in front makes no address of what follows', () => {
  expect(rendered(plain('.al!a.a@a.aa')).tags).toEqual(PARAGRAPH);
});

test('a choice that stands open is inert where it is read as Markdown, and readable where it is not', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const title = choice(text, 1000);
      if (title === '') return;
      expect(rendered(title).tags).toEqual(PARAGRAPH);
      expect(title).not.toMatch(/[\\`*_~[\]<>|]/);
    }),
    { numRuns: 2000 },
  );
  expect(seen(choice('NB_KELLER [home](https://a.example) **x**'))).toBe('NBˍKELLER (home)(https://a.example) ∗∗x∗∗');
});

test('it stays inert between words of ours that are bold', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const inert = plain(text, 1000);
      if (inert === '') return;
      expect(rendered(`**${inert}** asks`).tags.filter((tag) => !PARAGRAPH.includes(tag))).toEqual([
        'strong_open',
        'strong_close',
      ]);
    }),
    { numRuns: 2000 },
  );
});

test('no text function of Teams is left, and nothing reaches beyond the isolate', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const inert of [plain(text, 1000), label(text, 1000)]) {
        if (inert === '') return;
        expect(inert).toMatch(/^\u2068[^\u2066-\u2069]*\u2069$/);
        expect(inert.slice(1, -1).replace(/\u2060/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }
      expect(plain(text, 1000)).not.toMatch(/\{\{|\$\{/);
    }),
    { numRuns: 2000 },
  );
});

test('the text stays readable: what is shown is what was written, less what cannot be seen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 100 }), (text) => {
      const tidy = text.replace(/\s+/g, ' ').trim();
      expect(seen(rendered(plain(text)).shown)).toBe(tidy);
      expect(seen(label(text))).toBe(tidy);
    }),
  );
});

test.each([
  ['a name stays as it is', 'Zoë O’Neil-Müller', 'Zoë O’Neil-Müller'],
  ['lines become one', 'first\n\n# second\r\n- third', 'first # second - third'],
  ['another direction cannot leak', 'abc\u202Edef\u2066', 'abcdef'],
  ['zero-width characters go', 'Ad\u200Bmin\uFEFF', 'Admin'],
  ['unseen tag characters go', 'Bob\u{E0041}\u{E0042}', 'Bob'],
  ['letters drawn as nothing go', '\u3164\u2800Bob', 'Bob'],
  ['piled marks are cut', `e${'\u0301'.repeat(40)}`, `é${'\u0301'.repeat(4)}`],
  ['only spaces is nothing', ' \u00A0\n ', ''],
])('%s', (_rule, written, shown) => {
  expect(seen(label(written))).toBe(shown);
  expect(seen(rendered(plain(written)).shown)).toBe(shown);
});

test('what is too long is cut with an ellipsis, by letters and not inside one', () => {
  expect(seen(label('😀'.repeat(50), 10))).toBe(`${'😀'.repeat(9)}…`);
  expect(seen(plain('*'.repeat(50), 5))).toBe('\\*\\*\\*\\*…');
});

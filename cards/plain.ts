const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';
/** Not seen and without width; stands where two characters together would mean something. */
const WORD_JOINER = '\u2060';

/** Control, format (bidi, zero-width, tags), surrogate halves, private use and line separators. Spaces are kept apart. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
/** What is drawn as nothing though it counts as a letter or a sign: Hangul fillers, variation selectors, the Braille blank. */
const BLANK = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** More marks on one letter than any language needs draw over the lines around it. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** Markdown's own signs, and those of HTML and of mentions. */
const MARKUP = /[\\`*_~[\]<>|]/g;
/** Where a client would make a link, a picture, a character reference or a text function by itself. */
const JOINED = /&(?=[#\w])|[{$](?=\{)|\/(?=\/)|[.@:](?=\S)/g;

const AT_MOST = 120;

/**
 * What a person or a directory wrote, as one line of text and nothing else: no control, bidi or zero-width characters.
 * For button titles and lists that unfold, which are not read as Markdown; choices that stand open are, see `choice`. Longer than `atMost` characters: cut, with an ellipsis.
 */
export function label(text: string, atMost = AT_MOST): string {
  const isolated = shortened(tidy(text), atMost);
  return isolated === '' ? '' : `${FIRST_STRONG_ISOLATE}${isolated}${POP_DIRECTIONAL_ISOLATE}`;
}

/** Signs that look like Markdown's own, and mean nothing. */
const LOOKALIKE: Readonly<Record<string, string>> = {
  ...{ '\\': '\u2216', '`': '\u02CB', '*': '\u2217', _: '\u02CD', '~': '\u223C' },
  ...{ '[': '(', ']': ')', '<': '\u2039', '>': '\u203A', '|': '\u00A6' },
};

/**
 * The same for the title of a choice that stands open. Some clients read it as Markdown, others letter by letter, so
 * nothing can be escaped: what would mean something gives way to what looks like it.
 */
export function choice(text: string, atMost = AT_MOST): string {
  return label(text, atMost)
    .replace(MARKUP, (sign) => LOOKALIKE[sign] ?? '')
    .replace(JOINED, (sign) => `${sign}${WORD_JOINER}`);
}

/**
 * What a person or a directory wrote, made inert for a text that is read as Markdown: no emphasis, link, picture,
 * mention, list, HTML or text function comes out of it, and its direction cannot leak into our own words. Threat A37.
 */
export function plain(text: string, atMost = AT_MOST): string {
  const escaped = shortened(tidy(text), atMost)
    .replace(MARKUP, (sign) => `\\${sign}`)
    .replace(JOINED, (sign) => `${sign}${WORD_JOINER}`);
  return escaped === '' ? '' : `${FIRST_STRONG_ISOLATE}${escaped}${POP_DIRECTIONAL_ISOLATE}`;
}

/**
 * What a person or a directory wrote, for a mail or a page: none of it becomes a link by itself. It is still to be escaped
 * where it goes into HTML.
 */
export function inert(text: string, atMost = AT_MOST): string {
  return label(text, atMost).replace(JOINED, (sign) => `${sign}${WORD_JOINER}`);
}

function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\u0085]+/gu, ' ')
    .replace(UNSEEN, '')
    .replace(BLANK, '')
    .replace(PILED_MARKS, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function shortened(text: string, atMost: number): string {
  const letters = Array.from(text);
  return letters.length <= atMost
    ? text
    : `${letters
        .slice(0, atMost - 1)
        .join('')
        .trimEnd()}…`;
}

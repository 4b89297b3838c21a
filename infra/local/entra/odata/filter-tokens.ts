import { odataBadRequest } from '../graph-error';

/** A value written in a filter, with its Edm type. */
export type Literal =
  | { type: 'string'; value: string }
  | { type: 'boolean'; value: boolean }
  | { type: 'number'; value: number }
  | { type: 'date'; value: number }
  | { type: 'null'; value: null };

export type Token =
  | { kind: 'literal'; literal: Literal }
  | { kind: 'word'; text: string }
  | { kind: 'mark'; text: '(' | ')' | ',' | ':' };

const PATTERN =
  /\s+|'((?:[^']|'')*)'|(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?)(?![\w-])|(-?\d+(?:\.\d+)?)(?![\w-])|([A-Za-z_@][\w/.@]*)|([(),:])/y;

/** Cuts a `$filter` into tokens (OData 4.01 ABNF, the part that Graph takes). Throws Graph's 400. */
export const tokenize = (text: string): Token[] => {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < text.length) {
    const at = PATTERN.lastIndex;
    const match = PATTERN.exec(text);
    if (!match) throw odataBadRequest(`Invalid filter clause: Syntax error at position ${at} in '${text}'.`);
    const [, string, date, number, word, mark] = match;
    if (string !== undefined) {
      tokens.push({ kind: 'literal', literal: { type: 'string', value: string.replaceAll("''", "'") } });
    } else if (date !== undefined) {
      tokens.push({ kind: 'literal', literal: { type: 'date', value: Date.parse(date) } });
    } else if (number !== undefined) {
      tokens.push({ kind: 'literal', literal: { type: 'number', value: Number(number) } });
    } else if (word === 'true' || word === 'false') {
      tokens.push({ kind: 'literal', literal: { type: 'boolean', value: word === 'true' } });
    } else if (word === 'null') {
      tokens.push({ kind: 'literal', literal: { type: 'null', value: null } });
    } else if (word !== undefined) {
      tokens.push({ kind: 'word', text: word });
    } else if (mark !== undefined) {
      tokens.push({ kind: 'mark', text: mark as '(' });
    }
  }
  return tokens;
};

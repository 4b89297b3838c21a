import { odataBadRequest } from '../graph-error';
import { tokenize, type Literal, type Token } from './filter-tokens';

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'in' | 'startswith' | 'endswith' | 'contains';

/** A `$filter` as a tree. `any` holds the clause that one element of a collection must meet. */
export type Clause =
  | { kind: 'and' | 'or'; left: Clause; right: Clause }
  | { kind: 'not'; clause: Clause }
  | { kind: 'test'; field: string; operator: Operator; values: Literal[]; any: boolean };

const COMPARISONS = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const FUNCTIONS = new Set(['startswith', 'endswith', 'contains']);

/** Parses a `$filter`. Throws Graph's 400. */
export const parseFilter = (text: string): Clause => {
  const tokens = tokenize(text);
  let at = 0;
  const fail = (): never => {
    throw odataBadRequest(`Invalid filter clause: Syntax error in '${text}'.`);
  };
  const peek = (): Token | undefined => tokens[at];
  const isWord = (word: string): boolean => {
    const token = peek();
    return token?.kind === 'word' && token.text.toLowerCase() === word;
  };
  const mark = (wanted: string): void => {
    const token = tokens[at++];
    if (token?.kind !== 'mark' || token.text !== wanted) fail();
  };
  const word = (): string => {
    const token = tokens[at++];
    return token?.kind === 'word' ? token.text : fail();
  };
  const literal = (): Literal => {
    const token = tokens[at++];
    return token?.kind === 'literal' ? token.literal : fail();
  };

  /** `prefix` is the lambda variable inside an `any`. */
  const field = (name: string, variable: string | undefined, outer: string): string => {
    if (variable === undefined) return name;
    // `t/id` inside `targetResources/any(t: …)` is the field `targetResources/id`.
    if (name.startsWith(`${variable}/`)) return `${outer}${name.slice(variable.length)}`;
    return name === variable ? outer : fail();
  };

  const list = (): Literal[] => {
    mark('(');
    const values = [literal()];
    while (peek()?.kind === 'mark' && (peek() as { text: string }).text === ',') {
      at += 1;
      values.push(literal());
    }
    mark(')');
    return values;
  };

  const test = (variable?: string, outer = ''): Clause => {
    const name = word();
    const lower = name.toLowerCase();
    if (FUNCTIONS.has(lower)) {
      mark('(');
      const target = field(word(), variable, outer);
      mark(',');
      const value = literal();
      mark(')');
      return { kind: 'test', field: target, operator: lower as Operator, values: [value], any: variable !== undefined };
    }
    if (lower.endsWith('/any') && variable === undefined) {
      mark('(');
      const element = word();
      mark(':');
      const clause = test(element, name.slice(0, -4));
      mark(')');
      return clause;
    }
    const operator = word().toLowerCase();
    const target = field(name, variable, outer);
    const any = variable !== undefined;
    if (operator === 'in') return { kind: 'test', field: target, operator: 'in', values: list(), any };
    if (!COMPARISONS.has(operator)) fail();
    return { kind: 'test', field: target, operator: operator as Operator, values: [literal()], any };
  };

  const primary = (): Clause => {
    if (isWord('not')) {
      at += 1;
      return { kind: 'not', clause: primary() };
    }
    const token = peek();
    if (token?.kind === 'mark' && token.text === '(') {
      at += 1;
      const clause = or();
      mark(')');
      return clause;
    }
    return test();
  };
  const and = (): Clause => {
    let left = primary();
    while (isWord('and')) {
      at += 1;
      left = { kind: 'and', left, right: primary() };
    }
    return left;
  };
  const or = (): Clause => {
    let left = and();
    while (isWord('or')) {
      at += 1;
      left = { kind: 'or', left, right: and() };
    }
    return left;
  };

  const clause = or();
  if (at !== tokens.length) fail();
  return clause;
};

import { odataBadRequest, unsupportedQuery } from '../graph-error';
import { parseFilter, type Clause, type Operator } from './filter-parse';
import type { Literal } from './filter-tokens';
import { requireAdvanced, type Query } from './query';

/** What may be asked of one property: operators that work by default, and those that need the advanced index. */
export interface Filterable {
  type: 'string' | 'boolean' | 'date' | 'strings' | 'number';
  plain: readonly Operator[];
  advanced?: readonly Operator[];
}
export type FilterTable = Readonly<Record<string, Filterable>>;
type Row = Readonly<Record<string, unknown>>;

const check = (clause: Clause, table: FilterTable, resource: string): 'plain' | 'advanced' => {
  if (clause.kind === 'not') {
    check(clause.clause, table, resource);
    return 'advanced';
  }
  if (clause.kind !== 'test') {
    const sides = [check(clause.left, table, resource), check(clause.right, table, resource)];
    return sides.includes('advanced') ? 'advanced' : 'plain';
  }
  const field = table[clause.field];
  if (!field || (field.type === 'strings') !== clause.any) {
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${clause.field}' of resource '${resource}'.`,
    );
  }
  for (const { type } of clause.values) {
    const wanted = field.type === 'strings' ? 'string' : field.type;
    if (type !== wanted && type !== 'null') {
      throw odataBadRequest(
        `Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '${wanted}' and '${type}' for operator kind '${clause.operator}'.`,
      );
    }
  }
  if (field.plain.includes(clause.operator)) return 'plain';
  if (field.advanced?.includes(clause.operator)) return 'advanced';
  throw unsupportedQuery(
    `Unsupported Query. The operator '${clause.operator}' is not supported for property '${clause.field}' of resource '${resource}'.`,
  );
};

const orderOf = (left: string | number | boolean, right: string | number | boolean): number =>
  left === right ? 0 : left < right ? -1 : 1;

/** A stored value in the form that a literal of this type is compared with. */
const comparable = (actual: unknown, type: Literal['type']): string | number | boolean | null => {
  if (typeof actual === 'string') return type === 'date' ? Date.parse(actual) : actual.toLowerCase();
  return typeof actual === 'number' || typeof actual === 'boolean' ? actual : null;
};

type Comparable = string | number | boolean;
const COMPARE: Record<Operator, (left: Comparable, right: Comparable) => boolean> = {
  eq: (left, right) => left === right,
  in: (left, right) => left === right,
  ne: (left, right) => left !== right,
  startswith: (left, right) => String(left).startsWith(String(right)),
  endswith: (left, right) => String(left).endsWith(String(right)),
  contains: (left, right) => String(left).includes(String(right)),
  gt: (left, right) => orderOf(left, right) > 0,
  ge: (left, right) => orderOf(left, right) >= 0,
  lt: (left, right) => orderOf(left, right) < 0,
  le: (left, right) => orderOf(left, right) <= 0,
};

const comparison = (operator: Operator, { type, value }: Literal): ((actual: unknown) => boolean) => {
  const right = typeof value === 'string' ? value.toLowerCase() : value;
  const compare = COMPARE[operator];
  return (actual) => {
    const left = comparable(actual, type);
    if (right === null) return operator === 'ne' ? left !== null : operator === 'eq' && left === null;
    return left === null ? operator === 'ne' : compare(left, right);
  };
};

/** A clause made into a test once, for as many rows as there are. */
const testOf = (clause: Clause): ((row: Row) => boolean) => {
  if (clause.kind === 'not') {
    const inner = testOf(clause.clause);
    return (row) => !inner(row);
  }
  if (clause.kind !== 'test') {
    const [left, right] = [testOf(clause.left), testOf(clause.right)];
    return clause.kind === 'and' ? (row) => left(row) && right(row) : (row) => left(row) || right(row);
  }
  const { field, any } = clause;
  const comparisons = clause.values.map((value) => comparison(clause.operator, value));
  const one = (actual: unknown) => comparisons.some((holds) => holds(actual));
  return (row) => {
    const actual = row[field];
    return any && Array.isArray(actual) ? actual.some(one) : one(actual);
  };
};

/** Rows that meet the query's `$filter`, all without one. Throws Graph's 400 for what the resource cannot be asked. */
export const filterRows = <T extends object>(
  rows: readonly T[],
  query: Query,
  table: FilterTable,
  resource: string,
): T[] => {
  const text = query.options.get('filter');
  if (text === undefined) return [...rows];
  const clause = parseFilter(text);
  if (check(clause, table, resource) === 'advanced') requireAdvanced(query, `This filter on '${resource}'`);
  const holds = testOf(clause);
  return rows.filter((row) => holds(row as Row));
};

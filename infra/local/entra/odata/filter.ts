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

const compare = (operator: Operator, actual: unknown, { type, value }: Literal): boolean => {
  const left = comparable(actual, type);
  if (value === null) return operator === 'ne' ? left !== null : operator === 'eq' && left === null;
  if (left === null) return operator === 'ne';
  const right = typeof value === 'string' ? value.toLowerCase() : value;
  switch (operator) {
    case 'eq':
    case 'in':
      return left === right;
    case 'ne':
      return left !== right;
    case 'startswith':
      return String(left).startsWith(String(right));
    case 'endswith':
      return String(left).endsWith(String(right));
    case 'contains':
      return String(left).includes(String(right));
    case 'gt':
      return orderOf(left, right) > 0;
    case 'ge':
      return orderOf(left, right) >= 0;
    case 'lt':
      return orderOf(left, right) < 0;
    case 'le':
      return orderOf(left, right) <= 0;
  }
};

const holds = (clause: Clause, row: Row): boolean => {
  switch (clause.kind) {
    case 'not':
      return !holds(clause.clause, row);
    case 'and':
      return holds(clause.left, row) && holds(clause.right, row);
    case 'or':
      return holds(clause.left, row) || holds(clause.right, row);
    case 'test': {
      const actual = row[clause.field];
      const elements: unknown[] = clause.any && Array.isArray(actual) ? actual : [actual];
      return elements.some((element) => clause.values.some((value) => compare(clause.operator, element, value)));
    }
  }
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
  return rows.filter((row) => holds(clause, row as Row));
};

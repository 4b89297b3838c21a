import { createHash } from 'node:crypto';
import { unsupportedQuery } from '../graph-error';
import type { Query } from './query';

/** How long pages are without `$top`, and how long `$top` may make them. */
export interface PageRule {
  default: number;
  max: number;
}
export const DIRECTORY_PAGES: PageRule = { default: 100, max: 999 };

const fingerprint = (query: Query): string => createHash('sha256').update(query.raw).digest('base64url').slice(0, 12);

const offsetOf = (query: Query): number => {
  const token = query.options.get('skiptoken');
  if (token === undefined) return 0;
  const [print, offset] = Buffer.from(token, 'base64url').toString('latin1').split('~');
  // A token belongs to the query that it came with.
  if (print !== fingerprint(query) || offset === undefined || !/^\d+$/.test(offset)) {
    throw unsupportedQuery('invalid page token');
  }
  return Number(offset);
};

const topOf = (query: Query, rule: PageRule): number => {
  const top = query.options.get('top');
  if (top === undefined) return rule.default;
  if (!/^\d+$/.test(top) || Number(top) < 1 || Number(top) > rule.max) {
    throw unsupportedQuery(`Invalid page size specified: '${top}'. Must be between 1 and ${rule.max} inclusive.`);
  }
  return Number(top);
};

/**
 * Cuts a collection into pages; the next link is absolute and opaque.
 * @param self absolute URL of the collection, without query
 * @param limit the switch that makes pages shorter than asked for
 */
export const pageOf = <T>(
  rows: readonly T[],
  query: Query,
  rule: PageRule,
  self: string,
  limit: number | null,
): { rows: T[]; extra: Record<string, unknown> } => {
  const size = Math.min(topOf(query, rule), limit ?? Infinity);
  const from = offsetOf(query);
  const extra: Record<string, unknown> = {};
  if (query.options.get('count') === 'true') extra['@odata.count'] = rows.length;
  if (from + size < rows.length) {
    const token = Buffer.from(`${fingerprint(query)}~${from + size}`, 'latin1').toString('base64url');
    extra['@odata.nextLink'] = `${self}?${query.raw === '' ? '' : `${query.raw}&`}$skiptoken=${token}`;
  }
  return { rows: rows.slice(from, from + size), extra };
};

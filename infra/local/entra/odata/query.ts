import { odataBadRequest, unsupportedQuery } from '../graph-error';

const OPTIONS = ['select', 'filter', 'search', 'top', 'skip', 'count', 'orderby', 'expand', 'skiptoken'] as const;
export type QueryOption = (typeof OPTIONS)[number];

/** A parsed query string. `custom` holds what is not OData's own. */
export interface Query {
  readonly options: ReadonlyMap<QueryOption, string>;
  readonly custom: ReadonlyMap<string, string>;
  /** `ConsistencyLevel: eventual` was sent: the advanced, lagging index may be used. */
  readonly eventual: boolean;
  /** The raw string without `$skiptoken`, for next links. */
  readonly raw: string;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw odataBadRequest('The request URI is not valid.');
  }
};

const isOption = (name: string): name is QueryOption => (OPTIONS as readonly string[]).includes(name);

/** Parses `a=b&c=d`; `$` before an option may be left out, as Graph allows. Throws Graph's 400. */
export const parseQuery = (raw: string, consistencyLevel: string | undefined): Query => {
  const options = new Map<QueryOption, string>();
  const custom = new Map<string, string>();
  const kept: string[] = [];
  for (const part of raw.split('&').filter((one) => one !== '')) {
    const at = part.indexOf('=');
    const name = decode(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : decode(part.slice(at + 1));
    const bare = name.replace(/^\$/, '').toLowerCase();
    if (bare !== 'skiptoken') kept.push(part);
    if (!isOption(bare)) {
      if (name.startsWith('$')) throw odataBadRequest(`The query parameter '${name}' is not supported.`);
      custom.set(name, value);
      continue;
    }
    if (options.has(bare)) {
      throw odataBadRequest(
        `Query option '$${bare}' was specified more than once, but it must be specified at most once.`,
      );
    }
    options.set(bare, value);
  }
  return { options, custom, eventual: consistencyLevel?.toLowerCase() === 'eventual', raw: kept.join('&') };
};

/** Throws where the query has an option that this path does not take. */
export const allowOptions = (query: Query, allowed: readonly QueryOption[]): void => {
  for (const name of query.options.keys()) {
    if (!allowed.includes(name)) throw odataBadRequest(`The query parameter '$${name}' is not supported.`);
  }
};

/** Throws where something needs the advanced index and the caller did not ask for it. */
export const requireAdvanced = (query: Query, why: string): void => {
  if (!query.eventual || query.options.get('count') !== 'true') {
    throw unsupportedQuery(
      `${why} is supported only with the header 'ConsistencyLevel: eventual' and the query parameter '$count=true'.`,
    );
  }
};

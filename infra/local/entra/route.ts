import type { Area } from './graph-error';
import type { Query, QueryOption } from './odata/query';

/** A Graph call that was found to be for a route and allowed. */
export interface Call {
  readonly method: string;
  readonly version: 'v1.0' | 'beta';
  /** Decoded path parameters, by the names in the route's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** Parsed JSON, or undefined when there was no body. */
  readonly body: unknown;
  /** `https://host:port`, as the caller wrote it. */
  readonly base: string;
  /** Absolute URL of the path, without query. */
  readonly self: string;
  /** Permissions in the token. */
  readonly permissions: ReadonlySet<string>;
  /** Runs another call in the same token, for `$batch`. */
  readonly again: (inner: InnerRequest) => Promise<InnerReply>;
}

export interface InnerRequest {
  method: string;
  /** Path and query, with the version. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}
export interface InnerReply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export interface Reply {
  status: 200 | 201 | 202 | 204;
  body?: object;
}

/** One Graph operation: where it is, who may call it, and what it does. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly versions: readonly ('v1.0' | 'beta')[];
  /** After the version: `/users/{id}/manager`. Fixed segments are compared without regard to case. */
  readonly path: string;
  readonly area: Area;
  /** Of every row the token must hold at least one permission. */
  readonly needs: readonly (readonly string[])[];
  readonly options: readonly QueryOption[];
  /** Query parameters besides OData's: refused unless the route is one that ignores them. Default `refuse`. */
  readonly customQuery?: 'ignore' | 'notAllowed';
  /** Whether it changes the tenant. */
  readonly effect: boolean;
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

export const BOTH = ['v1.0', 'beta'] as const;
export const V1 = ['v1.0'] as const;
export const BETA = ['beta'] as const;

const pattern = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split(/(\{\w+\})/)
      .map((part) =>
        part.startsWith('{') ? `(?<${part.slice(1, -1)}>[^/]+?)` : part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'),
      )
      .join('')}$`,
    'i',
  );

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

export interface Found {
  route: Route;
  params: Record<string, string>;
}

/** Finds routes by path: a list of those of every method, the most literal path first. */
export const createFinder = (routes: readonly Route[]) => {
  const compiled = routes
    .map((route) => ({ route, expression: pattern(route.path), wild: route.path.split('{').length }))
    .sort((a, b) => a.wild - b.wild);
  return (version: string, path: string): Found[] =>
    compiled.flatMap(({ route, expression }) => {
      if (!(route.versions as readonly string[]).includes(version)) return [];
      const match = expression.exec(path);
      if (!match) return [];
      const params: Record<string, string> = {};
      for (const [name, value] of Object.entries(match.groups ?? {})) {
        const text = decode(value);
        if (text === undefined) return [];
        params[name] = text;
      }
      return [{ route, params }];
    });
};

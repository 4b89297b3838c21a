import { randomUUID } from 'node:crypto';
import { ZodError } from 'zod';
import { retryAfter } from '../retry-after';
import { isoTime } from './clock';
import type { Effect, Effects } from './effects';
import { badRequest, forbidden, GraphError, methodNotAllowed, odataBadRequest } from './graph-error';
import { allowOptions, parseQuery } from './odata/query';
import { createRateLimits } from './rate-limits';
import { createFinder, type InnerReply, type InnerRequest, type Route } from './route';
import type { Act } from './switches';
import type { Tenant } from './tenant';
import type { Tokens } from './tokens';

/** A request as it came in, with its body read. */
export interface GraphRequest {
  method: string;
  /** Path and query: `/v1.0/users?$top=1`. */
  url: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: unknown;
  base: string;
}

export interface GraphReply extends InnerReply {
  /** Set where a route was reached. */
  effect?: Effect;
}

const CODES: Readonly<Record<number, [code: string, message: string]>> = {
  429: ['TooManyRequests', 'Too many requests.'],
  503: ['serviceNotAvailable', 'The service is not able to answer now.'],
};
const OTHER_CODE = ['generalException', 'The service is not able to answer now.'] as const;

type Refuse = Pick<Extract<Act, { act: 'refuse' }>, 'status' | 'retryAfterSeconds'> &
  Partial<Extract<Act, { act: 'refuse' }>>;

const refusalOfAct = (act: Refuse, now: number): GraphError => {
  const [code, message] = CODES[act.status] ?? OTHER_CODE;
  const { retryAfterSeconds: seconds, retryAfterAs: as = 'seconds' } = act;
  const headers = seconds === null ? {} : retryAfter({ seconds, as }, now);
  return new GraphError(act.status, act.code ?? code, act.message ?? message, headers);
};

/** What a fault rule with `refuse` answers, before anything is done. */
export const replyOfAct = (act: Refuse, now: number, clientRequestId?: string): GraphReply =>
  errorReply(refusalOfAct(act, now), now, randomUUID(), clientRequestId);

const commonHeaders = (requestId: string, clientRequestId: string | undefined): Record<string, string> => ({
  'cache-control': 'no-cache',
  'strict-transport-security': 'max-age=31536000',
  'request-id': requestId,
  'client-request-id': clientRequestId ?? requestId,
  'x-ms-ags-diagnostic': JSON.stringify({ ServerInfo: { DataCenter: 'Sandbox', Slice: 'E', Ring: '0' } }),
});

const errorReply = (
  error: GraphError,
  now: number,
  requestId: string,
  clientRequestId: string | undefined,
): GraphReply => ({
  status: error.status,
  headers: { ...commonHeaders(requestId, clientRequestId), ...error.headers },
  body: {
    error: {
      code: error.code,
      message: error.message,
      innerError: {
        // The authentication methods service says its text twice.
        ...(error.code.startsWith('bad') ? { message: error.message } : {}),
        date: isoTime(now).slice(0, 19),
        'request-id': requestId,
        'client-request-id': clientRequestId ?? requestId,
      },
    },
  },
});

const asGraphError = (error: unknown): GraphError | undefined => {
  if (error instanceof GraphError) return error;
  if (error instanceof ZodError) {
    const issue = error.issues[0];
    return badRequest(`Invalid value for '${issue?.path.join('.') ?? ''}': ${issue?.message ?? 'not valid'}.`);
  }
  return undefined;
};

/** The front of Graph: token, path, permission and query are checked here, then the route does its work. */
export const createGraph = (
  tenant: Tenant,
  tokens: Tokens,
  effects: Effects,
  routes: readonly Route[],
  log: (line: string) => void,
) => {
  const find = createFinder(routes);
  const limit = createRateLimits(() => tenant.clock.now());

  const run = async (request: GraphRequest, requestId: string): Promise<GraphReply> => {
    const permissions = await tokens.verify(request.headers.authorization);
    const [pathname = '', rawQuery = ''] = request.url.split('?', 2);
    const [, version = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
    if (version !== 'v1.0' && version !== 'beta') {
      throw odataBadRequest(`Resource not found for the segment '${pathname.split('/')[1] ?? ''}'.`);
    }
    const found = find(version, path);
    if (found.length === 0) throw odataBadRequest(`Resource not found for the segment '${path.split('/')[1] ?? ''}'.`);
    const hit = found.find(({ route }) => route.method === request.method);
    if (!hit) throw methodNotAllowed(found[0]?.route.area ?? 'directory');
    const { route, params } = hit;

    const { method, url } = request;
    const clientRequestId = request.headers['client-request-id'];
    const named = clientRequestId === undefined ? {} : { clientRequestId };
    const note = (status: number): Effect =>
      effects.note({ method, path: route.path, url, status, requestId, ...named }, route.effect);
    try {
      if (tenant.switches.get().rateLimits === 'documented') limit(route.area);
      if (!route.needs.every((anyOf) => anyOf.some((permission) => permissions.has(permission)))) {
        throw forbidden(route.area);
      }
      const query = parseQuery(rawQuery, request.headers.consistencylevel);
      allowOptions(query, route.options);
      if (query.custom.size > 0 && route.customQuery === 'notAllowed') throw methodNotAllowed(route.area);
      const reply = await route.handle({
        method: request.method,
        version,
        params,
        query,
        body: request.body,
        base: request.base,
        self: `${request.base}${pathname}`,
        permissions,
        again: (inner: InnerRequest) => batched(inner, request),
      });
      // Nobody is told of an effect that a crash could still undo.
      if (route.effect) await tenant.store.settled();
      return {
        status: reply.status,
        headers: commonHeaders(requestId, request.headers['client-request-id']),
        body: reply.body,
        effect: note(reply.status),
      };
    } catch (error) {
      const refusal = asGraphError(error);
      if (refusal) note(refusal.status);
      throw error;
    }
  };

  const answer = async (request: GraphRequest): Promise<GraphReply> => {
    const requestId = randomUUID();
    const clientRequestId = request.headers['client-request-id'];
    try {
      return await run(request, requestId);
    } catch (error) {
      const refusal = asGraphError(error);
      if (refusal) return errorReply(refusal, tenant.clock.now(), requestId, clientRequestId);
      log(
        `entra: ${request.method} ${request.url} failed: ${error instanceof Error ? (error.stack ?? '') : 'unknown'}`,
      );
      const broken = new GraphError(500, 'generalException', 'The stand-in itself failed; see its log.');
      return errorReply(broken, tenant.clock.now(), requestId, clientRequestId);
    }
  };

  /** A call inside `$batch`: faults hit it too, but it has no connection of its own to lose. */
  const batched = async (inner: InnerRequest, outer: GraphRequest): Promise<InnerReply> => {
    const act = tenant.switches.nextFault(inner.method, inner.url);
    if (act?.act === 'refuse') return replyOfAct(act, tenant.clock.now());
    const reply = await answer({
      ...inner,
      base: outer.base,
      headers: { ...inner.headers, authorization: outer.headers.authorization },
    });
    if (act?.act !== 'loseReply') return reply;
    if (reply.effect) reply.effect.replied = false;
    return replyOfAct({ act: 'refuse', status: 504, retryAfterSeconds: null }, tenant.clock.now());
  };

  return { answer };
};
export type Graph = ReturnType<typeof createGraph>;

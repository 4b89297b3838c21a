import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { GraphError } from '../graph-error';
import { replyOfAct, type Graph, type GraphReply } from '../graph';
import type { EntraStandIn } from '../stand-in';
import type { Act } from '../switches';
import type { Tenant } from '../tenant';
import type { Tokens } from '../tokens';
import { parseJson, readBody } from './body';
import { streamEvents } from './events';
import { createOwnPaths } from './own-paths';

interface Parts {
  tenant: Tenant;
  tokens: Tokens;
  graph: Graph;
  /** Called late: the stand-in's object knows the port. */
  standIn: () => EntraStandIn;
  log: (line: string) => void;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
  /** Tells the effect that nobody heard of it. */
  lost?: () => void;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

const send = (response: ServerResponse, { status, headers, body }: Answer): void => {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': text.length, ...headers }).end(text);
};

/** The https server on the loopback address: token service, Graph, and the stand-in's own paths behind one port. */
export const startServer = async (parts: Parts, port: number) => {
  const { tenant, tokens, graph } = parts;
  const { tls } = tenant.state.identity;
  const closing = new AbortController();

  const asError = (error: unknown): GraphReply => {
    const refusal = error instanceof GraphError ? error : new GraphError(500, 'generalException', 'See the log.');
    if (refusal.status === 500) parts.log(`entra: ${error instanceof Error ? (error.stack ?? '') : 'unknown failure'}`);
    return {
      status: refusal.status,
      headers: {},
      body: { error: { code: refusal.code, message: refusal.message } },
    };
  };

  const login = async (method: string, path: string, base: string, text: string): Promise<Answer | undefined> => {
    const [, tenantName = '', rest = ''] = /^\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (method === 'POST' && rest === 'oauth2/v2.0/token') {
      return tokens.grant(tenantName, new URLSearchParams(text));
    }
    if (method !== 'GET' || tenantName.toLowerCase() !== tenant.state.identity.tenantId) return undefined;
    if (rest === 'v2.0/.well-known/openid-configuration') return { status: 200, body: tokens.discovery(base) };
    return rest === 'discovery/v2.0/keys' ? { status: 200, body: tokens.keys() } : undefined;
  };

  const answer = async (request: IncomingMessage, base: string): Promise<Answer> => {
    const method = request.method ?? 'GET';
    const url = request.url ?? '/';
    const path = url.split('?', 1)[0] ?? '/';
    const text = await readBody(request);
    const loggedIn = await login(method, path, base, text);
    if (loggedIn) return loggedIn;
    const headers = Object.fromEntries(Object.keys(request.headers).map((name) => [name, header(request, name)]));
    const body = parseJson(text, headers['content-type']);
    const reply = await graph.answer({ method, url, headers, body, base });
    const { effect } = reply;
    return {
      ...reply,
      ...(effect === undefined
        ? {}
        : {
            lost: () => {
              effect.replied = false;
            },
          }),
    };
  };

  const own = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    if (path === '/_standin/events') return streamEvents(parts.standIn(), response);
    const text = await readBody(request);
    // A page of another origin can only send simple content types.
    const body = request.method === 'POST' ? (parseJson(text, header(request, 'content-type')) ?? {}) : undefined;
    send(response, await createOwnPaths(parts.standIn())(request.method ?? 'GET', path, body));
  };

  const withFault = async (
    act: Act | undefined,
    request: IncomingMessage,
    response: ServerResponse,
    base: string,
  ): Promise<void> => {
    const cut = (how: 'reset' | 'hang'): void => {
      if (how === 'reset') request.socket.destroy();
    };
    switch (act?.act) {
      case 'refuse':
        return send(response, replyOfAct(act, tenant.clock.now(), header(request, 'client-request-id')));
      case 'reset':
      case 'hang':
        return cut(act.act);
      case 'loseReply': {
        const lost = await answer(request, base);
        if (lost.status < 300) lost.lost?.();
        if (act.as === 'reset' || act.as === 'hang') return cut(act.as);
        return send(
          response,
          replyOfAct({ act: 'refuse', status: act.as, retryAfterSeconds: null }, tenant.clock.now()),
        );
      }
      case 'delay':
        await sleep(act.ms, undefined, { signal: closing.signal });
        return send(response, await answer(request, base));
      case undefined:
        return send(response, await answer(request, base));
    }
  };

  const server = createServer({ cert: tls.certPem, key: tls.keyPem }, (request, response) => {
    const host = header(request, 'host') ?? '';
    const url = request.url ?? '/';
    const path = url.split('?', 1)[0] ?? '/';
    // Names other than the loopback ones come from a page that plays with DNS.
    if (!LOOPBACK.test(host)) return send(response, { status: 421, body: { error: 'wrong host' } });
    const work = path.startsWith('/_standin/')
      ? own(request, response, path)
      : withFault(tenant.switches.nextFault(request.method ?? 'GET', url), request, response, `https://${host}`);
    work.catch((error: unknown) => {
      if (closing.signal.aborted || response.headersSent) response.destroy();
      else send(response, asError(error));
    });
  });
  // A client that goes away in the middle is everyday weather.
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    close: async (): Promise<void> => {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

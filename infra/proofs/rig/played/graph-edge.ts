import { type TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { type EntraStandIn } from '../../../local/entra';
import { type PlayedClock } from './clock';
import { type Edges, type Failure, type Life } from './edges';

/** Graph also takes some reads as POST. */
const READS_BY_POST = /\/(\$batch|checkMemberGroups|checkMemberObjects)$/;

/** The call without anybody's id. */
export function graphLabel(method: string, url: URL): string {
  const path = url.pathname
    .replace(/^\/(v1\.0|beta)/, '')
    .replace(/(Methods)\/[^/]+$/, '$1/{method}')
    .replace(/\/users\/[^/]+/, '/users/{id}')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '{id}');
  return `${method} ${path}`;
}

function refusal({ status, code, retryAfter }: Exclude<Failure, string>): Response {
  const body = {
    error: { code: code ?? (status === 429 ? 'TooManyRequests' : 'serviceNotAvailable'), message: 'Not now.' },
  };
  const headers = {
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
  };
  return new Response(JSON.stringify(body), { status, headers });
}

/** A line that breaks, as `fetch` tells it. */
function broken(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
}

/** `fetch` as the product's Graph client has it, over the stand-in's Graph in this process. */
export function graphBehind(edges: Edges, life: Life, entra: EntraStandIn): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = init?.method ?? 'GET';
    const label = graphLabel(method, url);
    const flight = new Headers(init?.headers).get('client-request-id') ?? undefined;
    const resource = `${method} ${url.pathname}`;
    const writes = method !== 'GET' && !READS_BY_POST.test(url.pathname);
    const fail = async (as: Failure): Promise<Response> => {
      if (as === 'reset') throw broken();
      // The client's own limit ends the waiting.
      if (as === 'time-out') return new Promise<Response>(() => undefined);
      return refusal(as);
    };
    const call = { to: 'graph' as const, label, writes, resource, ...(flight !== undefined && { flight }) };
    return edges.pass(life, call, () => entra.fetch(url, init), fail);
  };
}

const Token = z.object({ access_token: z.string(), expires_in: z.number() });
/** A token is renewed so long before its end. */
const EARLY_MS = 300_000;

/** The app's own credential, as @azure/identity keeps one: a token until shortly before its end. */
export function credentialFor(entra: EntraStandIn, clock: Pick<PlayedClock, 'now'>): TokenCredential {
  let kept: { token: string; expiresOnTimestamp: number } | undefined;
  return {
    async getToken(scope) {
      const now = clock.now().getTime();
      if (kept && kept.expiresOnTimestamp - EARLY_MS > now) return kept;
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: entra.clientId,
        client_secret: entra.clientSecret,
        scope: 'https://graph.microsoft.com/.default',
      });
      if (![scope].flat().includes('https://graph.microsoft.com/.default')) throw new Error('another scope');
      const { body } = await entra.grant(form);
      const { access_token: token, expires_in: seconds } = Token.parse(body);
      kept = { token, expiresOnTimestamp: now + seconds * 1000 };
      return kept;
    },
  };
}

import { type TokenCredential } from '@azure/identity';
import { type Middleware } from '@microsoft/microsoft-graph-client';
import { flightOf } from './call';
import { within } from './within';

/** Where a token may go, and how it is got. */
export interface AuthenticationOptions {
  credential: TokenCredential;
  /** `https://graph.microsoft.com/.default` */
  scope: string;
  /** The one origin that may see a token: `https://graph.microsoft.com`. */
  origin: string;
}

/**
 * The authentication handler of the chain. The library's own leaves the token out without a word where it does not like
 * the address; this one refuses the call: a token goes over https to the configured origin, or nowhere.
 *
 * Caching is the credential's own work (@azure/identity keeps a token until shortly before it ends).
 */
export function authentication({ credential, scope, origin }: AuthenticationOptions): Middleware {
  let next: Middleware | undefined;
  return {
    setNext: (middleware) => {
      next = middleware;
    },
    execute: async (context) => {
      const flight = flightOf(context);
      if (!maySeeToken(flight.url, origin)) {
        flight.trouble = { kind: 'wrong-origin', sent: false };
        return;
      }
      try {
        const token = await within(flight.left(), (signal) => credential.getToken(scope, { abortSignal: signal }));
        if (token === null) throw new Error('the credential gave no token');
        context.options = {
          ...context.options,
          headers: { ...headersOf(context.options?.headers), Authorization: `Bearer ${token.token}` },
        };
      } catch (cause) {
        flight.trouble = { kind: 'no-token', sent: false, cause };
        return;
      }
      await next?.execute(context);
    },
  };
}

/** Whether `url` is https and on `origin`. */
export function maySeeToken(url: string, origin: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, origin: own } = new URL(url);
  return protocol === 'https:' && own === origin;
}

const headersOf = (headers: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries((headers ?? {}) as Record<string, unknown>).map(([k, v]) => [k, String(v)]));

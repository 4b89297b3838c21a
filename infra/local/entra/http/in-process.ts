import type { Graph } from '../graph';
import { parseJson } from './body';

/**
 * Graph without a socket: a `fetch` that the caller may put under a client, for proofs in which time is played. Tokens,
 * permissions and routes are the same; the fault switches are not asked, because the caller brings its own weather.
 */
export const createInProcess =
  (graph: Graph): typeof fetch =>
  async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = Object.fromEntries(new Headers(init?.headers).entries());
    const text = typeof init?.body === 'string' ? init.body : '';
    const reply = await graph.answer({
      method: init?.method ?? 'GET',
      url: `${url.pathname}${url.search}`,
      headers,
      body: parseJson(text, headers['content-type']),
      base: url.origin,
    });
    const body = reply.body === undefined ? null : JSON.stringify(reply.body);
    return new Response(body, {
      status: reply.status,
      headers: { ...reply.headers, 'content-type': 'application/json' },
    });
  };

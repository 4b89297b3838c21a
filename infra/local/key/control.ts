import { createServer, type Server } from 'node:http';

import type { KeyCondition } from './device';
import type { Address } from './listen';

/** What the control port can do to the key: the hands of a person. */
export interface Hands {
  hold(down: boolean): void;
  power(on: boolean): Promise<void>;
  condition(): KeyCondition;
}

/** HTTP, GET or POST: /touch/on, /touch/off, /power/on, /power/off; GET /state answers as JSON. */
export function listenForControl(hands: Hands, { host, port }: Address): Promise<Server> {
  const routes = new Map<string, () => void | Promise<void>>([
    ['/touch/on', () => hands.hold(true)],
    ['/touch/off', () => hands.hold(false)],
    ['/power/on', () => hands.power(true)],
    ['/power/off', () => hands.power(false)],
    ['/state', () => undefined],
  ]);

  const server = createServer((request, response) => {
    const act = routes.get(new URL(request.url ?? '/', 'http://key').pathname);
    const allowed = request.method === 'GET' || request.method === 'POST';
    // A page in a browser must not press the key's button: browsers say who they are, tools do not.
    const foreign = request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
    const status = foreign ? 403 : act === undefined ? 404 : allowed ? 200 : 405;
    const answer = (code: number): void => {
      response.writeHead(code, { 'content-type': 'application/json' });
      response.end(code === 200 ? JSON.stringify(hands.condition()) : '{}');
    };
    if (status !== 200 || act === undefined) return answer(status);
    void Promise.resolve(act()).then(
      () => answer(200),
      () => answer(500),
    );
  });

  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

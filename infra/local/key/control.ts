import { createServer, type Server } from 'node:http';

import type { KeyCondition } from './device';
import { fingerSamples, isFingerSample, type FingerSample } from './finger';
import type { Address } from './listen';

/** What the control port can do to the key: the hands of a person. */
export interface Hands {
  hold(down: boolean): void;
  finger(sample: FingerSample): void;
  fingerScript(samples: readonly FingerSample[]): void;
  power(on: boolean): Promise<void>;
  condition(): KeyCondition;
}

/**
 * HTTP, GET or POST: /touch/on, /touch/off, /power/on, /power/off; /finger/SAMPLE puts a finger on the reader once,
 * /finger/script?samples=SAMPLE,SAMPLE says what the reader is to see next; /state does nothing. All answer with the
 * condition of the key as JSON.
 */
export function listenForControl(hands: Hands, { host, port }: Address): Promise<Server> {
  const fingers = Object.keys(fingerSamples).filter(isFingerSample);
  const routes = new Map<string, (query: URLSearchParams) => void | Promise<void>>([
    ...fingers.map((sample): [string, () => void] => [`/finger/${sample}`, () => hands.finger(sample)]),
    ['/finger/script', (query) => hands.fingerScript(readSamples(query.get('samples') ?? ''))],
    ['/touch/on', () => hands.hold(true)],
    ['/touch/off', () => hands.hold(false)],
    ['/power/on', () => hands.power(true)],
    ['/power/off', () => hands.power(false)],
    ['/state', () => undefined],
  ]);

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://key');
    const act = routes.get(pathname);
    const allowed = request.method === 'GET' || request.method === 'POST';
    // A page in a browser must not press the key's button: browsers say who they are, tools do not.
    const foreign = request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
    const status = foreign ? 403 : act === undefined ? 404 : allowed ? 200 : 405;
    const answer = (code: number): void => {
      response.writeHead(code, { 'content-type': 'application/json' });
      response.end(code === 200 ? JSON.stringify(hands.condition()) : '{}');
    };
    if (status !== 200 || act === undefined) return answer(status);
    Promise.resolve(searchParams)
      .then(act)
      .then(
        () => answer(200),
        (error: unknown) => answer(error instanceof UnknownSample ? 400 : 500),
      );
  });

  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

class UnknownSample extends Error {
  override readonly name = 'UnknownSample';
}

function readSamples(list: string): FingerSample[] {
  return list.split(',').map((name) => {
    if (!isFingerSample(name)) throw new UnknownSample(name);
    return name;
  });
}

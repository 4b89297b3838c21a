import { randomUUID } from 'node:crypto';
import { type TokenCredential } from '@azure/identity';
import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { authentication } from './authentication';
import { Flight, type Call } from './call';
import { faultOf } from './faults';
import { noteRequest } from './noting';
import { problemOf } from './problem';
import { retryAfterMs } from './retry-after';
import { retrying, type Timing } from './retrying';
import { sending } from './sending';

const TIMEOUT_MS = 10_000;
/** A collection of more pages than this is taken for a loop. 999 to a page. */
const MOST_PAGES = 200;

/** One line for the log: numbers and names of operations, nothing of what was asked or answered. */
export interface GraphLogEntry {
  operation: string;
  status: number | 'none';
  attempts: number;
  ms: number;
  requestId: string;
}

export interface GraphOptions {
  /** Origin of Graph. Default `https://graph.microsoft.com`. */
  graphUrl?: string;
  /** Default `https://graph.microsoft.com/.default`. */
  scope?: string;
  credential: TokenCredential;
  fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  now?: () => number;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
  log?: (entry: GraphLogEntry) => void;
}

/** A good reply. */
export interface Reply<T> {
  status: number;
  data: T;
  /** The `client-request-id` that was sent: Microsoft's support finds the call by it. */
  requestId: string;
}

/** The calls of this room go through here. */
export interface Graph {
  /** One call; the reply's body parsed by `schema` (an empty body is undefined). Throws a Fault. */
  ask: <S extends z.ZodType>(call: Call, schema: S) => Promise<Reply<z.output<S>>>;
  /** A whole collection, page after page; `nextLink` is followed on Graph's own origin alone. */
  list: <S extends z.ZodType>(call: Call, item: S) => Promise<z.output<S>[]>;
  timing: Timing;
}

/**
 * Builds the client: Microsoft's library with our own chain in it: retry -> authentication -> sending. The library's own
 * handlers retry a POST, drop the token on some hosts, know no time limit and reorder links; these do not.
 */
export function createGraph(options: GraphOptions): Graph {
  const origin = new URL(options.graphUrl ?? 'https://graph.microsoft.com').origin;
  const scope = options.scope ?? 'https://graph.microsoft.com/.default';
  const timing: Timing = {
    now: options.now ?? Date.now,
    sleep: options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
    random: options.random ?? Math.random,
  };
  const client = Client.initWithMiddleware({
    baseUrl: origin,
    middleware: [
      retrying(timing),
      authentication({ credential: options.credential, scope, origin }),
      sending(options.fetch ?? fetch),
    ],
  });

  async function ask<S extends z.ZodType>(call: Call, schema: S): Promise<Reply<z.output<S>>> {
    const url = call.path.startsWith('/') ? origin + call.path : call.path;
    const flight = new Flight(call, url, randomUUID(), call.timeoutMs ?? TIMEOUT_MS);
    if (call.repeat !== 'read') noteRequest(flight.requestId);
    const started = timing.now();
    const reply = await fly(client, flight);
    options.log?.({
      operation: call.operation,
      status: reply?.status ?? 'none',
      attempts: flight.attempts,
      ms: timing.now() - started,
      requestId: flight.requestId,
    });
    if (reply === undefined || flight.trouble !== undefined) {
      throw faultOf(flight, { trouble: flight.trouble ?? { kind: 'network', sent: true } });
    }
    const graphRequestId = reply.headers.get('request-id') ?? undefined;
    const { readable, value } = parseJson(await reply.text());
    if (!reply.ok) {
      const wait = retryAfterMs(reply.headers.get('retry-after'), timing.now());
      throw faultOf(flight, { problem: problemOf(reply.status, value), graphRequestId, retryAfterMs: wait });
    }
    const parsed = schema.safeParse(value);
    if (!readable || !parsed.success) {
      throw faultOf(flight, { odd: parsed.error, status: reply.status, graphRequestId });
    }
    return { status: reply.status, data: parsed.data as z.output<S>, requestId: flight.requestId };
  }

  async function list<S extends z.ZodType>(call: Call, item: S): Promise<z.output<S>[]> {
    const page = z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() });
    const all: z.output<S>[] = [];
    let path = call.path;
    for (let pages = 1; ; pages++) {
      const { data } = await ask({ ...call, path }, page);
      all.push(...(data.value as z.output<S>[]));
      const nextLink = data['@odata.nextLink'];
      if (nextLink === undefined) return all;
      // A list that does not end, or stands still, must not be taken for a complete one.
      if (pages >= MOST_PAGES || nextLink === path) {
        throw faultOf(new Flight(call, path, randomUUID(), 0), { odd: 'endless paging', status: 200 });
      }
      path = absolute(nextLink) ? nextLink : new URL(nextLink, `${origin}/`).href;
    }
  }

  return { ask, list, timing };
}

const absolute = (link: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(link);

/** Sends through the library. Undefined: no reply; the flight's trouble says why. */
async function fly(client: Client, flight: Flight): Promise<Response | undefined> {
  const { call } = flight;
  const request = client
    .api(flight.url)
    .responseType(ResponseType.RAW)
    .header('client-request-id', flight.requestId)
    .header('return-client-request-id', 'true')
    .middlewareOptions([flight]);
  if (call.method === 'GET') return (await request.get()) as Response | undefined;
  if (call.method === 'DELETE') return (await request.delete()) as Response | undefined;
  if (call.method === 'PATCH') return (await request.patch(call.body)) as Response | undefined;
  return (await request.post(call.body)) as Response | undefined;
}

function parseJson(text: string): { readable: boolean; value: unknown } {
  if (text === '') return { readable: true, value: undefined };
  try {
    return { readable: true, value: JSON.parse(text) as unknown };
  } catch {
    return { readable: false, value: undefined };
  }
}

import { type Context } from '@microsoft/microsoft-graph-client';
import { type Problem } from './problem';

/**
 * What may happen when a call fails without a clear answer.
 * - `read`: changes nothing, asked again freely (also a POST that only asks, such as checkMemberGroups).
 * - `repeatable`: changes something, but a second time changes nothing more (DELETE, revoke sessions).
 * - `once`: a second time would do it twice (a pass, a passkey): only a clear "not now" (429) is tried again.
 */
export type Repeat = 'read' | 'repeatable' | 'once';

/** One call of Microsoft Graph. */
export interface Call {
  /** For logs and faults: `passes.create`. Never a path: paths hold people's ids and names. */
  operation: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From paths.ts, with version and query, already encoded; or an absolute link on the same origin. */
  path: string;
  repeat: Repeat;
  body?: unknown;
  /** Milliseconds for one attempt. Default 10 000. */
  timeoutMs?: number;
  /** What this operation's own refusals mean; undefined leaves the general meaning (faults.ts). */
  explain?: (problem: Problem) => Explanation | undefined;
}

/** An operation's own meaning of a refusal: what a person reads. */
export interface Explanation {
  code: string;
  say: string;
  todo: string;
  retry?: boolean;
  facts?: Readonly<Record<string, string | number | boolean>>;
}

/** Why there is no reply at all. `sent`: the request may have reached Graph, so it may have taken effect. */
export interface Trouble {
  kind: 'no-token' | 'wrong-origin' | 'timeout' | 'network' | 'too-long';
  sent: boolean;
  cause?: unknown;
}

/** A call on its way through the middleware chain, carried in the library's middleware options. */
export class Flight {
  attempts = 0;
  /** Milliseconds that are left of the time limit; the retry handler sets the clock at each attempt. */
  left: () => number = () => this.timeoutMs;
  trouble: Trouble | undefined;

  constructor(
    readonly call: Call,
    /** The exact address: the library's own would reorder a nextLink, which must be taken as it is. */
    readonly url: string,
    /** Sent as `client-request-id`. */
    readonly requestId: string,
    readonly timeoutMs: number,
  ) {}
}

/** The flight of a request in the chain. Every request of this room has one. */
export function flightOf(context: Context): Flight {
  const flight = context.middlewareControl?.getMiddlewareOptions(Flight);
  if (flight instanceof Flight) return flight;
  throw new TypeError('A Graph request without a flight: requests are made in client/graph.ts alone.');
}

import { appendFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

/**
 * Where the host may be killed: before and after every storage write and every outside call. Points are counted from
 * the moment the count is armed; the process kills itself with SIGKILL at the one it is told, as a power cut would.
 */
export interface CrashPlan {
  /** 1-based number of the point; 0: none, only count. */
  at: number;
  moment: 'before' | 'after';
  /** Each point is noted here, a line a point: its number and what it is. */
  logFile: string;
  /** The tables' origin: reads from there do not count. */
  tables: string;
}

interface Point {
  number: number;
  label: string;
}

function labelOf(method: string, url: URL): string {
  const path = url.pathname
    .replace(/[0-9A-HJKMNP-TV-Z]{26}/g, '{ticket}')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '{guid}')
    .replace(/\d{4}-\d\d-\d\dT[\d.:A%]+Z/g, '{moment}')
    .replace(/(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}/g, '{id}')
    .replace(/\d{10,}/g, '{number}');
  return `${method} ${path}`;
}

/** Puts the crash points under every way this process speaks to the world. */
export function armCrashPoints(plan: CrashPlan): void {
  let count = 0;
  const die = () => process.kill(process.pid, 'SIGKILL');

  const next = (method: string, url: URL): Point | undefined => {
    const toTables = url.href.startsWith(plan.tables);
    if (toTables && (method === 'GET' || method === 'HEAD')) return undefined;
    count += 1;
    const point = { number: count, label: labelOf(method, url) };
    appendFileSync(plan.logFile, `${point.number} ${point.label}\n`);
    return point;
  };
  const strikes = (point: Point | undefined, moment: CrashPlan['moment']) =>
    point !== undefined && point.number === plan.at && plan.moment === moment;

  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const point = next((init?.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase(), url);
    if (strikes(point, 'before')) die();
    const response = await realFetch(input, init);
    if (strikes(point, 'after')) die();
    return response;
  };

  for (const [protocol, module] of [
    ['http:', http],
    ['https:', https],
  ] as const) {
    const realRequest = module.request.bind(module) as (...args: unknown[]) => http.ClientRequest;
    const patched = (...args: unknown[]): http.ClientRequest => {
      const first = args[0];
      const options = (typeof first === 'string' || first instanceof URL ? args[1] : first) as
        http.RequestOptions | undefined;
      // Some callers hand in the result of url.parse, whose host holds the port already.
      const host = options?.hostname ?? options?.host?.replace(/:\d+$/, '') ?? 'localhost';
      const port = options?.port ? `:${options.port}` : '';
      const url =
        typeof first === 'string' || first instanceof URL
          ? new URL(first)
          : new URL(`${options?.protocol ?? protocol}//${host}${port}${options?.path ?? '/'}`);
      const point = next((options?.method ?? 'GET').toUpperCase(), url);
      if (strikes(point, 'before')) die();
      const request = realRequest(...args);
      if (strikes(point, 'after')) request.prependListener('response', die);
      return request;
    };
    module.request = patched;
  }
}

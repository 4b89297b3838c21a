import { RestError } from '@azure/data-tables';
import { type PipelinePolicy } from '../../../bot/storage';
import { type Request, type Response, tablesError } from './replies';

/**
 * What Azurite never does by itself. Some come after the service has done what was asked: `lost` the connection is reset,
 * `late` no reply in time, `hangs` no reply at all until the caller gives up, `done-503` and `done-500` (OperationTimedOut)
 * an error is given. Some come before it, with nothing done: `reset`, `busy` and `busy-1s` (503 ServerBusy without and with
 * `Retry-After: 1`; `busy-1h` asks for an hour), `timed-out` (500 OperationTimedOut).
 * Azure: "Status and error codes" of the Table service.
 */
export type Weather = keyof typeof WEATHERS;

export interface WeatherMaker {
  policy: PipelinePolicy;
  /** The next `times` attempts that fit meet this weather. */
  bring(weather: Weather, where: (request: Request) => boolean, times?: number): void;
  /** Nothing goes out any more: as if the process had died just before its next call that fits. */
  dieBefore(where: (request: Request) => boolean): void;
  /** The same, just after a call that fits has worked and before its reply is seen. */
  dieAfter(where: (request: Request) => boolean): void;
  /** What was sent since the last look: `POST $batch`. */
  calls(): string[];
}

const reset = (request: Request) => new RestError('socket hang up', { code: 'ECONNRESET', request });
const aborted = () => Object.assign(new Error('The operation was aborted.'), { name: 'AbortError' });

const busy = (request: Request) => tablesError(request, 503, 'ServerBusy');
const timedOut = (request: Request) => tablesError(request, 500, 'OperationTimedOut');

/** Never answers: only the caller's own limit ends it. */
function silence({ abortSignal }: Request): Promise<never> {
  return new Promise((_, fail) => {
    abortSignal?.addEventListener('abort', () => {
      fail(aborted());
    });
  });
}

type Meet = (request: Request, send: () => Promise<Response>) => Promise<Response>;

function before(answer: (request: Request) => Response | Error): Meet {
  return (request) => {
    const what = answer(request);
    return what instanceof Error ? Promise.reject(what) : Promise.resolve(what);
  };
}

function after(answer: (request: Request) => Response | Error | Promise<never>): Meet {
  return async (request, send) => {
    await send();
    const what = await answer(request);
    if (what instanceof Error) throw what;
    return what;
  };
}

const WEATHERS = {
  lost: after(reset),
  late: after(aborted),
  hangs: after(silence),
  'done-503': after(busy),
  'done-500': after(timedOut),
  reset: before(reset),
  busy: before(busy),
  'busy-1s': before((request) => tablesError(request, 503, 'ServerBusy', { 'retry-after': '1' })),
  'busy-1h': before((request) => tablesError(request, 503, 'ServerBusy', { 'retry-after': '3600' })),
  'timed-out': before(timedOut),
} as const satisfies Record<string, Meet>;

/** Bad weather between the storage and Azurite, on demand. */
export function createWeather(): WeatherMaker {
  const coming: { weather: Weather; where: (request: Request) => boolean; times: number }[] = [];
  let diesBefore: ((request: Request) => boolean) | undefined;
  let diesAfter: ((request: Request) => boolean) | undefined;
  let dead = false;
  let calls: string[] = [];

  return {
    policy: {
      name: 'weather',
      async sendRequest(request, next) {
        if (dead || diesBefore?.(request)) {
          dead = true;
          throw new Error('this process is dead');
        }
        if (diesAfter?.(request)) {
          await next(request);
          dead = true;
          throw new Error('this process is dead');
        }
        calls.push(`${request.method} ${new URL(request.url).pathname.split('/').at(-1) ?? ''}`);
        const now = coming.find(({ where, times }) => times > 0 && where(request));
        if (!now) return next(request);
        now.times -= 1;
        return WEATHERS[now.weather](request, () => next(request));
      },
    },
    bring: (weather, where, times = 1) => void coming.push({ weather, where, times }),
    dieBefore(where) {
      diesBefore = where;
    },
    dieAfter(where) {
      diesAfter = where;
    },
    calls() {
      const seen = calls;
      calls = [];
      return seen;
    },
  };
}

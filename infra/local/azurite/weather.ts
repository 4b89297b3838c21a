import { RestError } from '@azure/data-tables';
import { type PipelinePolicy } from '../../../bot/storage';

/**
 * What Azurite never does by itself. The first three happen after the service has done what was asked:
 * `lost` the connection is reset, `late` no reply in time, `done-503` a 503 is given; `reset` and `busy` (503) before it.
 */
export type Weather = 'lost' | 'late' | 'done-503' | 'reset' | 'busy';

type Request = Parameters<PipelinePolicy['sendRequest']>[0];
type Response = Awaited<ReturnType<PipelinePolicy['sendRequest']>>;

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

function reset(request: Request): RestError {
  return new RestError('socket hang up', { code: 'ECONNRESET', request });
}

function aborted(): Error {
  return Object.assign(new Error('The operation was aborted.'), { name: 'AbortError' });
}

/** A 503 without Retry-After. The request's own headers stand in for the response's: nobody reads more than one name. */
function busy(request: Request): Response {
  return { request, status: 503, headers: request.headers, bodyAsText: '' };
}

async function meet(weather: Weather, request: Request, send: () => Promise<Response>): Promise<Response> {
  if (weather === 'reset') throw reset(request);
  if (weather === 'busy') return busy(request);
  await send();
  if (weather === 'done-503') return busy(request);
  throw weather === 'lost' ? reset(request) : aborted();
}

/** Bad weather between the storage and Azurite, on demand. */
export function createWeather(): WeatherMaker {
  const coming: { weather: Weather; where: (request: Request) => boolean; times: number }[] = [];
  let before: ((request: Request) => boolean) | undefined;
  let after: ((request: Request) => boolean) | undefined;
  let dead = false;
  let calls: string[] = [];

  return {
    policy: {
      name: 'weather',
      async sendRequest(request, next) {
        if (dead || before?.(request)) {
          dead = true;
          throw new Error('this process is dead');
        }
        if (after?.(request)) {
          await next(request);
          dead = true;
          throw new Error('this process is dead');
        }
        calls.push(`${request.method} ${new URL(request.url).pathname.split('/').at(-1) ?? ''}`);
        const now = coming.find(({ where, times }) => times > 0 && where(request));
        if (!now) return next(request);
        now.times -= 1;
        return meet(now.weather, request, () => next(request));
      },
    },
    bring: (weather, where, times = 1) => void coming.push({ weather, where, times }),
    dieBefore(where) {
      before = where;
    },
    dieAfter(where) {
      after = where;
    },
    calls() {
      const seen = calls;
      calls = [];
      return seen;
    },
  };
}

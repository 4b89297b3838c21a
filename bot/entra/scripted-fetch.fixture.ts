import { type TokenCredential } from '@azure/identity';
import { createEntra, type Entra, type EntraOptions } from './entra';

/** What a scripted fetch was asked. */
export interface Asked {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** The JSON body; undefined where there was none. */
  body: unknown;
  redirect: string | undefined;
}

/** What it answers: a reply, an error to throw, or nothing at all (`hang`). */
export type Answer =
  { status: number; body?: unknown; text?: string; headers?: Record<string, string> } | { fails: Error } | 'hang';

/** An {@link Entra} over a fetch that plays answers, with a clock that moves only when something sleeps. */
export interface Scripted {
  entra: Entra;
  asked: Asked[];
  /** Milliseconds of each sleep. */
  slept: number[];
  /** Everything that was logged, as text. */
  logged: string[];
}

export const TOKEN = 'token-that-nobody-may-see';
const START = Date.parse('2026-11-21T12:00:00Z');

/** For tests: answers in turn from a list (the last one repeats), or by a function of what was asked. */
export function scripted(
  answers: Answer[] | ((asked: Asked) => Answer),
  options: Partial<EntraOptions> = {},
): Scripted {
  const asked: Asked[] = [];
  const slept: number[] = [];
  const logged: string[] = [];
  let now = START;
  const answerTo = (one: Asked): Answer => {
    if (typeof answers === 'function') return answers(one);
    return answers[Math.min(asked.length, answers.length) - 1] ?? { status: 500 };
  };
  const credential: TokenCredential = {
    getToken: () => Promise.resolve({ token: TOKEN, expiresOnTimestamp: START + 3_600_000 }),
  };
  const play = async (url: unknown, init: RequestInit = {}): Promise<Response> => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    const headers = Object.fromEntries(new Headers(init.headers).entries());
    asked.push({ method: init.method ?? 'GET', url: String(url), headers, body, redirect: init.redirect });
    const answer = answerTo(asked[asked.length - 1] as Asked);
    if (answer === 'hang') return new Promise(() => undefined);
    if ('fails' in answer) throw answer.fails;
    const text = answer.text ?? (answer.body === undefined ? null : JSON.stringify(answer.body));
    return new Response(answer.status === 204 ? null : text, {
      status: answer.status,
      headers: { 'content-type': 'application/json', ...answer.headers },
    });
  };
  const entra = createEntra({
    credential,
    fetch: play,
    now: () => now,
    sleep: (ms) => {
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
    random: () => 0,
    log: (entry) => logged.push(JSON.stringify(entry)),
    ...options,
  });
  return { entra, asked, slept, logged };
}

/** Graph's error envelope. */
export const refusal = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Answer => ({
  status,
  body: { error: { code, message, innerError: { 'request-id': 'r-1' } } },
  headers: { 'request-id': 'r-1', ...headers },
});

/** A network failure as fetch shows it: a TypeError whose cause has the code. */
export const networkError = (code: string): Answer => ({
  fails: new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }),
});

import { type TeamsAdapter } from '@microsoft/teams-ai';
import { retryAfterMs } from './patience';
import { isWorthAgain } from './retrying';
import { unreachable } from './unreachable';

type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof TeamsAdapter>[3]>['httpClient']>;

/** Milliseconds for one call. The library waits for ever, and an effect in the outbox is another's after 45 s. */
const ANSWER_MS = 8_000;

/**
 * How botbuilder's connector client speaks HTTP. The library tries again by itself inside its call, and sleeps out a
 * `Retry-After` of any length while it does; what it throws here it hands on at once instead, so that it is retrying.ts
 * that decides who waits. Answers that no second try can change are the library's to read.
 * @param answerMs for one call
 */
export function connectorHttp(answerMs = ANSWER_MS): HttpClient {
  return {
    async sendRequest(request) {
      const { url, method } = request;
      let response: Response;
      let text: string;
      try {
        response = await fetch(url, {
          method,
          headers: request.headers.toJson(),
          // The bot's token is in the headers: it goes where it was meant to go, and nowhere else.
          redirect: 'error',
          signal: AbortSignal.timeout(answerMs),
          ...(typeof request.body === 'string' && { body: request.body }),
        });
        text = await response.text();
      } catch (cause) {
        throw unreachable({ status: 0, retry: true, cause });
      }
      const { status } = response;
      if (isWorthAgain(status)) {
        const wait = retryAfterMs(response.headers.get('retry-after'), Date.now());
        throw unreachable({ status, retry: true, retryAfterMs: wait });
      }
      const headers = request.headers.clone();
      for (const name of headers.headerNames()) headers.remove(name);
      response.headers.forEach((value, name) => {
        headers.set(name, value);
      });
      return { request, status, headers, bodyAsText: text };
    },
  };
}

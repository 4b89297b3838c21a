/** What a {@link Fault} is made of. */
export interface FaultDetails {
  /** Stable, kebab-case, for programs and for the words of cards/words: `graph-throttled`, `pin-wrong`. */
  code: string;
  /** One sentence for the person who sees it: what happened and why. */
  say: string;
  /** One sentence: what to do now. */
  todo: string;
  /** Whether trying the same again later can help. Default false. */
  retry?: boolean;
  /** Milliseconds to wait before that, where the other side said so. */
  retryAfterMs?: number;
  /** What a card or a log may know besides: numbers and names, never a secret. */
  facts?: Readonly<Record<string, string | number | boolean>>;
  cause?: unknown;
}

/** An error that a person may read: a code, a sentence, and what to do next. The cause is for the log. */
export class Fault extends Error {
  readonly code: string;
  readonly say: string;
  readonly todo: string;
  readonly retry: boolean;
  readonly retryAfterMs: number | undefined;
  readonly facts: Readonly<Record<string, string | number | boolean>>;

  constructor(details: FaultDetails) {
    super(`${details.code}: ${details.say}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'Fault';
    this.code = details.code;
    this.say = details.say;
    this.todo = details.todo;
    this.retry = details.retry ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.facts = details.facts ?? {};
  }
}

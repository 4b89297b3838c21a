import { unreachable } from './unreachable';

/** The longest of Teams' own windows ("rate limit": 1800 in 3600 s). A longer wait is taken for a slip. Milliseconds. */
const LONGEST_MS = 60 * 60_000;

/** Milliseconds that a `Retry-After` asks for: seconds, or a date (RFC 9110 §10.2.3); undefined where it says nothing. */
export function retryAfterMs(header: unknown, now: number): number | undefined {
  const text = typeof header === 'string' ? header.trim() : '';
  if (text === '') return undefined;
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(Math.ceil(wait), 0), LONGEST_MS);
}

/** Pauses that the connector has asked for, by conversation: Teams counts there, whoever of us writes. */
export interface Patience {
  /** @throws Fault `teams-unreachable` while a pause lasts, which says for how long still */
  check(conversation: string): void;
  ask(conversation: string, ms: number): void;
}

/** @param now milliseconds since 1970 */
export function createPatience(now: () => number): Patience {
  const pauses = new Map<string, number>();
  return {
    check(conversation) {
      const left = (pauses.get(conversation) ?? 0) - now();
      if (left > 0) throw unreachable({ status: 429, retry: true, retryAfterMs: left });
      pauses.delete(conversation);
    },
    ask(conversation, ms) {
      pauses.set(conversation, Math.max(pauses.get(conversation) ?? 0, now() + ms));
    },
  };
}

const patiences = new WeakMap<object, Patience>();

/** The pauses of an adapter: one list for what is answered in a person's turn and for what is posted by itself. */
export function patienceOf(adapter: object): Patience {
  const known = patiences.get(adapter) ?? createPatience(() => Date.now());
  patiences.set(adapter, known);
  return known;
}

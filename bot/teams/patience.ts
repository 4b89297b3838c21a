import { Fault } from '../../agent/protocol/fault';

/** A longer wait than this is taken for a slip of the other side. Milliseconds. */
const LONGEST_MS = 10 * 60_000;

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
      if (left <= 0) {
        pauses.delete(conversation);
        return;
      }
      throw new Fault({
        code: 'teams-unreachable',
        say: 'Keyvouch could not reach Teams.',
        todo: 'It tries again by itself.',
        retry: true,
        retryAfterMs: left,
        facts: { status: 429 },
      });
    },
    ask(conversation, ms) {
      pauses.set(conversation, Math.max(pauses.get(conversation) ?? 0, now() + ms));
    },
  };
}

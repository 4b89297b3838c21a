import { createCaller } from './call';
import { type Draft } from './ticket-system';

/** What a test of one ticket system's interface needs, whichever system it is. */

export const ID = '01JNGZ0000000000000000K7Q2';

export const DRAFT: Draft = {
  correlation: ID,
  title: 'First key:\nAda (KV-7Q2M-9D)',
  text: 'Ada asks.\n[KV-7Q2M-9D #1]',
};

/** Calls to this machine, and a clock that moves only when told. */
export function outerCaller() {
  let clock = Date.parse('2026-03-02T08:00:00.000Z');
  const now = () => new Date(clock);
  return {
    ...createCaller({ sandbox: true, now, callMs: 5000 }),
    now,
    wait: (ms: number) => {
      clock += ms;
    },
  };
}

/** An answer that a system may give, and what it is taken for. */
export type MishapCase = [string, { status: number; headers?: Record<string, string>; body?: unknown }, object];

/** Those of any system. */
export const MISHAPS: readonly MishapCase[] = [
  ['429', { status: 429, headers: { 'retry-after': '30' } }, { code: 'outer-busy', retryAfterMs: 30_000 }],
  ['503', { status: 503 }, { code: 'outer-unreachable', retry: true }],
];

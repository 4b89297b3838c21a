import { type Fault } from '../../agent/protocol/fault';

/** Failures in a row, of whatever tickets, after which nobody is asked for a while. */
const IN_A_ROW = 3;
const REST_MS = 30_000;

/** Lets a system that is down, or has too much to do, rest: not each ticket finds out anew. In this process alone. */
export interface Rest {
  /** Until when nothing is to be sent; undefined: it may be tried. */
  until(): Date | undefined;
  worked(): void;
  failed(fault: Fault): void;
}

export function createRest(now: () => Date): Rest {
  let row = 0;
  let until = 0;
  return {
    until: () => (until > now().getTime() ? new Date(until) : undefined),
    worked() {
      row = 0;
      until = 0;
    },
    failed(fault) {
      // What is wrong with one ticket says nothing of the others.
      if (!fault.retry) return;
      row += 1;
      const asked = fault.retryAfterMs ?? 0;
      if (fault.code === 'outer-busy' || row >= IN_A_ROW) until = now().getTime() + Math.max(asked, REST_MS);
    },
  };
}

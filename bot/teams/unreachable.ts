import { Fault } from '../../agent/protocol/fault';

/** What is known of a call that Teams did not take. `status` 0: there was no answer at all. */
export interface Unreached {
  status: number;
  /** Whether a later call can help. */
  retry: boolean;
  /** Milliseconds that Teams asks to be left alone. */
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** The Fault `teams-unreachable`, with the status among its facts. */
export function unreachable({ status, retry, retryAfterMs, cause }: Unreached): Fault {
  return new Fault({
    code: 'teams-unreachable',
    say: 'Keyvouch could not reach Teams.',
    todo: 'It tries again by itself.',
    retry,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    facts: { status },
    cause,
  });
}

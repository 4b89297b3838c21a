import { setTimeout as sleep } from 'node:timers/promises';
import { keyCancelled } from '../hid/faults';
import { Fault } from '../protocol/fault';

/** Waits. @throws Fault `key-cancelled` when the signal fires */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    throw keyCancelled(error);
  });
}

/**
 * How long to wait before the next attempt: doubled each time from half a second to a minute, of which a random part is
 * left out so that workstations do not all come back at once; never sooner than the service said.
 * @param attempt From 0
 */
export function backOff(attempt: number, fault?: Fault, random: () => number = Math.random): number {
  const most = Math.min(60_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.max(fault?.retryAfterMs ?? 0, most * (0.5 + random() / 2));
}

export interface Patience {
  /** How often at most. */
  attempts: number;
  signal?: AbortSignal | undefined;
  /** Told before each wait. */
  onRetry?: (fault: Fault, waitMs: number) => void;
}

/** Calls again while the Fault says that it can help. */
export async function retrying<T>(call: () => Promise<T>, { attempts, signal, onRetry }: Patience): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const again = error instanceof Fault && error.retry && error.code !== 'key-cancelled' && attempt + 1 < attempts;
      if (!again) throw error;
      const waitMs = backOff(attempt, error);
      onRetry?.(error, waitMs);
      await pause(waitMs, signal);
    }
  }
}

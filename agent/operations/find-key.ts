import { setTimeout as sleep } from 'node:timers/promises';
import { type Device, listDevices } from '../hid/devices';
import { keyCancelled } from '../hid/faults';
import { Fault } from '../protocol/fault';
import { chooseKey } from './choose-key';
import { type Key, openKey } from './key';
import { type Prompts } from './prompts';

/** Where to look for the key, and how long. */
export interface FindKeyOptions {
  prompts: Prompts;
  signal?: AbortSignal | undefined;
  /** Addresses from `--device`; none means every key that is plugged in. */
  addresses?: readonly string[];
  /** Milliseconds to wait for a key to be plugged in. Default 120 000. */
  waitMs?: number;
  /** Replaces the operating system's list, for tests. */
  list?: () => Promise<Device[]>;
}

const POLL_MS = 500;

/**
 * Gives the one key to work with: asks for it when none is plugged in, asks for a touch when there are several.
 *
 * @throws Fault `key-not-found`, `key-cancelled`, `key-u2f-only`, `key-access-denied`, `hid-not-available`, …
 */
export async function findKey(options: FindKeyOptions): Promise<Key> {
  const { prompts, signal, addresses = [], waitMs = 120_000 } = options;
  const list = options.list ?? (() => listDevices(addresses));
  const end = Date.now() + waitMs;
  let waiting: { done(): void } | undefined;
  try {
    for (;;) {
      if (signal?.aborted) throw keyCancelled();
      const { keys, fault } = await openAll(await list());
      const [only, ...others] = keys;
      if (only && others.length === 0) return only;
      if (only) {
        waiting?.done();
        waiting = undefined;
        return await chooseKey(keys, prompts, signal);
      }
      // A key that is there but of no use is told at once; one that is just gone may be on its way.
      if (fault && fault.code !== 'key-gone') throw fault;
      if (Date.now() + POLL_MS > end) throw notFound(fault);
      waiting ??= prompts.progress('Plug in your security key …');
      await sleep(POLL_MS, undefined, signal ? { signal } : {}).catch((cause: unknown) => {
        throw keyCancelled(cause);
      });
    }
  } finally {
    waiting?.done();
  }
}

/** Opens what can be opened; the first reason why another could not. */
async function openAll(devices: readonly Device[]): Promise<{ keys: Key[]; fault: Fault | undefined }> {
  const attempts = await Promise.allSettled(devices.map((device) => openKey(device)));
  const keys = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  const reasons = attempts.flatMap((attempt): unknown[] => (attempt.status === 'rejected' ? [attempt.reason] : []));
  const faults = reasons.filter((reason) => reason instanceof Fault);
  if (faults.length < reasons.length) {
    await Promise.all(keys.map((key) => key.close()));
    throw reasons.find((reason) => !(reason instanceof Fault));
  }
  // A reason that can be mended says more than that a key is gone.
  return { keys, fault: faults.find(({ code }) => code !== 'key-gone') ?? faults[0] };
}

function notFound(cause: unknown): Fault {
  return new Fault({
    code: 'key-not-found',
    say: 'No security key was plugged in.',
    todo: 'Plug in your security key and start again.',
    retry: true,
    cause,
  });
}

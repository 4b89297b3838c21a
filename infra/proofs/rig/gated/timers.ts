import { type Scheduler } from './scheduler';

/** The play that is on: the product's timers are its own. */
let current: Scheduler | undefined;

export function playBy(scheduler: Scheduler): void {
  current = scheduler;
}

const SUBTLE = ['sign', 'verify', 'digest', 'importKey', 'exportKey', 'generateKey'] as const;

/** Signing and checking run beside this thread: whoever schedules waits until they are done. */
function waitForCrypto(): void {
  const { subtle } = globalThis.crypto;
  for (const name of SUBTLE) {
    const real: unknown = subtle[name];
    if (typeof real !== 'function') continue;
    const waited = (...args: unknown[]): Promise<unknown> => {
      const work = async (): Promise<unknown> => (await Reflect.apply(real, subtle, args)) as unknown;
      return current ? current.busy(work) : work();
    };
    Object.defineProperty(subtle, name, { value: waited });
  }
}

/** Puts the scheduler's timers, and dice, in the place of this thread's own. The lab's thread does nothing else. */
export function takeOverTimers(random: () => number): void {
  const real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  const cancels = new WeakMap<object, () => void>();
  const set = (then: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): object => {
    if (!current) return real.set(then, ms, ...args);
    const handle = { unref: () => handle, ref: () => handle, hasRef: () => false };
    cancels.set(
      handle,
      current.timer(ms, () => then(...args)),
    );
    return handle;
  };
  const clear = (handle: object | undefined): void => {
    if (!handle) return;
    const cancel = cancels.get(handle);
    if (cancel) cancel();
    else real.clear(handle as NodeJS.Timeout);
  };
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  Math.random = random;
  waitForCrypto();
}

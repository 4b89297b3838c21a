/**
 * Time that passes only when it is told to. The lab's bundle has it in place of the timers of Node (see bundle.ts), so
 * that a key may be silent for as long as it likes and costs nothing, and a wait that never ends is seen at once.
 */
interface Due {
  at: number;
  every: number | undefined;
  run: () => void;
  /** Node would not stay alive for it. */
  idle: boolean;
}

/** What stands for NodeJS.Timeout. */
interface Handle {
  readonly id: number;
  ref(): Handle;
  unref(): Handle;
}

/** Any moment will do; not 0, so that nobody mistakes "never" for it. */
const BEGIN = 1_700_000_000_000;
let now = BEGIN;
let lastId = 0;
const due = new Map<number, Due>();

/** Milliseconds, whole and virtual. Stands for Date.now and performance.now. */
export function virtualNow(): number {
  return now;
}

function add(run: () => void, ms: number, every: boolean): Handle {
  const wait = Math.max(1, Math.ceil(Number.isFinite(ms) ? ms : 1));
  const id = (lastId += 1);
  const entry: Due = { at: now + wait, every: every ? wait : undefined, run, idle: false };
  due.set(id, entry);
  const handle: Handle = {
    id,
    ref: () => {
      entry.idle = false;
      return handle;
    },
    unref: () => {
      entry.idle = true;
      return handle;
    },
  };
  return handle;
}

export function virtualSetTimeout<A extends unknown[]>(run: (...args: A) => void, ms = 1, ...args: A): Handle {
  return add(() => run(...args), ms, false);
}

/** The lab's own doing, which is nobody's fault when it is left behind. */
export function later(run: () => void, ms: number): void {
  add(run, ms, false).unref();
}

export function virtualSetInterval<A extends unknown[]>(run: (...args: A) => void, ms = 1, ...args: A): Handle {
  return add(() => run(...args), ms, true);
}

export function virtualClear(handle: Handle | undefined): void {
  if (handle) due.delete(handle.id);
}

/** Stands for setTimeout of node:timers/promises. */
export function virtualSleep<T>(ms = 1, value?: T, { signal }: { signal?: AbortSignal } = {}): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      virtualClear(timer);
      reject(new DOMException('The operation was aborted', 'AbortError'));
    };
    const timer = add(
      () => {
        signal?.removeEventListener('abort', stop);
        resolve(value);
      },
      ms,
      false,
    );
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Stands for AbortSignal.timeout. */
export function virtualAbortAfter(ms: number): AbortSignal {
  const controller = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  add(() => controller.abort(reason), ms, false).unref();
  return controller.signal;
}

function first(): [number, Due] | undefined {
  let found: [number, Due] | undefined;
  for (const entry of due) if (!found || entry[1].at < found[1].at) found = entry;
  return found;
}

/** When the next thing happens; undefined when nothing ever will. */
export function nextMoment(): number | undefined {
  return first()?.[1].at;
}

/** Lets time pass to the next thing that is due, and has it happen. @returns whether there was one */
export function passTime(): boolean {
  const found = first();
  if (!found) return false;
  const [id, entry] = found;
  now = Math.max(now, entry.at);
  if (entry.every === undefined) due.delete(id);
  else entry.at = now + entry.every;
  entry.run();
  return true;
}

/** How many timers would keep a process alive. */
export function pendingTimers(): number {
  return [...due.values()].filter(({ idle }) => !idle).length;
}

/** Forgets all that is due: what was tried is over, and must not reach into what is tried next. */
export function clearTime(): void {
  due.clear();
}

import { CtapError } from './ctap/status';
import type { FingerSample } from './finger';

/** What the key's light shows: `blinking` asks for a touch, `on` answers a wink. */
export type Light = 'off' | 'blinking' | 'on';

/** The touch button, or the fingerprint reader that is one too, and the light of a key. */
export interface Presence {
  /** One short touch: grants the request that waits, and is nothing if none does. A reader sees this sample. */
  tap(sample?: FingerSample): void;
  /** What the reader sees next, in this order, before it comes to touches: a play for a finger, in any mode. */
  script(samples: readonly FingerSample[]): void;
  /** Changes who touches: from now on by itself (`auto`), or only by `tap` and `hold` (`manual`). */
  by(mode: 'auto' | 'manual'): void;
  /** A finger that lies on the key (true) until it is taken off (false). */
  hold(down: boolean): void;
  /**
   * Waits for a touch; with `forMs` for one that lasts as long.
   * @throws CtapError USER_ACTION_TIMEOUT, or KEEPALIVE_CANCEL when the signal aborts
   */
  wait(signal: AbortSignal, forMs?: number): Promise<void>;
  /**
   * Waits for a finger on the reader; undefined if none comes in time.
   * @throws CtapError KEEPALIVE_CANCEL when the signal aborts
   */
  sample(signal: AbortSignal, timeoutMs?: number): Promise<FingerSample | undefined>;
  /** For U2F, which asks again and again: whether there was a touch since it last asked, or there is one now. */
  poll(): boolean;
  wink(): void;
  light(): Light;
  onLight(callback: (light: Light) => void): () => void;
  /** Power cut: no light. The finger stays where it is. */
  reset(): void;
}

const WINK_MS = 500;
/** Timers that are set for longer end at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** A U2F host that has not asked again for this long is gone. */
const POLL_MS = 1_000;

export function createPresence(initial: 'auto' | 'manual', timeoutMs: number): Presence {
  const watchers = new Set<(light: Light) => void>();
  const play: FingerSample[] = [];
  let mode = initial;
  let light: Light = 'off';
  let finger = false;
  let lifted: (() => void) | undefined;
  let grant: ((sample: FingerSample) => void) | undefined;
  let polled: { timer: NodeJS.Timeout; touched: boolean } | undefined;
  let winking: NodeJS.Timeout | undefined;

  const shine = (next: Light): void => {
    if (next === light) return;
    light = next;
    for (const watcher of watchers) watcher(next);
  };
  const rest = (): Light => (winking === undefined ? 'off' : 'on');
  const endWink = (): void => {
    clearTimeout(winking);
    winking = undefined;
  };
  const endPoll = (): void => {
    clearTimeout(polled?.timer);
    polled = undefined;
  };
  const tap = (sample: FingerSample = 'good'): void => {
    if (polled !== undefined) polled.touched = true;
    grant?.(sample);
  };

  /** The next touch, or undefined if the time is over. */
  const contact = (signal: AbortSignal, withinMs: number): Promise<FingerSample | undefined> =>
    new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        grant = undefined;
        shine(rest());
        end();
      };
      const cancel = (): void => settle(() => reject(new CtapError('KEEPALIVE_CANCEL')));
      const timer = setTimeout(() => settle(() => resolve(undefined)), withinMs);
      signal.addEventListener('abort', cancel);
      grant = (sample) => settle(() => resolve(sample));
      shine('blinking');
    });

  /** True once the finger has lain there for as long as that, false if it was lifted or called off before. */
  const held = (signal: AbortSignal, forMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve(false);
      const end = (whole: boolean): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', lift);
        lifted = undefined;
        shine(rest());
        resolve(whole);
      };
      const lift = (): void => end(false);
      const timer = setTimeout(() => end(true), forMs);
      signal.addEventListener('abort', lift);
      lifted = lift;
      shine('blinking');
    });

  return {
    tap,
    script: (samples) => {
      play.push(...samples);
    },
    by: (next) => {
      mode = next;
    },
    hold: (down) => {
      finger = down;
      if (down) tap();
      else lifted?.();
    },
    poll: () => {
      const touched = mode === 'auto' || finger || polled?.touched === true;
      endPoll();
      if (touched) {
        shine(rest());
        return true;
      }
      const timer = setTimeout(() => {
        endPoll();
        shine(rest());
      }, POLL_MS);
      timer.unref();
      polled = { timer, touched: false };
      shine('blinking');
      return false;
    },
    wait: async (signal, forMs = 0) => {
      const end = Date.now() + timeoutMs;
      for (;;) {
        if (signal.aborted) throw new CtapError('KEEPALIVE_CANCEL');
        if (mode === 'auto') return;
        if (!finger && (await contact(signal, end - Date.now())) === undefined) {
          throw new CtapError('USER_ACTION_TIMEOUT');
        }
        if (forMs === 0 || (finger && (await held(signal, forMs)))) return;
      }
    },
    sample: async (signal, withinMs = timeoutMs) => {
      if (signal.aborted) throw new CtapError('KEEPALIVE_CANCEL');
      const scripted = play.shift();
      if (scripted !== undefined) return scripted;
      if (mode === 'auto' || finger) return 'good';
      return contact(signal, Math.min(withinMs, MAX_TIMER_MS));
    },
    wink: () => {
      endWink();
      winking = setTimeout(() => {
        winking = undefined;
        if (light === 'on') shine('off');
      }, WINK_MS);
      winking.unref();
      if (light === 'off') shine('on');
    },
    light: () => light,
    onLight: (callback) => {
      watchers.add(callback);
      return () => watchers.delete(callback);
    },
    reset: () => {
      endWink();
      endPoll();
      shine('off');
    },
  };
}

import { CtapError } from './ctap/status';

/** What the key's light shows: `blinking` asks for a touch, `on` answers a wink. */
export type Light = 'off' | 'blinking' | 'on';

/** The touch button and the light of a key. */
export interface Presence {
  /** One short touch: grants the request that waits, and is nothing if none does. */
  tap(): void;
  /** Changes who touches: from now on by itself (`auto`), or only by `tap` and `hold` (`manual`). */
  by(mode: 'auto' | 'manual'): void;
  /** A finger that lies on the key (true) until it is taken off (false). */
  hold(down: boolean): void;
  /**
   * Waits for a touch.
   * @throws CtapError USER_ACTION_TIMEOUT, or KEEPALIVE_CANCEL when the signal aborts
   */
  wait(signal: AbortSignal): Promise<void>;
  /** For U2F, which asks again and again: whether there was a touch since it last asked, or there is one now. */
  poll(): boolean;
  wink(): void;
  light(): Light;
  onLight(callback: (light: Light) => void): () => void;
  /** Power cut: no light. The finger stays where it is. */
  reset(): void;
}

const WINK_MS = 500;
/** A U2F host that has not asked again for this long is gone. */
const POLL_MS = 1_000;

export function createPresence(initial: 'auto' | 'manual', timeoutMs: number): Presence {
  const watchers = new Set<(light: Light) => void>();
  let mode = initial;
  let light: Light = 'off';
  let finger = false;
  let grant: (() => void) | undefined;
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
  const tap = (): void => {
    if (polled !== undefined) polled.touched = true;
    grant?.();
  };

  return {
    tap,
    by: (next) => {
      mode = next;
    },
    hold: (down) => {
      finger = down;
      if (down) tap();
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
    wait: async (signal) => {
      if (signal.aborted) throw new CtapError('KEEPALIVE_CANCEL');
      if (mode === 'auto' || finger) return;
      await new Promise<void>((resolve, reject) => {
        const settle = (end: () => void): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', cancel);
          grant = undefined;
          shine(rest());
          end();
        };
        const cancel = (): void => settle(() => reject(new CtapError('KEEPALIVE_CANCEL')));
        const timer = setTimeout(() => settle(() => reject(new CtapError('USER_ACTION_TIMEOUT'))), timeoutMs);
        signal.addEventListener('abort', cancel);
        grant = () => settle(resolve);
        shine('blinking');
      });
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

import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 60;
/** The machine may be busy with other things: what works takes a fraction of it. */
export const PATIENCE_MS = 30_000;

/** Waits until `look` gives something. @throws Error that says what was waited for, and what was seen last. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  options: { ms?: number; seen?: () => unknown } = {},
): Promise<T> {
  const { ms = PATIENCE_MS, seen } = options;
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) {
      const last = seen ? `; last seen: ${JSON.stringify(await seen())}` : '';
      throw new Error(`waited ${ms} ms in vain for ${what}${last}`);
    }
    await pause(LOOK_EVERY_MS);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { hasStatus } from '../ctap/ctap-fault';
import { resetKey } from '../ctap/reset';
import { STATUS } from '../ctap/status';
import { type Device, listDevices } from '../hid/devices';
import { keyCancelled } from '../hid/faults';
import { Fault } from '../protocol/fault';
import { bystanders } from './bystanders';
import { type Key, openKey } from './key';
import { printable } from './printable';
import { countDown } from './reset-window';
import { keyLikeness } from './same-key';
import { type Dialogue } from './set-pin';
import { withTouch } from './touch';

/** How a key is reset. */
export interface ResetOptions extends Dialogue {
  /** Replaces the operating system's list, for keys given by address and for tests. */
  list?: () => Promise<Device[]>;
  /** A further look whether it is the same key, such as a silent answer: must be quick, the key waits 5 seconds. */
  isSame?: (key: Key) => Promise<boolean>;
  /** Gets the person's yes. Default: a question of yes or no. */
  consent?: () => Promise<boolean>;
  /** Milliseconds to wait for each, the unplugging and the plugging in. Default 60 000. */
  waitMs?: number;
}

const POLL_MS = 100;
const QUESTION = 'This erases every passkey and the PIN on the key, for ever. Erase it?';

/**
 * Erases the FIDO2 part of a key, with the person unplugging, replugging and touching it: a key hears a reset only in
 * the first seconds after it was plugged in (10 by CTAP 2.1 §6.6, 5 on some). The given key is closed.
 *
 * @returns the same key, open and empty
 * @throws Fault `reset-declined`, `reset-too-late`, `key-not-found`, `key-no-touch`, `key-cancelled`
 */
export async function reset(key: Key, options: ResetOptions): Promise<Key> {
  const { prompts, signal, waitMs = 60_000 } = options;
  const list = options.list ?? (() => listDevices());
  refuseOtherTransport(key);
  const sure = await (options.consent?.() ?? prompts.confirm(QUESTION, signal));
  if (!sure) throw resetFault('reset-declined', 'The key was not erased.', 'Start again if it should be.');
  const likeness = keyLikeness(key.info);
  const { path } = key.device;
  let plugged = await list();
  await until(prompts.progress('Unplug the key …'), waitMs, signal, async () => {
    if (key.channel.gone) return true;
    const now = await list();
    // Not every system tells an open key that it was pulled out, but its list knows.
    if (!now.some((device) => device.path === path)) return true;
    plugged = now;
    return undefined;
  });
  await key.close();
  // Keys that stay plugged in are never touched, however much they look like this one.
  const others = bystanders(plugged.map((device) => device.path).filter((each) => each !== path));
  const back = await until(prompts.progress('Plug the same key in again …'), waitMs, signal, async () => {
    for (const device of await others.newcomers(await list())) {
      const pluggedInAt = Date.now();
      const found = await openKey(device).catch(() => undefined);
      if (!found) continue;
      if (await isSame(found, likeness, options)) return { found, pluggedInAt };
      prompts.say('That is another key. Unplug it and plug in the one that is to be erased.');
      await others.add(found);
    }
    return undefined;
  }).finally(() => others.close());
  const { found: again, pluggedInAt } = back;
  try {
    await erase(again, pluggedInAt, options);
    await again.refresh();
    prompts.say('The key is erased.');
    return again;
  } catch (error) {
    await again.close();
    throw error;
  }
}

async function isSame(key: Key, likeness: string, { isSame: look }: ResetOptions): Promise<boolean> {
  try {
    return keyLikeness(key.info) === likeness && (look ? await look(key) : true);
  } catch (error) {
    await key.close();
    throw error;
  }
}

/** Some keys are reset over NFC alone (transportsForReset, CTAP 2.2 §6.4). */
function refuseOtherTransport({ info: { transportsForReset } }: Key): void {
  if (!transportsForReset || transportsForReset.length === 0 || transportsForReset.includes('usb')) return;
  throw new Fault({
    code: 'reset-not-over-usb',
    say: `This security key is not erased over USB, only over: ${transportsForReset.map((each) => printable(each, 20)).join(', ')}.`,
    todo: 'Use a reader for that, or ask its maker how it is reset.',
  });
}

async function erase(key: Key, pluggedInAt: number, { prompts, signal }: ResetOptions): Promise<void> {
  const text = key.info.longTouchForReset
    ? 'Press and hold the key, for about ten seconds, until it stops blinking: that erases it.'
    : 'Touch the key now to erase it.';
  const counting = countDown(prompts, pluggedInAt);
  try {
    await withTouch(prompts, text, (onKeepalive) => resetKey(key.ctap, { signal, onKeepalive, limitMs: 35_000 }));
  } catch (error) {
    // Some keys say so with PIN_AUTH_BLOCKED.
    if (!hasStatus(error, STATUS.NOT_ALLOWED, STATUS.PIN_AUTH_BLOCKED)) throw error;
    throw resetFault(
      'reset-too-late',
      'The key did not allow the reset: it came too late after plugging in, or its maker has switched it off.',
      'Try again, and touch the key within 5 seconds after plugging it in.',
      error,
    );
  } finally {
    counting.done();
  }
}

/** Looks again and again until there is something. */
async function until<T>(
  progress: { done(): void },
  waitMs: number,
  signal: AbortSignal | undefined,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + waitMs;
  try {
    for (;;) {
      if (signal?.aborted) throw keyCancelled();
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > end) {
        throw resetFault('key-not-found', 'The key was not unplugged and plugged in again in time.', 'Start again.');
      }
      await sleep(POLL_MS);
    }
  } finally {
    progress.done();
  }
}

function resetFault(code: string, say: string, todo: string, cause?: unknown): Fault {
  return new Fault({ code, say, todo, retry: true, cause });
}

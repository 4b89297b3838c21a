import { listDevices } from '../../hid/devices';
import { findKey } from '../../operations/find-key';
import { type Key } from '../../operations/key';
import { reset } from '../../operations/reset';
import { type Dialogue } from '../../operations/set-pin';
import { Fault } from '../../protocol/fault';
import { passkeysOnKey } from './passkeys-on-key';

/** A person who was too slow may try again so often: the key has refused, so nothing was done yet. */
const MOST_ATTEMPTS = 3;
/** Addresses that stay the same while a key is unplugged; one of the system's may come back under another path. */
const ELSEWHERE = /^(tcp|broker):/;

interface Erasing extends Dialogue {
  /** Addresses from `--device`. */
  devices: readonly string[];
  /** Passkeys that were on the key: by them it is known again. */
  matched: readonly string[];
  /** Called right before the key is asked to erase itself. */
  before: () => Promise<void>;
}

/**
 * Erases a key whose person has said yes to it, and again where the person was too slow for the key.
 * @returns the same key, open and empty
 * @throws Fault of operations/reset.ts, `key-not-the-same`
 */
export async function eraseInTime(key: Key, erasing: Erasing): Promise<Key> {
  const { prompts, signal, devices, matched, before } = erasing;
  const { aaguid } = key.info;
  let present = key;
  for (let attempt = 1; ; attempt++) {
    try {
      return await reset(present, {
        prompts,
        signal,
        consent: () => Promise.resolve(true),
        isSame: async (again) => {
          if (!(await holdsOne(again, matched, signal))) return false;
          await before();
          return true;
        },
        ...(devices.some((address) => ELSEWHERE.test(address)) && { list: () => listDevices(devices) }),
      });
    } catch (error) {
      const late = error instanceof Fault && error.code === 'reset-too-late' && attempt < MOST_ATTEMPTS;
      if (!late) throw error;
      prompts.say(`${error.say} ${error.todo}`);
      if (!(await prompts.confirm('Try again now?', signal))) throw error;
      present = await findKey({ prompts, signal, addresses: devices });
      if (present.info.aaguid !== aaguid || !(await holdsOne(present, matched, signal))) {
        await present.close();
        throw anotherKey();
      }
    }
  }
}

/** One is enough, because the key waits for its touch for seconds only. The right key has answered before: silence is no yes. */
async function holdsOne(key: Key, matched: readonly string[], signal: AbortSignal | undefined): Promise<boolean> {
  if (matched.length === 0) return true;
  const answered = await passkeysOnKey(key, matched.slice(0, 1), signal);
  return answered !== 'unknown' && answered.length > 0;
}

function anotherKey(): Fault {
  return new Fault({
    code: 'key-not-the-same',
    say: 'The key that is plugged in now is not the one that was to be erased. Nothing was erased.',
    todo: 'Start it again from your ticket in the chat with Keyvouch, with the right key.',
  });
}

import { listDevices, staysTheSame } from '../../hid/devices';
import { findKey } from '../../operations/find-key';
import { type Key } from '../../operations/key';
import { reset } from '../../operations/reset';
import { type Dialogue } from '../../operations/set-pin';
import { Fault } from '../../protocol/fault';
import { passkeysOnKey } from './passkeys-on-key';

/** A person who was too slow may try again so often: the key has refused, so nothing was done yet. */
const MOST_ATTEMPTS = 3;

interface Erasing extends Dialogue {
  /** Addresses from `--device`. */
  devices: readonly string[];
  /** The passkeys that the key was asked for, and those of them for which it answered: by that it is known again. */
  asked: readonly string[];
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
  const { prompts, signal, devices, before } = erasing;
  const { aaguid } = key.info;
  let present = key;
  for (let attempt = 1; ; attempt++) {
    try {
      return await reset(present, {
        prompts,
        signal,
        consent: () => Promise.resolve(true),
        isSame: async (again) => {
          if (!(await answersAlike(again, erasing))) return false;
          await before();
          return true;
        },
        ...(devices.some(staysTheSame) && { list: () => listDevices(devices) }),
      });
    } catch (error) {
      const late = error instanceof Fault && error.code === 'reset-too-late' && attempt < MOST_ATTEMPTS;
      if (!late) throw error;
      prompts.say(`${error.say} ${error.todo}`);
      if (!(await prompts.confirm('Try again now?', signal))) throw error;
      present = await findKey({ prompts, signal, addresses: devices });
      if (present.info.aaguid !== aaguid || !(await answersAlike(present, erasing))) {
        await present.close();
        throw anotherKey();
      }
    }
  }
}

/** Gives the answer it gave before. Of several passkeys one is enough: the key waits for its touch for seconds only. */
async function answersAlike(key: Key, { asked, matched, signal }: Erasing): Promise<boolean> {
  const answered = await passkeysOnKey(key, matched.length > 0 ? matched.slice(0, 1) : asked, signal);
  return (answered !== 'unknown' && answered.length > 0) === matched.length > 0;
}

function anotherKey(): Fault {
  return new Fault({
    code: 'key-not-the-same',
    say: 'The key that is plugged in now is not the one that was to be erased. Nothing was erased.',
    todo: 'Start it again from your request in the chat with Keyvouch, with the right key.',
  });
}

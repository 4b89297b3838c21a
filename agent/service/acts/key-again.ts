import { findKey } from '../../operations/find-key';
import { type Key } from '../../operations/key';
import { type Prompts } from '../../operations/prompts';
import { refuseClosedHid } from '../../platform/closed-hid';
import { Fault } from '../../protocol/fault';

/** Where to look for a key that was here before, and with whom. */
export interface Again {
  prompts: Prompts;
  signal?: AbortSignal | undefined;
  /** Addresses from `--device`. */
  devices: readonly string[];
  /** Milliseconds to wait for the key to be plugged in. Default 60 000. */
  waitMs?: number;
}

/**
 * Has the person show a key once more, to look what came of something that was interrupted. Nothing is written to it.
 *
 * @param aaguid of the model that it is
 * @param question by which the person says that it is the very one
 * @returns what `look` finds; undefined where the key does not come, or is another one
 * @throws Fault `key-cancelled`
 */
export async function withKeyAgain<T>(
  { prompts, signal, devices, waitMs = 60_000 }: Again,
  { aaguid, question }: { aaguid: string; question: string },
  look: (key: Key) => Promise<T>,
): Promise<T | undefined> {
  let key: Key | undefined;
  try {
    await refuseClosedHid({ addresses: devices });
    key = await findKey({ prompts, signal, addresses: devices, waitMs });
    if (key.info.aaguid !== aaguid) {
      prompts.say('This is another model of key than the one it was.');
      return undefined;
    }
    return (await prompts.confirm(question, signal)) ? await look(key) : undefined;
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'key-cancelled') throw error;
    prompts.say(`${error.say} So it cannot be looked at.`);
    return undefined;
  } finally {
    await key?.close();
  }
}

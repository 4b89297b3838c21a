import { waitForTouch } from '../ctap/selection';
import { Fault } from '../protocol/fault';
import { type Key } from './key';
import { type Prompts } from './prompts';
import { withTouch } from './touch';

/**
 * Lets all keys blink and gives the one that is touched; the others are called off and closed.
 *
 * @throws Fault `key-no-touch`, `key-cancelled`: then all are closed
 */
export async function chooseKey(keys: readonly Key[], prompts: Prompts, signal?: AbortSignal): Promise<Key> {
  const others = new AbortController();
  const stop = signal ? AbortSignal.any([signal, others.signal]) : others.signal;
  prompts.say(`${keys.length} security keys are plugged in.`);
  let touched: Promise<Key>[] = [];
  let chosen: Key | undefined;
  try {
    chosen = await withTouch(prompts, 'Touch the key that you want to use.', (onKeepalive) => {
      touched = keys.map(async (key) => {
        await waitForTouch(key.ctap, key.info, { signal: stop, onKeepalive });
        return key;
      });
      return Promise.any(touched);
    });
    return chosen;
  } catch (error) {
    const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
    throw errors.find((each) => each instanceof Fault) ?? error;
  } finally {
    others.abort();
    await Promise.allSettled(touched);
    await Promise.all(keys.filter((key) => key !== chosen).map((key) => key.close()));
  }
}

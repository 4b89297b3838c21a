import { type Secret } from '../protocol/secret';
import { offerPinChange } from './forced-pin-change';
import { type Key } from './key';
import { pinUnsupported } from './pin-unsupported';
import { type Dialogue, hasPin, setPin } from './set-pin';

/**
 * Makes sure that the key has a PIN that it accepts: sets one if there is none, offers to change it if the key
 * insists.
 *
 * @returns the PIN where the person just chose it, so that it need not be asked for again
 */
export async function ensurePin(key: Key, dialogue: Dialogue): Promise<Secret | undefined> {
  if (hasPin(key) === undefined) {
    if (key.info.options['uv'] === true) return undefined;
    throw pinUnsupported();
  }
  if (hasPin(key) === false) return setPin(key, dialogue);
  return key.info.forcePinChange ? offerPinChange(key, dialogue) : undefined;
}

import { createClientPin } from '../ctap/client-pin';
import { ctapFault } from '../ctap/ctap-fault';
import { STATUS } from '../ctap/status';
import { type Secret } from '../protocol/secret';
import { type Key } from './key';
import { chooseNewPin } from './new-pin';
import { withPin } from './pin-entry';
import { pinUnsupported } from './pin-unsupported';
import { type Dialogue, hasPin } from './set-pin';

/**
 * Changes the PIN; the person types the present one and chooses another.
 *
 * @returns the new one
 * @throws Fault `key-pin-unsupported`, `key-pin-not-set`, `key-pin-policy`, `key-pin-blocked`, `key-cancelled` …
 */
export async function changePin(key: Key, { prompts, signal }: Dialogue): Promise<Secret> {
  if (hasPin(key) === undefined) throw pinUnsupported();
  if (hasPin(key) === false) throw ctapFault(STATUS.PIN_NOT_SET);
  const clientPin = createClientPin(key.ctap, key.info);
  const minimum = Math.max(4, key.info.minPinLength);
  let next: Secret | undefined;
  const { result } = await withPin(clientPin, { prompts, signal, minimum }, async (current) => {
    // A new PIN that was chosen before the present one turned out wrong need not be chosen twice.
    if (next) await clientPin.changePin(current, next);
    return (
      next ??
      chooseNewPin(key.info, prompts, signal, async (chosen) => {
        next = chosen;
        await clientPin.changePin(current, chosen);
      })
    );
  });
  // Nothing else of getInfo depends on which PIN it is.
  if (key.info.forcePinChange) await key.refresh();
  prompts.say('The PIN is changed.');
  return result;
}

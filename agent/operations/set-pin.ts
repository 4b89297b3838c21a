import { createClientPin } from '../ctap/client-pin';
import { ctapFault } from '../ctap/ctap-fault';
import { STATUS } from '../ctap/status';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { type Key } from './key';
import { chooseNewPin } from './new-pin';
import { withPin } from './pin-entry';
import { type Prompts } from './prompts';

/** Who speaks with the person, and how it is called off. */
export interface Dialogue {
  prompts: Prompts;
  signal?: AbortSignal | undefined;
}

/** Whether the key has a PIN: undefined where it cannot have one. */
export function hasPin(key: Key): boolean | undefined {
  return key.info.options['clientPin'];
}

/**
 * Sets the first PIN of a key; the person chooses it and types it twice.
 *
 * @throws Fault `key-pin-unsupported`, `key-pin-already-set`, `key-pin-policy`, `key-cancelled`
 */
export async function setPin(key: Key, { prompts, signal }: Dialogue): Promise<Secret> {
  if (hasPin(key) === undefined) throw unsupported();
  if (hasPin(key) === true) throw alreadySet();
  const clientPin = createClientPin(key.ctap, key.info);
  prompts.say('This security key has no PIN yet. Choose one now; you will need it at every sign-in with this key.');
  const pin = await chooseNewPin(key.info, prompts, signal, (chosen) => clientPin.setPin(chosen));
  await key.refresh();
  prompts.say('The PIN is set.');
  return pin;
}

/** Changes the PIN; the person types the present one and chooses another. Gives the new one. */
export async function changePin(key: Key, { prompts, signal }: Dialogue): Promise<Secret> {
  if (hasPin(key) === undefined) throw unsupported();
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
  await key.refresh();
  prompts.say('The PIN is changed.');
  return result;
}

/**
 * Makes sure that the key has a PIN that it accepts: sets one if there is none, has it changed if the key insists.
 *
 * @returns the PIN where the person just chose it, so that it need not be asked for again
 */
export async function ensurePin(key: Key, dialogue: Dialogue): Promise<Secret | undefined> {
  if (hasPin(key) === undefined) {
    if (key.info.options['uv'] === true) return undefined;
    throw unsupported();
  }
  if (hasPin(key) === false) return setPin(key, dialogue);
  if (!key.info.forcePinChange) return undefined;
  dialogue.prompts.say('This key wants its PIN changed before it does anything else: its rules have changed.');
  return changePin(key, dialogue);
}

function unsupported(): Fault {
  return new Fault({
    code: 'key-pin-unsupported',
    say: 'This security key has neither a PIN nor a fingerprint reader.',
    todo: 'Use another model of key.',
  });
}

function alreadySet(): Fault {
  return new Fault({
    code: 'key-pin-already-set',
    say: 'This security key already has a PIN.',
    todo: 'Change the PIN instead, or ask in Teams for help with a forgotten PIN.',
  });
}

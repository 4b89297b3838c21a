import { createClientPin } from '../ctap/client-pin';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { type Key } from './key';
import { chooseNewPin } from './new-pin';
import { pinUnsupported } from './pin-unsupported';
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
  if (hasPin(key) === undefined) throw pinUnsupported();
  if (hasPin(key) === true) throw alreadySet();
  const clientPin = createClientPin(key.ctap, key.info);
  prompts.say('This security key has no PIN yet. Choose one now; you will need it at every sign-in with this key.');
  const pin = await chooseNewPin(key.info, prompts, signal, (chosen) => clientPin.setPin(chosen));
  await key.refresh();
  prompts.say('The PIN is set.');
  return pin;
}

function alreadySet(): Fault {
  return new Fault({
    code: 'key-pin-already-set',
    say: 'This security key already has a PIN.',
    todo: 'Change the PIN instead, or ask in Teams for help with a forgotten PIN.',
  });
}

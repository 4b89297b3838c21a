import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { changePin } from './change-pin';
import { type Key } from './key';
import { type Dialogue } from './set-pin';

/**
 * For a key that gives no token before its PIN is changed (forcePINChange, CTAP 2.1 §6.4): says so, and has it changed
 * when the person agrees.
 *
 * @returns the new PIN
 * @throws Fault `key-pin-must-change` when the person does not want to now, and all of changing the PIN
 */
export async function offerPinChange(key: Key, dialogue: Dialogue): Promise<Secret> {
  const { prompts, signal } = dialogue;
  prompts.say('This key wants its PIN changed before it does anything else: its rules have changed.');
  if (await prompts.confirm('Change the PIN now?', signal)) return changePin(key, dialogue);
  throw new Fault({
    code: 'key-pin-must-change',
    say: 'This security key does nothing more until its PIN is changed.',
    todo: 'Change the PIN of the key first.',
    retry: true,
  });
}

import { ctapFault, hasStatus } from '../ctap/ctap-fault';
import { type AuthenticatorInfo } from '../ctap/get-info';
import { newPinRefused } from '../ctap/pin-text';
import { STATUS } from '../ctap/status';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { printable } from './printable';
import { type Prompts } from './prompts';

const MOST_ATTEMPTS = 5;

/**
 * Has the person choose a PIN, twice the same, and gives it to `accept`; asks again when the key finds it too simple.
 *
 * @param accept writes it to the key
 * @throws Fault `key-pin-policy` or `pin-not-chosen` after five attempts, and what `accept` throws
 */
export async function chooseNewPin(
  info: AuthenticatorInfo,
  prompts: Prompts,
  signal: AbortSignal | undefined,
  accept: (pin: Secret) => Promise<void>,
): Promise<Secret> {
  const minimum = Math.max(4, info.minPinLength);
  let refused: Fault | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const pin = await prompts.askPin({ purpose: 'new', minimum }, signal);
    refused = newPinRefused(pin, { minimum, maximum: info.maxPinLength });
    if (refused) {
      prompts.say(`${refused.say} ${refused.todo}`);
      continue;
    }
    const repeated = await prompts.askPin({ purpose: 'repeat', minimum }, signal);
    if (repeated.reveal().normalize('NFC') !== pin.reveal().normalize('NFC')) {
      prompts.say('The two PINs are not the same. Choose again.');
      continue;
    }
    try {
      await accept(pin);
      return pin;
    } catch (error) {
      if (!hasStatus(error, STATUS.PIN_POLICY_VIOLATION)) throw error;
      refused = ctapFault(STATUS.PIN_POLICY_VIOLATION, { minimum });
      prompts.say(`The key does not accept this PIN. ${policyHint(info, minimum)}`);
    }
  }
  throw refused ?? notChosen();
}

function policyHint(info: AuthenticatorInfo, minimum: number): string {
  const simple = 'Avoid rows (123456), repetitions (111111) and the PIN it had before.';
  const where = info.pinComplexityPolicyUrl ? ` Its rules: ${printable(info.pinComplexityPolicyUrl)}` : '';
  return `It wants at least ${minimum} characters. ${simple}${where}`;
}

function notChosen(): Fault {
  return new Fault({ code: 'pin-not-chosen', say: 'No PIN was chosen.', todo: 'Start again.', retry: true });
}

import { createClientPin, type ClientPin, type TokenRequest } from '../ctap/client-pin';
import { credentialManagementCommand } from '../ctap/credential-management';
import { ctapFault, hasStatus } from '../ctap/ctap-fault';
import { PERMISSION } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { Fault } from '../protocol/fault';
import { type Key } from './key';
import { withPin } from './pin-entry';
import { pinUnsupported } from './pin-unsupported';
import { type Dialogue, hasPin } from './set-pin';

/** A site that cannot exist (RFC 2606): a token for it opens nothing. */
const NOWHERE = 'keyvouch.invalid';

/**
 * Has the person type the PIN and tries it, once: a wrong one is not asked for again.
 *
 * @returns how many tries there are now; a right PIN gives all of them back
 * @throws Fault `key-pin-wrong` (facts: retriesLeft), `key-pin-unsupported`, `key-pin-not-set`, `key-pin-blocked`,
 *   `key-pin-replug`, `key-pin-last-try`, `key-pin-must-change`
 */
export async function checkPin(key: Key, { prompts, signal }: Dialogue): Promise<{ retriesLeft: number }> {
  if (hasPin(key) === undefined) throw pinUnsupported();
  if (hasPin(key) === false) throw ctapFault(STATUS.PIN_NOT_SET);
  const clientPin = createClientPin(key.ctap, key.info);
  const entry = { prompts, signal, minimum: Math.max(4, key.info.minPinLength) };
  await withPin(clientPin, entry, async (pin) => {
    try {
      (await clientPin.tokenUsingPin(pin, leastRequest(key))).wipe();
    } catch (error) {
      if (hasStatus(error, STATUS.PIN_INVALID)) throw await wrong(clientPin, error);
      // The key looks at the PIN first: only a right one gets as far as this rule.
      if (!hasStatus(error, STATUS.PIN_POLICY_VIOLATION) || !key.info.forcePinChange) throw error;
      prompts.say(
        'The PIN is right, and the key wants it changed before it does anything else: "pin change" does that.',
      );
    }
  });
  return { retriesLeft: (await clientPin.pinRetries()).retries };
}

/** The least that a token can be asked for on this key: looking, where it may not be used to sign in anywhere. */
function leastRequest({ info }: Key): TokenRequest {
  if (info.options['noMcGaPermissionsWithClientPin'] === true && credentialManagementCommand(info) !== undefined) {
    return { permissions: PERMISSION.credentialManagement };
  }
  return { permissions: PERMISSION.getAssertion, rpId: NOWHERE };
}

async function wrong(clientPin: ClientPin, cause: unknown): Promise<Fault> {
  const { retries } = await clientPin.pinRetries();
  return new Fault({
    code: 'key-pin-wrong',
    say: `The PIN is wrong. ${retries === 1 ? 'One try is' : `${retries} tries are`} left.`,
    todo: 'Make sure of the PIN before the next try.',
    retry: true,
    facts: { retriesLeft: retries },
    cause,
  });
}

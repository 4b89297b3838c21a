import { type ClientPin } from '../ctap/client-pin';
import { ctapFault, hasStatus } from '../ctap/ctap-fault';
import { pinUnsendable } from '../ctap/pin-text';
import { STATUS } from '../ctap/status';
import { keyCancelled } from '../hid/faults';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { type Prompts } from './prompts';

/** More often than any key allows; a key that never counts down does not keep us asking. */
const MOST_QUESTIONS = 12;

/** How the PIN is asked for. */
export interface PinEntry {
  prompts: Prompts;
  signal?: AbortSignal | undefined;
  /** The key's minPINLength. */
  minimum: number;
  /** A PIN that the person gave a moment ago: used once, before asking. */
  pin?: Secret | undefined;
}

/**
 * Asks for the PIN of the key and does `attempt` with it, until it is right. Each try is one that the person typed:
 * nothing is ever tried twice. The last try is spent only when the person says so.
 *
 * @throws Fault `key-pin-blocked`, `key-pin-replug`, `key-pin-last-try`, `key-cancelled`, and what `attempt` throws
 */
export async function withPin<T>(
  clientPin: ClientPin,
  entry: PinEntry,
  attempt: (pin: Secret) => Promise<T>,
): Promise<{ result: T; pin: Secret }> {
  const { prompts, signal } = entry;
  let known = entry.pin;
  for (let question = 0; question < MOST_QUESTIONS; question++) {
    const retriesLeft = await triesLeft(clientPin);
    if (retriesLeft === 1) await askForLastTry(entry);
    const pin = known ?? (await ask(entry, retriesLeft));
    known = undefined;
    const unsendable = pinUnsendable(pin);
    if (unsendable) {
      prompts.say(`${unsendable.say} ${unsendable.todo}`);
      continue;
    }
    try {
      if (signal?.aborted) throw keyCancelled();
      return { result: await attempt(pin), pin };
    } catch (error) {
      if (!hasStatus(error, STATUS.PIN_INVALID)) throw error;
      const left = await triesLeft(clientPin);
      prompts.say(`The PIN is wrong. ${left === 1 ? 'One try is' : `${left} tries are`} left.`);
    }
  }
  throw ctapFault(STATUS.PIN_INVALID);
}

/** How many tries the key grants before it locks for ever; throws when it grants none now. */
async function triesLeft(clientPin: ClientPin): Promise<number> {
  const { retries, powerCycle } = await clientPin.pinRetries();
  if (retries === 0) throw ctapFault(STATUS.PIN_BLOCKED);
  if (powerCycle) throw ctapFault(STATUS.PIN_AUTH_BLOCKED, { retriesLeft: retries });
  return retries;
}

async function ask({ prompts, signal, minimum }: PinEntry, retriesLeft: number): Promise<Secret> {
  if (retriesLeft === 2) prompts.say('Only two tries are left: after two wrong PINs the key locks for ever.');
  return prompts.askPin({ purpose: 'enter', minimum, retriesLeft }, signal);
}

/** Also where the PIN was given before: that it was right a moment ago is what the key no longer says. */
async function askForLastTry({ prompts, signal }: PinEntry): Promise<void> {
  const sure = await prompts.confirm(
    'Only one try is left. If this PIN is wrong too, the key locks for ever and must be erased. Try it?',
    signal,
  );
  if (!sure) throw lastTryKept();
}

function lastTryKept(): Fault {
  return new Fault({
    code: 'key-pin-last-try',
    say: 'The last try of the PIN was not used.',
    todo: 'Find the PIN first, or ask in Teams for help with a forgotten PIN.',
    retry: true,
  });
}

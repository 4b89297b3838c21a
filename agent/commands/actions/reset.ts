import { credentialManagementCommand } from '../../ctap/credential-management';
import { listDevices, staysTheSame } from '../../hid/devices';
import { findOnKey } from '../../operations/exclude-list';
import { type Key } from '../../operations/key';
import { listPasskeys, type Passkey } from '../../operations/passkeys';
import { printable } from '../../operations/printable';
import { reset } from '../../operations/reset';
import { type Dialogue, hasPin } from '../../operations/set-pin';
import { Fault } from '../../protocol/fault';
import { type ResetCommandOptions } from '../reset';
import { type Outcome } from '../run-command';
import { type Session } from '../session';
import { agree, confirmNeeded, declined } from './agree';
import { passkeysBySite } from './passkey-words';
import { withKey } from './with-key';

const WORD = 'ERASE';
/** A person who was too slow may try again so often without starting anew. */
const MOST_ATTEMPTS = 3;

/** Erases a key, after saying what will be gone; a person who was too slow may try again at once. */
export async function resetHere(options: ResetCommandOptions, session: Session): Promise<Outcome<'reset'>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withKey(options, session, (key, dialogue) => resetOnce(key, dialogue, options, session));
    } catch (error) {
      const late = error instanceof Fault && error.code === 'reset-too-late';
      if (!late || !session.interactive || attempt === MOST_ATTEMPTS) throw error;
      session.prompts.say(`${error.say} ${error.todo}`);
      if (!(await session.prompts.confirm('Try again now?', session.signal))) throw error;
    }
  }
}

async function resetOnce(
  key: Key,
  dialogue: Dialogue,
  options: ResetCommandOptions,
  session: Session,
): Promise<Outcome<'reset'>> {
  const { prompts, signal } = dialogue;
  const { path } = key.device;
  const { aaguid } = key.info;
  prompts.say(whatGoes(key));
  const passkeys = await whatIsOnIt(key, dialogue, options, session);
  const empty = await reset(key, {
    prompts,
    signal,
    // A key behind a socket comes back there; one of the system's may come back under another path.
    ...(options.device.some(staysTheSame) && { list: () => listDevices(options.device) }),
    consent: () => consent(path, options, session),
    ...(passkeys && { isSame: (again) => holdsOne(again, passkeys, signal) }),
  });
  const back = empty.device.path;
  await empty.close();
  return {
    document: { erased: { path: back, aaguid, passkeys: passkeys?.length ?? null } },
    text: 'It has no PIN and no passkey any more. The sites still list its passkeys: remove them in the accounts too.',
  };
}

function whatGoes(key: Key): string {
  const { device, info } = key;
  const goes = ['every passkey'];
  if (hasPin(key) === true) goes.push('the PIN');
  if (info.options['uv'] === true || info.options['bioEnroll'] === true) goes.push('the fingerprints');
  if (info.options['largeBlobs'] === true) goes.push('the data that passkeys keep on it');
  goes.push('its settings');
  const name = [printable(device.product ?? 'security key', 80), `(${printable(device.path, 200)})`].join(' ');
  return `To be erased for ever from the ${name}: ${goes.join(', ')}. Other parts of it, such as one-time passwords, stay.`;
}

/** The passkeys, where the person wants to see them and the PIN is known. A PIN that is not is why keys are erased. */
async function whatIsOnIt(key: Key, dialogue: Dialogue, options: ResetCommandOptions, session: Session) {
  const { prompts, signal } = dialogue;
  if (credentialManagementCommand(key.info) === undefined || hasPin(key) !== true) return undefined;
  const wanted =
    options.pinFd !== undefined ||
    (session.interactive &&
      (await prompts.confirm('List the passkeys on it first? That takes the PIN: do not guess it.', signal)));
  if (!wanted) return undefined;
  try {
    const passkeys = await listPasskeys(key, dialogue);
    prompts.say(passkeys.length === 0 ? 'There are no passkeys on it.' : `On it are:\n${passkeysBySite(passkeys)}`);
    return passkeys;
  } catch (error) {
    if (!(error instanceof Fault) || ['key-cancelled', 'key-gone'].includes(error.code)) throw error;
    prompts.say(`${error.say} So its passkeys cannot be listed.`);
    return undefined;
  }
}

async function consent(path: string, { confirm }: ResetCommandOptions, session: Session): Promise<boolean> {
  const { prompts, signal, interactive } = session;
  const question = `Type ${WORD} to erase the key, anything else to stop:`;
  if (confirm !== undefined) await agree(session, { question, proofs: [path], given: confirm });
  else if (!interactive) throw confirmNeeded('erase the key?', path);
  else if ((await prompts.ask(question, signal)).trim() !== WORD) throw declined();
  return true;
}

/**
 * Whether the key that came back still holds one of the passkeys that were listed, by a silent answer. A key that gives
 * none, or only to a verified person, is taken for the same when it says the same of itself.
 */
async function holdsOne(again: Key, passkeys: readonly Passkey[], signal: AbortSignal | undefined): Promise<boolean> {
  const silent = passkeys.find(({ credProtect = 1 }) => credProtect < 3);
  if (!silent) return true;
  const { rpId, credentialId } = silent;
  return (await findOnKey(again, { rpId, credentialIds: [credentialId], signal })) !== undefined;
}

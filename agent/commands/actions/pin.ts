import { changePin } from '../../operations/change-pin';
import { checkPin } from '../../operations/check-pin';
import { type Key } from '../../operations/key';
import { setPin } from '../../operations/set-pin';
import { createClientPin } from '../../ctap/client-pin';
import { type KeyOptions } from '../options';
import { type Outcome } from '../run-command';
import { type Session } from '../session';
import { withKey } from './with-key';

/** Sets the first PIN. */
export function set(options: KeyOptions, session: Session): Promise<Outcome<'pin set'>> {
  return withKey(options, session, async (key, dialogue) => {
    await setPin(key, dialogue);
    return { document: await result(key, 'set') };
  });
}

/** Changes the PIN. */
export function change(options: KeyOptions, session: Session): Promise<Outcome<'pin change'>> {
  return withKey(options, session, async (key, dialogue) => {
    await changePin(key, dialogue);
    return { document: await result(key, 'changed') };
  });
}

/** Tries one PIN, once. */
export function check(options: KeyOptions, session: Session): Promise<Outcome<'pin check'>> {
  return withKey(options, session, async (key, dialogue) => {
    await checkPin(key, dialogue);
    const document = await result(key, 'right');
    return { document, text: `The PIN is right; ${document.retriesLeft} tries are left again.` };
  });
}

async function result(key: Key, pin: 'set' | 'changed' | 'right') {
  const { retries } = await createClientPin(key.ctap, key.info).pinRetries();
  return { pin, path: key.device.path, retriesLeft: retries };
}

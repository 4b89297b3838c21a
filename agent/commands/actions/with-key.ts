import { findKey } from '../../operations/find-key';
import { type Key } from '../../operations/key';
import { type Dialogue } from '../../operations/set-pin';
import { refuseClosedHid } from '../../platform/closed-hid';
import { type KeyOptions } from '../options';
import { type Session } from '../session';

/** How long a person may look for the key; a program has plugged it in before. */
const WAIT_MS = { person: 120_000, program: 0 };

/** Finds the one key to work with, and closes it afterwards. */
export async function withKey<T>(
  { device }: Pick<KeyOptions, 'device'>,
  session: Session,
  work: (key: Key, dialogue: Dialogue) => Promise<T>,
): Promise<T> {
  const { prompts, signal, interactive } = session;
  const waitMs = interactive ? WAIT_MS.person : WAIT_MS.program;
  await refuseClosedHid({ addresses: device });
  const key = await findKey({ prompts, signal, addresses: device, waitMs });
  try {
    return await work(key, { prompts, signal });
  } finally {
    await key.close();
  }
}

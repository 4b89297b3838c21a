import { z } from 'zod';
import { resetKey } from '../../../agent/ctap/reset';
import { deviceAt } from '../../../agent/hid/devices';
import { openKey } from '../../../agent/operations/key';
import { Secret } from '../../../agent/protocol/secret';
import { setPinOf } from './key-pin';
import { persistentlyByPass } from './persistent-onboarding';
import { type Course, type Stage } from './persistent-story';
import { findInput } from './reading';

const Choice = z.object({ choices: z.array(z.object({ value: z.string() })).min(1) });

/** A passkey on the account whose key is out of reach: the key in hand is as new, and holds it no more. */
async function loseTheKey({ sandbox, roles }: Stage): Promise<void> {
  const { key } = roles;
  const device = `tcp:127.0.0.1:${key.port}`;
  const pin = new Secret(roles.pin);
  await setPinOf(device, pin);
  const enrolled = await sandbox.entra.enrol(roles.subject.upn, { device, pin }, 'Blue key');
  if (!enrolled.ok) throw new Error('the key that is to be lost was refused');
  await key.power(false);
  await key.power(true);
  const opened = await openKey(deviceAt(device));
  try {
    await resetKey(opened.ctap, { limitMs: 10_000 });
  } finally {
    await opened.close();
  }
}

/** Flow 2: the only key is lost; a pass is the way to a new one, and the lost one goes. */
export async function persistentlyLostKey(stage: Stage): Promise<Course> {
  await loseTheKey(stage);
  const asking: Stage['asking'] = {
    words: 'i lost my key',
    inputs: (form) => {
      const [first] = Choice.safeParse(findInput(form, 'passkeys')).data?.choices ?? [];
      return first && { passkeys: first.value };
    },
  };
  return persistentlyByPass({ ...stage, asking });
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dataDirectory } from '../../service/data-directory';
import { pairingStore } from '../../service/pairing-file';
import { takeRunLock } from '../../service/run-lock';
import { workstationKeyStore } from '../../service/workstation-key-store';
import { type Outcome } from '../run-command';
import { type Session } from '../session';
import { type UnpairOptions } from '../unpair';
import { declined } from './agree';

/** Forgets the pairing here; the service does not hear of it. */
export async function unpair({ data, yes }: UnpairOptions, { prompts, signal }: Session): Promise<Outcome<'unpair'>> {
  const directory = dataDirectory(data);
  const sure = yes ?? (await prompts.confirm('Forget the pairing here and destroy its key?', signal));
  if (!sure) throw declined();
  const unlock = await takeRunLock(directory);
  try {
    const pairings = pairingStore(directory);
    // A damaged file is no reason to stay paired.
    const { candidate, pairing } = await pairings.read().catch(() => ({ candidate: undefined, pairing: undefined }));
    const keys = workstationKeyStore(directory);
    for (const thumbprint of [candidate, pairing?.thumbprint, pairing?.next])
      if (thumbprint) await keys.remove(thumbprint);
    await pairings.remove();
    await rm(join(directory, 'jobs.json'), { force: true });
  } finally {
    await unlock();
  }
  prompts.say('This workstation has forgotten its pairing. Remove it in the chat too: type "workstations" there.');
  return { document: { unpaired: true } };
}

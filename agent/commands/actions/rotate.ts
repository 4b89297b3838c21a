import { openConnection } from '../../service/connection';
import { dataDirectory } from '../../service/data-directory';
import { notPaired } from '../../service/not-paired';
import { pairingStore } from '../../service/pairing-file';
import { rotateKey } from '../../service/rotate-key';
import { takeRunLock } from '../../service/run-lock';
import { serviceFor } from '../../service/service';
import { workstationKeyStore } from '../../service/workstation-key-store';
import { type PairOptions } from '../pair';
import { type Outcome } from '../run-command';
import { type Session } from '../session';

/** Gives this workstation a new key; the pairing and its name in the chat stay. */
export async function rotateHere(options: PairOptions, { prompts, signal }: Session): Promise<Outcome<'pair'>> {
  const directory = dataDirectory(options.data);
  const pairings = pairingStore(directory);
  const keys = workstationKeyStore(directory);
  const { pairing: before } = await pairings.read();
  const key = before && (await keys.load(before.thumbprint));
  if (!before || !key) throw notPaired();
  // No job may run meanwhile: it would be signed by a key that is on its way out.
  const unlock = await takeRunLock(directory);
  const connection = openConnection(before.service, options.ca === undefined ? {} : { caFile: options.ca });
  try {
    const { service: url, workstation } = before;
    const service = serviceFor(connection, { service: url, workstation, key });
    const { pairing } = await rotateKey({ service, keys, pairings, signal });
    prompts.say('This workstation has a new key. The pairing stays as it was.');
    const { name, person, kind } = pairing;
    return { document: { paired: { workstation, name, person, kind, service: url } } };
  } finally {
    await connection.close();
    await unlock();
  }
}

import { fileKeys } from '../../../bot/keys/file-keys';
import { createSealer, createStorage, type Storage } from '../../../bot/storage';
import { dueTimes } from '../../../bot/tickets/due';
import { type Rig } from './rig';

/** Reads what the product has written, by the product's own keys and past every fault of the rig. */
export async function truthOf(rig: Pick<Rig, 'keyFile' | 'truthConnection'>): Promise<Storage> {
  const keys = await fileKeys(rig.keyFile);
  return createStorage({
    tables: { connectionString: rig.truthConnection },
    sealer: createSealer(keys.derive('seal', 'rows')),
    now: () => new Date(),
    dueTimes,
  });
}

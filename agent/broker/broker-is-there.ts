import { lstat } from 'node:fs/promises';
import { ownRendezvous, type Rendezvous } from './rendezvous';

/** Whether a broker has laid a meeting place for this user: whatever it is worth, it is worth asking. */
export async function brokerIsThere(place: Rendezvous = ownRendezvous()): Promise<boolean> {
  return lstat(place.secretFile).then(
    () => true,
    () => false,
  );
}

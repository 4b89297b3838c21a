import { lstatSync } from 'node:fs';
import { ownRendezvous, type Rendezvous } from './rendezvous';

/** Whether a broker has laid a meeting place for this user: whatever it is worth, it is worth asking. */
export function brokerIsThere(place: Rendezvous = ownRendezvous()): boolean {
  try {
    return lstatSync(place.secretFile, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

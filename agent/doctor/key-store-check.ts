import { Fault } from '../protocol/fault';
import { keyPlaceWords, type WorkstationKeyStore } from '../service/workstation-key-store';
import { type Finding, notChecked, ok, stop, stopFor } from './finding';

/** Whether the workstation's key is where it was put, and can be used. @param thumbprint Of the paired key */
export async function keyStoreCheck(store: WorkstationKeyStore, thumbprint: string | undefined): Promise<Finding> {
  if (thumbprint === undefined) {
    return notChecked('key-store', 'Where the key of this workstation is kept is not checked: it is not paired.');
  }
  try {
    const place = await store.place(thumbprint);
    if (place && (await store.load(thumbprint))) {
      return ok('key-store', `The key of this workstation is kept in ${keyPlaceWords(place)}.`);
    }
  } catch (error) {
    if (error instanceof Fault) return stopFor('key-store', error);
    throw error;
  }
  return stop(
    'key-store',
    'The key of this workstation is gone.',
    'Pair it anew: type "pair" in the chat with Keyvouch, then run "keyvouch-agent pair" here.',
  );
}

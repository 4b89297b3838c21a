import { Fault } from '../protocol/fault';
import { type KeyStore, type WorkstationKey } from './key-store';
import { notPaired } from './not-paired';
import { type Pairing, type PairingStore } from './pairing-file';
import { retrying } from './retrying';
import { type Service } from './service';

/** A workstation's key signs for so long; then the agent makes itself another. Milliseconds. */
const LASTS_MS = 90 * 86_400_000;

export interface RotationDeps {
  /** Signed by the present key of the pairing that is on disk. */
  service: Service;
  keys: KeyStore;
  pairings: PairingStore;
  signal?: AbortSignal | undefined;
}

/** Whether the key is old, or a turn was begun that has to be brought to its end. */
export function isRotationDue({ next, keySince, pairedAt }: Pairing, now = new Date()): boolean {
  const since = Date.parse(keySince ?? pairedAt);
  return next !== undefined || !(now.getTime() - since < LASTS_MS);
}

/**
 * Gives this workstation another key: it is made and noted here, named to the service by the present one, and takes its
 * place when the service has heard it sign. Whatever is cut off on the way, one of the two is valid and both are here,
 * so that the next call brings it to its end.
 *
 * @returns the pairing with the new key, and the service as that key speaks with it
 * @throws Fault `not-paired`, `service-unreachable`, `workstation-not-paired`, `workstation-key-used`, `clock-off`, …
 */
export async function rotateKey(
  deps: RotationDeps,
): Promise<{ pairing: Pairing; service: Service; key: WorkstationKey }> {
  const { service, keys, pairings, signal } = deps;
  // From the disk: what an earlier call has noted there may be all that still opens the service.
  const { pairing: before } = await pairings.read();
  if (!before) throw notPaired();
  const begun = before.next === undefined ? undefined : await keys.load(before.next);
  const key = begun ?? (await keys.make());
  if (key.thumbprint !== before.next) await write(pairings, { ...before, next: key.thumbprint });
  const renewed = service.signedBy(key);
  const patience = { attempts: 4, signal };
  // A turn that was cut off may be over for the service already, which then knows the present key no more.
  const over = begun !== undefined && (await hasSigned(renewed, signal));
  if (!over) {
    try {
      await retrying(() => service.nameNextKey(key, signal), patience);
    } catch (error) {
      // Another key is tried next time.
      if (error instanceof Fault && error.code === 'workstation-key-used') await forget(deps, before, key);
      throw error;
    }
    await retrying(() => renewed.jobs(signal), patience);
  }
  const { next: _, ...rest } = before;
  const pairing: Pairing = { ...rest, thumbprint: key.thumbprint, keySince: new Date().toISOString() };
  await write(pairings, pairing);
  if (before.thumbprint !== key.thumbprint) await keys.remove(before.thumbprint);
  return { pairing, service: renewed, key };
}

/** Whether the service takes what this key signs: then it is the workstation's key from that moment on. */
async function hasSigned(renewed: Service, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await retrying(() => renewed.jobs(signal), { attempts: 4, signal });
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === 'proof-bad') return false;
    throw error;
  }
}

async function forget({ pairings, keys }: RotationDeps, before: Pairing, key: WorkstationKey): Promise<void> {
  const { next: _, ...rest } = before;
  await write(pairings, rest);
  await keys.remove(key.thumbprint);
}

function write(pairings: PairingStore, pairing: Pairing): Promise<void> {
  return pairings.write({ service: pairing.service, pairing });
}

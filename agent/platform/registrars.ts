import { findKey, type FindKeyOptions } from '../operations/find-key';
import { hidRegistrar } from '../operations/hid-registrar';
import { type Key } from '../operations/key';
import { type Registrar } from '../operations/registrar';
import { hidClosed, type HidSurroundings, isHidClosed } from './closed-hid';

/** The way in which passkeys are made here. */
export interface OpenRegistrar {
  readonly registrar: Registrar;
  /** The key, where this process has it open; none where the system keeps it to itself. */
  readonly key: Key | undefined;
  close(): Promise<void>;
}

/**
 * Gives the way to make passkeys here: over HID (through the broker too), with the key found, chosen and open; or, where
 * that is closed, through Windows, which finds the key by itself.
 *
 * @throws Fault of `findKey`
 */
export async function registrarFor(find: FindKeyOptions, surroundings?: HidSurroundings): Promise<OpenRegistrar> {
  if (await isHidClosed(find.addresses ?? [], surroundings)) {
    // Loaded only there: nobody else needs it.
    const { platformRegistrar } = await import('./platform-registrar');
    return { registrar: platformRegistrar(), key: undefined, close: () => Promise.resolve() };
  }
  const key = await findKey(find);
  return { registrar: hidRegistrar(key), key, close: () => key.close() };
}

/**
 * The key, for what registering alone does not do.
 *
 * @throws Fault `key-access-denied` where Windows keeps it to itself
 */
export function keyOf({ key }: Pick<OpenRegistrar, 'key'>): Key {
  if (!key) throw hidClosed();
  return key;
}

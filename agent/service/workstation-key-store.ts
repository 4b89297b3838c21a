import { z } from 'zod';
import { Fault } from '../protocol/fault';
import { Secret } from '../protocol/secret';
import { fileKeyStore, keyFile } from './file-key-store';
import { type KeyStore, type WorkstationKey } from './key-store';
import { keyOf, newPrivateJwk, PrivateJwk } from './key-store-jwk';
import { keyringKeyStore } from './keyring-key-store';
import { OS_KEY_STORES, type OsKeyStore, type OsKeyStoreName, osKeyStoreWords } from './os-key-store';
import { readPrivate, removePrivate, writePrivate } from './private-file';

/** Where a key is kept. */
export type KeyPlace = { kind: 'os'; store: OsKeyStoreName } | { kind: 'file'; path: string };

/** Keys in the operating system's store, and where that one does not work, in files; it says which. */
export interface WorkstationKeyStore extends KeyStore {
  /** Undefined: there is no such key. */
  place(thumbprint: string): Promise<KeyPlace | undefined>;
}

/** A key's file holds the key itself, or says which store has it. */
const KeyFile = z.union([z.object({ keptIn: z.enum(OS_KEY_STORES) }).strict(), PrivateJwk]);

/**
 * New keys go to the operating system's store if it takes them and gives them back, else to a file. A key stays where it
 * was made: a store that fails later is a Fault, never a reason to look elsewhere or to pair anew.
 * @param env KEYVOUCH_KEY_STORE=file keeps new keys out of the operating system's store
 */
export function workstationKeyStore(
  directory: string,
  {
    env = process.env,
    open = keyringKeyStore,
  }: { env?: NodeJS.ProcessEnv; open?: () => Promise<OsKeyStore | undefined> } = {},
): WorkstationKeyStore {
  const files = fileKeyStore(directory);
  const read = (thumbprint: string) => readPrivate(keyFile(directory, thumbprint), KeyFile);

  async function storeNamed(name: OsKeyStoreName): Promise<OsKeyStore> {
    const store = await open();
    if (store?.name !== name) throw storeFails(name);
    return store;
  }

  return {
    async make() {
      const store = env['KEYVOUCH_KEY_STORE'] === 'file' ? undefined : await open();
      return (store && (await makeIn(store, directory))) ?? files.make();
    },
    async load(thumbprint) {
      const file = await read(thumbprint);
      if (!file) return undefined;
      if (!('keptIn' in file)) return keyOf(new Secret(file));
      const store = await storeNamed(file.keptIn);
      const kept = await store.get(thumbprint).catch((cause: unknown) => {
        throw storeFails(file.keptIn, cause);
      });
      return kept && keyOf(parsed(kept, file.keptIn));
    },
    async remove(thumbprint) {
      // Whoever forgets a key is not held up by a store that fails; what stays there is of no use by itself.
      const file = await read(thumbprint).catch(() => undefined);
      if (file && 'keptIn' in file) {
        await storeNamed(file.keptIn)
          .then((store) => store.remove(thumbprint))
          .catch(() => undefined);
      }
      await removePrivate(keyFile(directory, thumbprint));
    },
    async place(thumbprint) {
      const file = await read(thumbprint);
      if (!file) return undefined;
      if ('keptIn' in file) return { kind: 'os', store: file.keptIn };
      return { kind: 'file', path: keyFile(directory, thumbprint) };
    },
  };
}

/** Undefined where the store did not take the key, or did not give back what it took. */
async function makeIn(store: OsKeyStore, directory: string): Promise<WorkstationKey | undefined> {
  const made = await newPrivateJwk();
  const key = await keyOf(made);
  const text = JSON.stringify(made.reveal());
  try {
    await store.put(key.thumbprint, new Secret(text));
    if ((await store.get(key.thumbprint))?.reveal() !== text) throw new Error('it came back changed');
  } catch {
    await store.remove(key.thumbprint).catch(() => undefined);
    return undefined;
  }
  try {
    await writePrivate(keyFile(directory, key.thumbprint), { keptIn: store.name });
  } catch (error) {
    await store.remove(key.thumbprint).catch(() => undefined);
    throw error;
  }
  return key;
}

function parsed(kept: Secret, name: OsKeyStoreName): Secret<PrivateJwk> {
  try {
    return new Secret(PrivateJwk.parse(JSON.parse(kept.reveal())));
  } catch {
    // Without the cause: it would quote what it could not read.
    throw storeFails(name);
  }
}

/** Says where a key is kept, for people. */
export function keyPlaceWords(place: KeyPlace): string {
  return place.kind === 'os' ? osKeyStoreWords(place.store) : `the file ${place.path}, which only you may read`;
}

const MEND: Readonly<Record<OsKeyStoreName, string>> = {
  'credential-manager': 'Sign out of Windows and in again; if it stays so, ask your helpdesk.',
  keychain: 'Unlock the login keychain (Keychain Access), allow the agent to use its entry, and try again.',
  'secret-service': 'Run the agent in your desktop session, unlock the keyring there, and try again.',
};

function storeFails(name: OsKeyStoreName, cause?: unknown): Fault {
  return new Fault({
    code: 'key-store-unavailable',
    say: `This workstation's key is kept in ${osKeyStoreWords(name)}, which does not give it out now.`,
    todo: MEND[name],
    retry: true,
    facts: { store: name },
    cause,
  });
}

import { type AsyncEntry } from '@napi-rs/keyring';
import { Secret } from '../protocol/secret';
import { type OsKeyStore, osKeyStoreOf } from './os-key-store';

/** What of @napi-rs/keyring is used. */
export interface Keyring {
  AsyncEntry: new (
    ...parameters: ConstructorParameters<typeof AsyncEntry>
  ) => Pick<AsyncEntry, 'setPassword' | 'getPassword' | 'deletePassword'>;
}

/** The name under which people find the entry in their store. */
const SERVICE = 'Keyvouch workstation key';
/** A locked store asks its person to unlock it; one that says nothing for this long is not there. Milliseconds. */
const LIMIT_MS = 60_000;

/**
 * The operating system's store by @napi-rs/keyring; loaded late, because it is native and may be missing.
 * @returns undefined where this system has none, or the library does not load
 */
export async function keyringKeyStore(
  platform: NodeJS.Platform = process.platform,
  load: () => Promise<Keyring> = () => import('@napi-rs/keyring'),
  limitMs = LIMIT_MS,
): Promise<OsKeyStore | undefined> {
  const name = osKeyStoreOf(platform);
  const keyring = name && (await load().catch(() => undefined));
  if (!name || !keyring) return undefined;
  // Left to itself the library falls back to the kernel's keyring, which forgets at the next start of the machine.
  const pinned = { linux: { store: 'secret-service' } } as const;
  const entry = (account: string) => new keyring.AsyncEntry(SERVICE, account, pinned);
  return {
    name,
    put: (account, value) => within(limitMs, async () => entry(account).setPassword(value.reveal())),
    async get(account) {
      const value = await within(limitMs, async () => entry(account).getPassword());
      return typeof value === 'string' ? new Secret(value) : undefined;
    },
    async remove(account) {
      await within(limitMs, async () => entry(account).deletePassword());
    },
  };
}

async function within<T>(limitMs: number, call: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([call(), late]);
  } finally {
    clearTimeout(timer);
  }
}

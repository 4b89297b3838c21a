import { type Secret } from '../protocol/secret';

/** The operating system's own store for secrets, as far as one key needs it. Each call rejects where the store fails. */
export interface OsKeyStore {
  readonly name: OsKeyStoreName;
  put(account: string, value: Secret): Promise<void>;
  /** Undefined: the store works, and has none. */
  get(account: string): Promise<Secret | undefined>;
  remove(account: string): Promise<void>;
}

/** Kept beside the key, so that a later run looks in the same place. */
export const OS_KEY_STORES = ['credential-manager', 'keychain', 'secret-service'] as const;
export type OsKeyStoreName = (typeof OS_KEY_STORES)[number];

const WORDS: Readonly<Record<OsKeyStoreName, string>> = {
  'credential-manager': 'the Windows Credential Manager',
  keychain: 'the macOS Keychain',
  'secret-service': "the desktop's keyring (Secret Service)",
};

/** How people call the store. */
export function osKeyStoreWords(name: OsKeyStoreName): string {
  return WORDS[name];
}

/** The store that this operating system has; undefined where we use none. */
export function osKeyStoreOf(platform: NodeJS.Platform): OsKeyStoreName | undefined {
  if (platform === 'win32') return 'credential-manager';
  if (platform === 'darwin') return 'keychain';
  return platform === 'linux' ? 'secret-service' : undefined;
}

import { type Secret } from '../../agent/protocol/secret';

/** One version of a secret that somebody outside has too. */
export interface SecretVersion {
  /** Names the version and tells nothing of it; letters and digits. */
  kid: string;
  secret: Secret;
}

/**
 * Secrets that an administrator puts in: into Key Vault in Azure, into the key file in the sandbox. Their versions are
 * their rotation: the newest counts, and for a while the one before it.
 */
export interface NamedSecrets {
  /** @returns the versions that are enabled, the newest first, two at most; empty: there is none. @throws Fault `keys-unreachable` */
  versions(name: string): Promise<readonly SecretVersion[]>;
}

/** How long a secret is kept before it is read again: so long a new version needs to be taken up. Milliseconds. */
const KEEP_MS = 5 * 60_000;

/** Remembers what was read, and asks again after five minutes. What cannot be read anew goes on as it was. */
export function remembered(secrets: NamedSecrets, now: () => number): NamedSecrets {
  const known = new Map<string, { at: number; versions: readonly SecretVersion[] }>();
  return {
    async versions(name) {
      const before = known.get(name);
      if (before && before.versions.length > 0 && now() - before.at < KEEP_MS) return before.versions;
      try {
        const versions = await secrets.versions(name);
        known.set(name, { at: now(), versions });
        return versions;
      } catch (error) {
        if (!before || before.versions.length === 0) throw error;
        return before.versions;
      }
    },
  };
}

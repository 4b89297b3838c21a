import { join } from 'node:path';
import { Secret } from '../protocol/secret';
import { type KeyStore } from './key-store';
import { keyOf, newPrivateJwk, PrivateJwk } from './key-store-jwk';
import { readPrivate, removePrivate, writePrivate } from './private-file';

/** The file of one key in the agent's data directory. */
export function keyFile(directory: string, thumbprint: string): string {
  return join(directory, `key-${thumbprint}.json`);
}

/** Keys as private JWKs (P-256), a file each, that only this operating-system user may read. */
export function fileKeyStore(directory: string): KeyStore {
  return {
    async make() {
      const made = await newPrivateJwk();
      const key = await keyOf(made);
      await writePrivate(keyFile(directory, key.thumbprint), made.reveal());
      return key;
    },
    async load(thumbprint) {
      const kept = await readPrivate(keyFile(directory, thumbprint), PrivateJwk);
      return kept && keyOf(new Secret(kept));
    },
    remove: (thumbprint) => removePrivate(keyFile(directory, thumbprint)),
  };
}

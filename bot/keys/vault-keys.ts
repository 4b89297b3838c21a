import { createHash } from 'node:crypto';
import { type TokenCredential } from '@azure/identity';
import { CryptographyClient, KeyClient, type KeyVaultKey } from '@azure/keyvault-keys';
import { SecretClient } from '@azure/keyvault-secrets';
import { type JWK } from 'jose';
import { Fault } from '../../agent/protocol/fault';
import { type Keys } from './keys';
import { publicJwk } from './verify';
import { type KeyVersion, unreachable, versionedKeys } from './versioned-keys';

export interface VaultOptions {
  vaultUrl: string;
  /** Name of an EC P-256 key that may sign. Its versions are the rotation: the newest signs. */
  signingKey: string;
  /** Name of the secret that holds the root of all derived keys: base64url, at least 32 bytes. */
  sealSecret: string;
  credential: TokenCredential;
}

function jwkOf(key: KeyVaultKey): JWK {
  const { x, y } = key.key ?? {};
  if (!x || !y) throw new Error(`${key.name} is not an EC key`);
  return { kty: 'EC', crv: 'P-256', x: Buffer.from(x).toString('base64url'), y: Buffer.from(y).toString('base64url') };
}

/** Reads the versions that are switched on, the oldest first; what a version is never changes, so it is asked for once. */
function versionsOf({ vaultUrl, signingKey, credential }: VaultOptions): () => Promise<readonly KeyVersion[]> {
  const client = new KeyClient(vaultUrl, credential);
  const known = new Map<string, KeyVersion>();

  async function versionOf(version: string): Promise<KeyVersion> {
    const key = await client.getKey(signingKey, { version });
    const crypto = new CryptographyClient(key, credential);
    const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
    return {
      jwk: await publicJwk(jwkOf(key)),
      sign: async (bytes) => (await crypto.sign('ES256', sha256(bytes))).result,
    };
  }

  return async () => {
    const found: { at: number; version: KeyVersion }[] = [];
    for await (const { version, enabled, createdOn } of client.listPropertiesOfKeyVersions(signingKey)) {
      if (!version || enabled === false) continue;
      const one = known.get(version) ?? (await versionOf(version));
      known.set(version, one);
      found.push({ at: createdOn?.getTime() ?? 0, version: one });
    }
    if (found.length === 0) throw new Error(`the vault has no enabled version of the key ${signingKey}`);
    return found.sort((a, b) => a.at - b.at).map(({ version }) => version);
  };
}

/** Keys in Azure Key Vault: the private keys never leave it; the root of derived keys is read once a process. */
export async function vaultKeys(options: VaultOptions): Promise<Keys> {
  try {
    const secret = await new SecretClient(options.vaultUrl, options.credential).getSecret(options.sealSecret);
    const root = Buffer.from(secret.value ?? '', 'base64url');
    if (root.length < 32) throw new Error(`the secret ${options.sealSecret} holds fewer than 32 bytes`);
    return await versionedKeys({ read: versionsOf(options), root });
  } catch (error) {
    throw error instanceof Fault ? error : unreachable(error);
  }
}

import { createHash } from 'node:crypto';
import { type TokenCredential } from '@azure/identity';
import { CryptographyClient, KeyClient, type KeyVaultKey } from '@azure/keyvault-keys';
import { SecretClient } from '@azure/keyvault-secrets';
import { decodeProtectedHeader, type JWK } from 'jose';
import { Fault } from '../../agent/protocol/fault';
import { deriver } from './derive';
import { type Keys, type Purpose } from './keys';
import { publicJwk, verifyWith } from './verify';

export interface VaultOptions {
  vaultUrl: string;
  /** Name of an EC P-256 key that may sign. Its versions are the rotation: the newest signs. */
  signingKey: string;
  /** Name of the secret that holds the root of all derived keys: base64url, at least 32 bytes. */
  sealSecret: string;
  credential: TokenCredential;
}

interface Version {
  jwk: JWK;
  client: CryptographyClient;
}

function unreachable(cause: unknown): Fault {
  return new Fault({
    code: 'keys-unreachable',
    say: 'Keyvouch could not reach its signing keys, so nothing was done.',
    todo: 'Please try again in a minute.',
    retry: true,
    cause,
  });
}

function jwkOf(key: KeyVaultKey): JWK {
  const { x, y } = key.key ?? {};
  if (!x || !y) throw new Error(`${key.name} is not an EC key`);
  return { kty: 'EC', crv: 'P-256', x: Buffer.from(x).toString('base64url'), y: Buffer.from(y).toString('base64url') };
}

async function versionsOf(options: VaultOptions): Promise<Version[]> {
  const client = new KeyClient(options.vaultUrl, options.credential);
  const found: { at: number; version: Version }[] = [];
  for await (const { version, enabled, createdOn } of client.listPropertiesOfKeyVersions(options.signingKey)) {
    if (!version || enabled === false) continue;
    const key = await client.getKey(options.signingKey, { version });
    const crypto = new CryptographyClient(key, options.credential);
    found.push({ at: createdOn?.getTime() ?? 0, version: { jwk: await publicJwk(jwkOf(key)), client: crypto } });
  }
  if (found.length === 0) throw new Error(`the vault has no enabled version of the key ${options.signingKey}`);
  return found.sort((a, b) => a.at - b.at).map(({ version }) => version);
}

async function signWith(
  version: Version | undefined,
  purpose: Purpose,
  claims: Record<string, unknown>,
): Promise<string> {
  if (!version) throw unreachable(new Error('no key version'));
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg: 'ES256', kid: version.jwk.kid, typ: purpose })}.${part(claims)}`;
  const digest = createHash('sha256').update(input).digest();
  try {
    const { result } = await version.client.sign('ES256', digest);
    return `${input}.${Buffer.from(result).toString('base64url')}`;
  } catch (error) {
    throw unreachable(error);
  }
}

const RELOAD_MS = 60_000;

function kidOf(jws: string): string | undefined {
  try {
    return decodeProtectedHeader(jws).kid;
  } catch {
    return undefined;
  }
}

/** Keys in Azure Key Vault: the private keys never leave it; the root of derived keys is read once a process. */
export async function vaultKeys(options: VaultOptions): Promise<Keys> {
  try {
    let versions = await versionsOf(options);
    let readAt = Date.now();
    const secret = await new SecretClient(options.vaultUrl, options.credential).getSecret(options.sealSecret);
    const root = Buffer.from(secret.value ?? '', 'base64url');
    if (root.length < 32) throw new Error(`the secret ${options.sealSecret} holds fewer than 32 bytes`);
    const newestFirst = () => versions.map(({ jwk }) => jwk).reverse();
    /** A key that this process has not heard of may be the newest: the versions are read again, at most once a minute. */
    const learn = async (jws: string): Promise<void> => {
      const known = versions.some(({ jwk }) => jwk.kid === kidOf(jws));
      if (known || Date.now() - readAt < RELOAD_MS) return;
      readAt = Date.now();
      versions = await versionsOf(options);
    };
    return {
      sign: (purpose, claims) => signWith(versions.at(-1), purpose, claims),
      async verify(purpose, jws) {
        await learn(jws);
        return verifyWith(newestFirst(), purpose, jws);
      },
      publicKeys: () => Promise.resolve(newestFirst()),
      endorsements: () =>
        Promise.all(
          versions.slice(1).map(({ jwk }, at) => signWith(versions[at], 'keyvouch-key+jwt', { jwk: { ...jwk } })),
        ),
      derive: deriver(root),
    };
  } catch (error) {
    throw error instanceof Fault ? error : unreachable(error);
  }
}

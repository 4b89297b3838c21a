import { type TokenCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { Fault } from '../../agent/protocol/fault';
import { Secret } from '../../agent/protocol/secret';
import { type NamedSecrets } from './named-secrets';

const AT_MOST = 2;

/** The part of the vault's client that is used. */
export interface VaultClient {
  listPropertiesOfSecretVersions(name: string): AsyncIterable<{
    version?: string | undefined;
    enabled?: boolean | undefined;
    createdOn?: Date | undefined;
    expiresOn?: Date | undefined;
  }>;
  getSecret(name: string, options: { version: string }): Promise<{ value?: string | undefined }>;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 404;
}

function unreachable(cause: unknown): Fault {
  return new Fault({
    code: 'keys-unreachable',
    say: 'Keyvouch could not reach its vault.',
    todo: 'Please try again in a minute.',
    retry: true,
    cause,
  });
}

/** Secrets in Azure Key Vault. A version is named by the first letters of the vault's own name for it. */
export function vaultSecrets(vaultUrl: string, credential: TokenCredential): NamedSecrets {
  return secretsOf(new SecretClient(vaultUrl, credential));
}

/** The same, of any client. A version that is switched off or over does not count. */
export function secretsOf(client: VaultClient): NamedSecrets {
  return {
    async versions(name) {
      try {
        const found: { version: string; at: number }[] = [];
        for await (const { version, enabled, createdOn, expiresOn } of client.listPropertiesOfSecretVersions(name)) {
          const over = expiresOn !== undefined && expiresOn.getTime() <= Date.now();
          if (version && enabled !== false && !over) found.push({ version, at: createdOn?.getTime() ?? 0 });
        }
        const newest = found.sort((a, b) => b.at - a.at).slice(0, AT_MOST);
        return await Promise.all(
          newest.map(async ({ version }) => {
            const { value = '' } = await client.getSecret(name, { version });
            return { kid: version.slice(0, 8), secret: new Secret(value) };
          }),
        );
      } catch (error) {
        if (isMissing(error)) return [];
        throw unreachable(error);
      }
    },
  };
}

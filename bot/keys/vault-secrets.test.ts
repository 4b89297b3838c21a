import { secretsOf, type VaultClient } from './vault-secrets';

type Version = NonNullable<Awaited<ReturnType<typeof versionsOf>>>[number];
const versionsOf = (client: VaultClient) => secretsOf(client).versions('keyvouch-webhook');

const at = (day: number) => new Date(Date.UTC(2026, 2, day));

/** A vault with these versions of a secret; the value tells which version was asked for. */
function vault(...versions: { version: string; enabled?: boolean; createdOn?: Date; expiresOn?: Date }[]): VaultClient {
  return {
    async *listPropertiesOfSecretVersions() {
      yield* await Promise.resolve(versions);
    },
    getSecret: (name, { version }) => Promise.resolve({ value: `${name} ${version}` }),
  };
}

function failing(error: Error): VaultClient {
  return {
    listPropertiesOfSecretVersions: () => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }),
    }),
    getSecret: () => Promise.reject(error),
  };
}

const told = (versions: readonly Version[]) => versions.map(({ kid, secret }) => [kid, secret.reveal()]);

test('the two newest versions that are on count, the newest first, each under the first letters of its name', async () => {
  const client = vault(
    { version: 'aaaaaaaa1111', createdOn: at(1) },
    { version: 'cccccccc3333', createdOn: at(3) },
    { version: 'bbbbbbbb2222', createdOn: at(2) },
    { version: 'dddddddd4444', createdOn: at(4), enabled: false },
    { version: 'eeeeeeee5555', createdOn: at(5), expiresOn: new Date(Date.now() - 1000) },
  );
  expect(told(await versionsOf(client))).toEqual([
    ['cccccccc', 'keyvouch-webhook cccccccc3333'],
    ['bbbbbbbb', 'keyvouch-webhook bbbbbbbb2222'],
  ]);
});

test('a secret that is not there is none; a vault out of reach is a fault that may go away', async () => {
  expect(await versionsOf(failing(Object.assign(new Error('no such secret'), { statusCode: 404 })))).toEqual([]);
  const refused = failing(Object.assign(new Error('out of reach'), { statusCode: 503 }));
  await expect(versionsOf(refused)).rejects.toMatchObject({ code: 'keys-unreachable', retry: true });
});

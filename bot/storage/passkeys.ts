import { z } from 'zod';
import { ApprovalKey } from '../../agent/protocol/signed-approval';
import { type KnownPasskey, type PasskeyStore } from '../service/passkeys-port';
import { keyOf } from './keys';
import { type SealedRows, shaped } from './sealed';
import { type Table } from './tables';

const passkeySchema = shaped<KnownPasskey>(
  z.object({
    person: z.string(),
    credentialId: z.string(),
    publicKey: ApprovalKey,
    aaguid: z.string(),
    ticket: z.string(),
    keptAt: z.string(),
    signCount: z.number().int().nonnegative(),
  }),
);

const rowKey = (credentialId: string) => keyOf('passkey', credentialId);

/**
 * The public keys of passkeys that were attested here, in their owners' partitions. Sealed: whoever could write one
 * would approve in that person's name.
 */
export function createPasskeyStore(people: Table, rows: SealedRows): PasskeyStore {
  const personPk = (person: string) => keyOf('person', person);

  return {
    async ofPerson(person) {
      const found = await people.query([
        ['PartitionKey', 'eq', personPk(person)],
        ['RowKey', 'ge', 'passkey~'],
        ['RowKey', 'lt', 'passkey~~'],
      ]);
      return found.map((row) => ({ value: rows.open('passkey', row, passkeySchema), etag: row.etag }));
    },
    async put(passkey, etag) {
      const row = rows.make('passkey', personPk(passkey.person), rowKey(passkey.credentialId), passkey);
      return (await (etag === undefined ? people.insert(row) : people.replace(row, etag))) !== undefined;
    },
  };
}

import { TableClient } from '@azure/data-tables';
import { approverKey } from '../../agent/protocol/approval.fixture';
import { type Fault } from '../../agent/protocol/fault';
import { type LocalTables, startTables } from '../../infra/local/azurite';
import { type KnownPasskey } from '../service/passkeys-port';
import { ADA, BOB, START } from './example.fixture';
import { createSealer, createStorage, TABLES } from './index';

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(30_000);

let tables: LocalTables;
const storage = () =>
  createStorage({
    tables,
    sealer: createSealer(Buffer.alloc(32, 1)),
    now: () => new Date(START),
    dueTimes: () => [],
  });
beforeAll(async () => {
  tables = await startTables();
  await storage().prepare();
});
afterAll(() => tables.close());

function passkey(person: string, more: Partial<KnownPasskey> = {}): KnownPasskey {
  const { publicKey, credentialId } = approverKey();
  return { person, credentialId, publicKey, aaguid: 'a', ticket: 'T1', keptAt: START, signCount: 1, ...more };
}

describe('passkeys with which people sign approvals', () => {
  test('are kept once, changed under their ETag, and found by their person', async () => {
    const { passkeys } = storage();
    const [one, two] = [passkey(ADA.id), passkey(ADA.id)];
    expect(await passkeys.put(one)).toBe(true);
    expect(await passkeys.put(passkey(ADA.id, { credentialId: one.credentialId }))).toBe(false);
    await passkeys.put(two);
    const found = await passkeys.ofPerson(ADA.id);
    expect(new Set(found.map(({ value }) => value.credentialId))).toEqual(
      new Set([one.credentialId, two.credentialId]),
    );
    const first = found.find(({ value }) => value.credentialId === one.credentialId)!;
    expect(first.value).toEqual(one);
    expect(await passkeys.put({ ...one, signCount: 9 }, first.etag)).toBe(true);
    expect(await passkeys.put({ ...one, signCount: 8 }, first.etag)).toBe(false);
    expect(await passkeys.ofPerson(BOB.id)).toEqual([]);
  });

  test('lie beside the conversation of their person without being taken for it', async () => {
    const { passkeys, conversations } = storage();
    await passkeys.put(passkey('carol'));
    expect(await conversations.get('carol')).toBeUndefined();
    await conversations.put({
      ...{ person: 'carol', tenantId: 't', conversationId: 'c' },
      serviceUrl: 's',
      botId: 'b',
    });
    expect(await passkeys.ofPerson('carol')).toHaveLength(1);
  });

  test('whoever can write the tables cannot give anybody a key, neither a new one nor that of another', async () => {
    const { passkeys } = storage();
    await passkeys.put(passkey('eve'));
    const raw = TableClient.fromConnectionString(tables.connectionString, TABLES.people, {
      allowInsecureConnection: true,
    });
    const rows = raw.listEntities({ queryOptions: { filter: "PartitionKey eq 'person~eve'" } });
    for await (const row of rows) await raw.createEntity({ ...row, partitionKey: 'person~boss', rowKey: row.rowKey! });
    const code = await passkeys.ofPerson('boss').catch((error: unknown) => (error as Fault).code);
    expect(code).toBe('storage-tampered');
  });
});

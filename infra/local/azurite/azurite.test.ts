import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { startTables } from './index';

jest.setTimeout(30_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyvouch-azurite-'));
});
afterEach(() => rm(folder, { recursive: true }));

const table = (connectionString: string) =>
  TableClient.fromConnectionString(connectionString, 'Rows', { allowInsecureConnection: true });
const row = { partitionKey: 'p', rowKey: 'r', text: 'kept' };

test('tables in a folder are there again after close', async () => {
  const first = await startTables({ folder });
  await table(first.connectionString).createTable();
  await table(first.connectionString).createEntity(row);
  await Promise.all([first.close(), first.close()]);
  const second = await startTables({ folder });
  expect(await table(second.connectionString).getEntity('p', 'r')).toMatchObject({ text: 'kept' });
  await second.close();
});

test('save writes what another process can read while this one lives', async () => {
  const first = await startTables({ folder });
  await table(first.connectionString).createTable();
  await table(first.connectionString).createEntity(row);
  await first.save();
  const second = await startTables({ folder });
  expect(await table(second.connectionString).getEntity('p', 'r')).toMatchObject({ text: 'kept' });
  await second.close();
  await first.close();
});

test('tables in memory are gone with their server, and two servers share nothing', async () => {
  const [one, two] = [await startTables(), await startTables()];
  await table(one.connectionString).createTable();
  await expect(table(two.connectionString).getEntity('p', 'r')).rejects.toMatchObject({ statusCode: 404 });
  expect(one.url).not.toBe(two.url);
  await Promise.all([one.close(), two.close()]);
});

test('as a process: says where it is, saves on SIGTERM, and ends with 0', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'main.ts'), '--folder', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { connectionString } = JSON.parse(line.toString()) as { connectionString: string };
  await table(connectionString).createTable();
  await table(connectionString).createEntity(row);
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(0);
  const again = await startTables({ folder });
  expect(await table(again.connectionString).getEntity('p', 'r')).toMatchObject({ text: 'kept' });
  await again.close();
});

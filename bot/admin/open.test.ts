import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type LocalTables, startTables } from '../../infra/local/azurite';
import { fileKeys } from '../keys/file-keys';
import { createSealer, createStorage } from '../storage';
import { openTicket, opening } from '../storage/example.fixture';
import { openAdmin } from './open';

/** The command line as it runs against the sandbox: settings, key file and Azurite. */

// Azurite shares the machine with everything else that is being tested.
jest.setTimeout(60_000);

let tables: LocalTables;
let folder: string;
let keyFile: string;
beforeAll(async () => {
  tables = await startTables();
  folder = mkdtempSync(join(tmpdir(), 'keyvouch-admin-'));
  keyFile = join(folder, 'service-keys.json');
});
afterAll(async () => {
  await tables.close();
  rmSync(folder, { recursive: true });
});

function settings(change: Record<string, unknown> = {}): Record<string, string> {
  const id = '00000000-0000-4000-8000-000000000000';
  const here = 'http://127.0.0.1:1';
  const sandbox = {
    ...{ openIdMetadata: here, tokenIssuer: 'https://api.botframework.com', botLoginUrl: here, botOAuthScope: 's' },
    ...{ botPassword: 'p', loginUrl: here, graphUrl: here, clientId: id, clientSecret: 's' },
    ...{ tablesConnection: tables.connectionString, keyFile, ...change },
  };
  return {
    ...{ KEYVOUCH_TENANT_ID: id, KEYVOUCH_PUBLIC_URL: here, KEYVOUCH_HELPDESK_GROUP: id },
    KEYVOUCH_SANDBOX: JSON.stringify(sandbox),
  };
}

test('without the service’s keys nothing is opened, and none are made', async () => {
  await expect(openAdmin(settings())).rejects.toMatchObject({ code: 'keys-missing' });
  await expect(openAdmin({})).rejects.toMatchObject({ code: 'settings-wrong' });
});

test('what the product wrote is read, verified and anchored', async () => {
  const keys = await fileKeys(keyFile);
  const sealer = createSealer(keys.derive('seal', 'rows'));
  const storage = createStorage({ tables, sealer, now: () => new Date(), dueTimes: () => [] });
  await storage.prepare();
  const ticket = openTicket({ openedAt: new Date().toISOString() });
  await storage.tickets.commit(opening(ticket));
  const { ledger, find } = await openAdmin(settings());
  expect(await find(ticket.shortId)).toBe(ticket.id);
  expect(await ledger.verify()).toMatchObject({ tickets: 1, records: 1, young: 1, findings: [] });
  expect(await ledger.anchorAll()).toHaveLength(1);
  expect(await ledger.verify()).toMatchObject({ anchors: 1, young: 0, findings: [] });
});

/** Runs the program itself, in a process of its own. */
async function admin(args: readonly string[], change = {}): Promise<{ status: unknown; said: string }> {
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify(settings(change)));
  const all = ['--import', 'tsx', resolve(__dirname, 'main.ts'), '--settings', file, 'audit', ...args];
  return new Promise((done) => {
    execFile(process.execPath, all, { cwd: resolve(__dirname, '../..') }, (error, stdout, stderr) =>
      done({ status: error ? error.code : 0, said: `${stdout}${stderr}` }),
    );
  });
}

test.each([
  [['verify'], 0, /Nothing is wrong/],
  [['verify', '--ticket', 'KV-0000-00'], 3, /There is no ticket/],
  [['verify', '--wrong'], 2, /unknown option/],
  [['export', '--format', 'csv'], 0, /"opened"/],
  [['erase', '--older-than', '1d'], 3, /nobody is there to type it/],
])('npm run admin -- audit %j exits with %i', async (args, status, words) => {
  const ran = await admin(args);
  expect(ran.said).toMatch(words);
  expect(ran.status).toBe(status);
});

test('storage that cannot be reached is told of as such', async () => {
  const away = tables.connectionString.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1');
  const ran = await admin(['verify'], { tablesConnection: away });
  expect(ran.said).toMatch(/cannot reach its storage/);
  expect(ran.status).toBe(3);
});

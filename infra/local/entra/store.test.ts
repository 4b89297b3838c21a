import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people } from '.';
import { startRig } from './graph-client.fixture';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entra-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const passes = `/v1.0/users/${people.ada.id}/authentication/temporaryAccessPassMethods`;

test('a tenant outlives its process: identity, tokens, passes; the value is nowhere in the file', async () => {
  const dataFile = join(folder, 'entra.json');
  const first = await startRig({ dataFile });
  const { body } = await first.post(passes, {});
  const value = String(body.temporaryAccessPass);
  const token = String((await first.token()).body.access_token);
  const { clientSecret, caPem } = first.entra;
  // What was answered is on disk already, before anybody closes anything.
  const onDisk = readFileSync(dataFile, 'utf8');
  expect(onDisk).toContain(String(body.id));
  expect(onDisk).not.toContain(value);
  expect(statSync(dataFile).mode & 0o077).toBe(0);
  await first.close();

  const second = await startRig({ dataFile });
  expect([second.entra.clientSecret, second.entra.caPem]).toEqual([clientSecret, caPem]);
  const answer = await second.raw(passes, { headers: { authorization: `Bearer ${token}` } });
  expect([answer.status, await answer.json()]).toMatchObject([200, { value: [{ id: body.id }] }]);
  expect(second.entra.signInWithPass(people.ada.upn, value)).toMatchObject({ ok: true });
  await second.close();
});

test('a file that is not ours is not overwritten', async () => {
  const dataFile = join(folder, 'entra.json');
  writeFileSync(dataFile, '{"version":7}');
  await expect(startRig({ dataFile })).rejects.toThrow();
  expect(readFileSync(dataFile, 'utf8')).toBe('{"version":7}');
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { modern } from './profiles';
import { freshState } from './state';
import { fileStore } from './store';
import { enrol, PIN } from './testing/ceremonies';
import { openHost, testDevice } from './testing/host';
import { getToken, setPin } from './testing/platform-pin';

describe('the state file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyvouch-key-'));
    path = join(folder, 'deep', 'key.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = () => fileStore(path, () => freshState(modern));

  test('a key started again is the same key: PIN, tries, credentials, attestation, counter', async () => {
    const first = await testDevice({ store: open() });
    const host = await openHost(first);
    await setPin(host, PIN);
    await enrol(host);
    await getToken(host, '9999', 4);
    const again = open();
    const second = await testDevice({ store: again });
    expect(second.condition()).toMatchObject({ pinSet: true, pinRetries: 7, credentials: 1 });
    expect(second.attestationRootPem).toBe(first.attestationRootPem);
    expect(again.read().signCount).toBe(1);
  });

  test('is for its owner only, and leaves nothing half-written beside it', async () => {
    const store = open();
    store.change((state) => ({ ...state, signCount: 7 }));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['key.json']);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 1, signCount: 7 });
  });

  test('a file of before there were fingerprints, blobs and enterprise attestation is still read', () => {
    const { fingerprints, uvCountSinceLastPinEntry, enterpriseAttestation, ...before } = freshState(modern);
    open();
    writeFileSync(path, JSON.stringify(before));
    expect(open().read()).toEqual({ ...before, fingerprints, uvCountSinceLastPinEntry, enterpriseAttestation });
  });

  test.each([
    ['no JSON', '{"version":1'],
    ['another version', JSON.stringify({ ...freshState(modern), version: 2 })],
    ['a member missing', JSON.stringify({ ...freshState(modern), pinRetries: undefined })],
  ])('%s is refused, not overwritten', (_name, content) => {
    open();
    writeFileSync(path, content);
    expect(open).toThrow();
    expect(readFileSync(path, 'utf8')).toBe(content);
  });
});

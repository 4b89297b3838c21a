import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, importJWK } from 'jose';
import { fileKeyStore } from './file-key-store';
import { keyringKeyStore, type Keyring } from './keyring-key-store';
import { keyPlaceWords, workstationKeyStore } from './workstation-key-store';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'keyvouch-keys-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The operating system's store as @napi-rs/keyring shows it, in memory, with its faults. */
function fakeKeyring() {
  const entries = new Map<string, string>();
  const faults = { set: false, get: false, forgets: false, hangs: false };
  const options: unknown[] = [];
  const call = async <T>(fails: boolean, answer: () => T): Promise<T> => {
    if (faults.hangs) await new Promise(() => undefined);
    if (fails) throw new Error('AccessDenied');
    return answer();
  };
  const keyring: Keyring = {
    AsyncEntry: class {
      readonly #name: string;
      constructor(service: string, username: string, given?: unknown) {
        this.#name = `${service}/${username}`;
        options.push(given);
      }
      setPassword = (value: string) =>
        call(faults.set, () => {
          if (!faults.forgets) entries.set(this.#name, value);
        });
      getPassword = () => call(faults.get, () => entries.get(this.#name) ?? null);
      deletePassword = () => call(false, () => entries.delete(this.#name));
    },
  };
  const open = () => keyringKeyStore('linux', async () => keyring, 50);
  return { entries, faults, options, open };
}

const files = () => readdirSync(home);
const sign = async (key: { sign: (type: string, claims: Record<string, unknown>) => Promise<string> }) =>
  key.sign('t', { a: 1 });

it('keeps a new key in the store alone, and signs with it in a later run', async () => {
  const { entries, options, open } = fakeKeyring();
  const key = await workstationKeyStore(home, { env: {}, open }).make();
  expect(options[0]).toEqual({ linux: { store: 'secret-service' } });
  const [[name, secret] = ['', '']] = entries;
  expect(name).toBe(`Keyvouch workstation key/${key.thumbprint}`);
  const { d } = JSON.parse(secret) as { d: string };
  for (const file of files()) expect(readFileSync(join(home, file), 'utf8')).not.toContain(d);

  const later = workstationKeyStore(home, { env: {}, open });
  const again = await later.load(key.thumbprint);
  await compactVerify(await sign(again!), await importJWK(key.jwk, 'ES256'));
  expect(await later.place(key.thumbprint)).toEqual({ kind: 'os', store: 'secret-service' });

  await later.remove(key.thumbprint);
  expect([entries.size, files()]).toEqual([0, []]);
  expect(await later.load(key.thumbprint)).toBeUndefined();
  expect(await later.place(key.thumbprint)).toBeUndefined();
});

it.each<[string, (fake: ReturnType<typeof fakeKeyring>) => void]>([
  ['refuses', ({ faults }) => (faults.set = true)],
  ['takes and loses', ({ faults }) => (faults.forgets = true)],
  ['takes and does not give back', ({ faults }) => (faults.get = true)],
  ['does not answer', ({ faults }) => (faults.hangs = true)],
])('keeps a new key in a file of its owner where the store %s', async (_, breakIt) => {
  const fake = fakeKeyring();
  breakIt(fake);
  const store = workstationKeyStore(home, { env: {}, open: fake.open });
  const key = await store.make();
  const place = await store.place(key.thumbprint);
  if (place?.kind !== 'file') throw new Error('not in a file');
  expect(keyPlaceWords(place)).toContain(place.path);
  expect(statSync(place.path).mode & 0o777).toBe(0o600);
  expect(fake.entries.size).toBe(0);
  expect((await store.load(key.thumbprint))?.thumbprint).toBe(key.thumbprint);
});

it('asks no store where the administrator wants files, or this system has none', async () => {
  const fake = fakeKeyring();
  const byChoice = workstationKeyStore(home, { env: { KEYVOUCH_KEY_STORE: 'file' }, open: fake.open });
  expect((await byChoice.place((await byChoice.make()).thumbprint))?.kind).toBe('file');
  expect(fake.entries.size).toBe(0);
  expect(await keyringKeyStore('aix', async () => Promise.reject(new Error('not asked')))).toBeUndefined();
  expect(await keyringKeyStore('linux', async () => Promise.reject(new Error('no native part')))).toBeUndefined();
});

describe('a store that fails later', () => {
  it.each<[string, (fake: ReturnType<typeof fakeKeyring>) => unknown]>([
    ['locked', ({ faults }) => (faults.get = true)],
    ['silent', ({ faults }) => (faults.hangs = true)],
    ['holding something else', ({ entries }) => entries.forEach((_, name) => entries.set(name, 'garbage'))],
  ])('%s is a Fault with the mend: no other key, no file', async (_, breakIt) => {
    const fake = fakeKeyring();
    const store = workstationKeyStore(home, { env: {}, open: fake.open });
    const { thumbprint } = await store.make();
    const before = files();
    breakIt(fake);
    const fault: unknown = await store.load(thumbprint).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'key-store-unavailable', retry: true });
    expect(JSON.stringify(fault)).not.toContain('garbage');
    expect(files()).toEqual(before);
    expect(fake.entries.size).toBe(1);
  });

  it('that is gone altogether is one too, and does not keep anybody from forgetting the key', async () => {
    const { open } = fakeKeyring();
    const { thumbprint } = await workstationKeyStore(home, { env: {}, open }).make();
    const store = workstationKeyStore(home, { env: {}, open: async () => undefined });
    await expect(store.load(thumbprint)).rejects.toMatchObject({ code: 'key-store-unavailable' });
    await store.remove(thumbprint);
    expect(existsSync(join(home, `key-${thumbprint}.json`))).toBe(false);
  });
});

it('reads the keys of file-key-store, and never moves them', async () => {
  const { entries, open } = fakeKeyring();
  const { thumbprint } = await fileKeyStore(home).make();
  const store = workstationKeyStore(home, { env: {}, open });
  expect((await store.load(thumbprint))?.thumbprint).toBe(thumbprint);
  expect((await store.place(thumbprint))?.kind).toBe('file');
  expect(entries.size).toBe(0);
});

it('says what is damaged', async () => {
  const store = workstationKeyStore(home, { env: {}, open: async () => undefined });
  writeFileSync(join(home, 'key-x.json'), '{"keptIn":"elsewhere"}');
  await expect(store.load('x')).rejects.toMatchObject({ code: 'data-unreadable' });
  await store.remove('x');
  expect(files()).toEqual([]);
});

it('by the real library: the key is kept where this machine can, and found there again', async () => {
  // Without a session bus there is no Secret Service, whatever this machine has.
  const bus = process.env['DBUS_SESSION_BUS_ADDRESS'];
  process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${join(home, 'no-bus')}`;
  try {
    const store = workstationKeyStore(home, { env: {}, open: () => keyringKeyStore('linux') });
    const { thumbprint } = await store.make();
    expect((await store.place(thumbprint))?.kind).toBe('file');
    expect((await store.load(thumbprint))?.thumbprint).toBe(thumbprint);
  } finally {
    if (bus === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = bus;
  }
});

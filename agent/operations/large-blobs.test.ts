import { createHash, randomBytes } from 'node:crypto';
import { type KeyProfile, profiles, type ProfileName, startVirtualKey } from '../../infra/local/key';
import { cborMap } from '../ctap/cbor';
import { parseAuthData } from '../ctap/auth-data';
import { joinArray } from '../ctap/large-blob-array';
import { createLargeBlobs } from '../ctap/large-blobs';
import { makeCredential } from '../ctap/make-credential';
import { PERMISSION } from '../ctap/pin-token';
import { deviceAt } from '../hid/devices';
import { Fault } from '../protocol/fault';
import { type Key, openKey } from './key';
import { listBlobs, readBlob, removeBlob, writeBlob } from './large-blobs';
import { removeCredential } from './remove-credential';
import { scriptedPrompts } from './scripted-prompts.fixture';
import { setPin } from './set-pin';
import { withToken } from './user-verification';

const PIN = '4711';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function plugged(profile: ProfileName | KeyProfile = 'modern'): Promise<Key> {
  const virtual = await startVirtualKey({ touch: 'auto', profile });
  open.push(virtual);
  const key = await openKey(deviceAt(`tcp:127.0.0.1:${virtual.port}`));
  open.push(key);
  await setPin(key, { prompts: scriptedPrompts({ pins: [PIN, PIN] }) });
  return key;
}

const withPin = () => ({ prompts: scriptedPrompts({ pins: [PIN] }) });
const bytes = (text: string) => Uint8Array.from(Buffer.from(text));

/** A passkey as a site makes it that wants to store something, or not. */
async function passkey(key: Key, rpId: string, largeBlobKey = true): Promise<Uint8Array> {
  const request = { permissions: PERMISSION.makeCredential, rpId };
  return withToken(key, request, withPin(), async ({ token }) => {
    const made = await makeCredential(key.ctap, {
      clientDataHash: Uint8Array.from(randomBytes(32)),
      rp: { id: rpId },
      user: { id: Uint8Array.from(randomBytes(8)), name: 'ada' },
      algorithms: [-7],
      discoverable: true,
      token,
      ...(largeBlobKey && { extensions: cborMap([['largeBlobKey', true]]) }),
    });
    expect(made.largeBlobKey !== undefined).toBe(largeBlobKey);
    return parseAuthData(made.authData).credential!.credentialId;
  });
}

async function code(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );
}

/** Writes the array as another program might. */
async function writeRaw(key: Key, array: Uint8Array): Promise<void> {
  await withToken(key, { permissions: PERMISSION.largeBlobWrite }, withPin(), ({ token }) =>
    createLargeBlobs(key.ctap, key.info).write(array, token),
  );
}

describe('a blob', () => {
  it('is written, read, replaced and removed by one PIN each, and its neighbours stay', async () => {
    const key = await plugged();
    const [one, two] = [await passkey(key, 'one.example'), await passkey(key, 'two.example')];
    expect(await readBlob(key, one, withPin())).toBeUndefined();
    await writeBlob(key, one, bytes('first'), withPin());
    await writeBlob(key, two, bytes('second'), withPin());
    await writeBlob(key, one, bytes('again'), withPin());
    expect(await readBlob(key, one, withPin())).toEqual(bytes('again'));
    expect(await readBlob(key, two, withPin())).toEqual(bytes('second'));

    expect(await removeBlob(key, one, withPin())).toBe(true);
    expect(await removeBlob(key, one, withPin())).toBe(false);
    expect(await readBlob(key, one, withPin())).toBeUndefined();
    expect(await readBlob(key, two, withPin())).toEqual(bytes('second'));
  });

  it('longer than one message goes in parts', async () => {
    const key = await plugged({ ...profiles.modern, maxMsgSize: 1024, maxLargeBlobs: 4096 });
    const id = await passkey(key, 'one.example');
    const data = Uint8Array.from(randomBytes(3000));
    await writeBlob(key, id, data, withPin());
    expect(await readBlob(key, id, withPin())).toEqual(data);
  });

  it('that has no room is refused, and what was there stays', async () => {
    const key = await plugged('small');
    const id = await passkey(key, 'one.example');
    await writeBlob(key, id, bytes('kept'), withPin());
    const tooMuch = Uint8Array.from(randomBytes(1024));
    expect(await code(writeBlob(key, id, tooMuch, withPin()))).toBe('key-large-blobs-full');
    expect(await readBlob(key, id, withPin())).toEqual(bytes('kept'));
  });
});

describe('the list', () => {
  it('needs no PIN for sizes, and tells the owners with it', async () => {
    const key = await plugged();
    const [one, two] = [await passkey(key, 'one.example'), await passkey(key, 'two.example')];
    await writeBlob(key, one, bytes('first'), withPin());
    await writeBlob(key, two, new Uint8Array(500), withPin());
    const quiet = await listBlobs(key);
    expect(quiet.map(({ bytes: size, owner }) => [size, owner])).toEqual([
      [5, undefined],
      [500, undefined],
    ]);
    expect(quiet[1]!.storedBytes).toBeLessThan(100);

    // A passkey that is gone leaves its blob behind: nobody owns it.
    await removeCredential(key, two, withPin());
    const owned = await listBlobs(key, withPin());
    expect(owned.map(({ owner }) => owner)).toEqual([
      { rpId: 'one.example', credentialId: one, userName: 'ada' },
      undefined,
    ]);
  });

  it('is empty on a new key, without a question', async () => {
    const prompts = scriptedPrompts();
    expect(await listBlobs(await plugged(), { prompts })).toEqual([]);
    expect(prompts.log).toEqual([]);
  });

  it('holds what other programs wrote, and a write leaves it to the last byte', async () => {
    const key = await plugged();
    const id = await passkey(key, 'one.example');
    // A text, and a number in a form that is not the shortest.
    const foreign = [bytes('cabc'), Uint8Array.of(0x18, 0x05)];
    await writeRaw(key, joinArray(foreign));
    expect((await listBlobs(key)).map(({ bytes: size }) => size)).toEqual([undefined, undefined]);
    await writeBlob(key, id, bytes('mine'), withPin());
    await removeBlob(key, id, withPin());
    expect(await createLargeBlobs(key.ctap, key.info).read()).toEqual(joinArray(foreign));
  });

  it('of something that is no array counts as empty', async () => {
    const key = await plugged();
    await writeRaw(key, Uint8Array.of(0xa0));
    expect(await listBlobs(key)).toEqual([]);
  });
});

describe('nothing is stored', () => {
  it.each([
    ['for a passkey whose site did not ask for it', false, 'passkey-without-blob'],
    ['for one that is not on the key', undefined, 'key-no-passkey'],
  ])('%s', async (_, made, expected) => {
    const key = await plugged();
    const id = made === undefined ? Uint8Array.from(randomBytes(16)) : await passkey(key, 'one.example', made);
    expect(await code(writeBlob(key, id, bytes('x'), withPin()))).toBe(expected);
    expect(await code(readBlob(key, id, withPin()))).toBe(expected);
  });

  it('on a key without room for blobs, and no PIN is asked for', async () => {
    const key = await plugged('older');
    const prompts = scriptedPrompts();
    const id = Uint8Array.from(createHash('sha256').digest());
    expect(await code(listBlobs(key, { prompts }))).toBe('key-no-large-blobs');
    expect(await code(readBlob(key, id, { prompts }))).toBe('key-no-large-blobs');
    expect(await code(writeBlob(key, id, bytes('x'), { prompts }))).toBe('key-no-large-blobs');
    expect(prompts.log).toEqual([]);
  });
});

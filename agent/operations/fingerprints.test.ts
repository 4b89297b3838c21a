import { type KeyProfile, type ProfileName, profiles, startVirtualKey } from '../../infra/local/key';
import { deviceAt } from '../hid/devices';
import { Fault } from '../protocol/fault';
import {
  addFingerprint,
  type Fingerprint,
  fingerprintSensor,
  listFingerprints,
  removeFingerprint,
  renameFingerprint,
} from './fingerprints';
import { type Key, openKey } from './key';
import { scriptedPrompts } from './scripted-prompts.fixture';
import { setPin } from './set-pin';

const PIN = '4711';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function plugged(profile: ProfileName | KeyProfile, pin: string | null = PIN) {
  const virtual = await startVirtualKey({ touch: 'auto', profile });
  open.push(virtual);
  const key = await openKey(deviceAt(`tcp:127.0.0.1:${virtual.port}`));
  open.push(key);
  if (pin !== null) await setPin(key, { prompts: scriptedPrompts({ pins: [pin, pin] }) });
  return { virtual, key };
}

const withPin = () => ({ prompts: scriptedPrompts({ pins: [PIN] }) });
const list = (key: Key) => listFingerprints(key, withPin());
const names = (fingerprints: readonly Fingerprint[]) => fingerprints.map(({ name }) => name);

async function code(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );
}

describe.each(['fingerprint', 'older'] as const)('on the key "%s"', (profile) => {
  it('a finger is enrolled with a name, listed, renamed and removed', async () => {
    const { key } = await plugged(profile);
    expect(await list(key)).toEqual([]);
    const prompts = scriptedPrompts({ pins: [PIN] });
    const added = await addFingerprint(key, { name: 'right thumb', prompts });
    // The PIN was typed once, although the name is written with a token of its own.
    expect(prompts.log.filter((line) => line.startsWith('pin'))).toEqual(['pin enter']);
    expect(await list(key)).toEqual([added]);
    expect(added.name).toBe('right thumb');

    await renameFingerprint(key, added.id, 'left thumb', withPin());
    expect(names(await list(key))).toEqual(['left thumb']);
    await removeFingerprint(key, added.id, withPin());
    expect(await list(key)).toEqual([]);
  });
});

it('a finger needs no name', async () => {
  const { key } = await plugged('fingerprint');
  const { id } = await addFingerprint(key, withPin());
  expect(await list(key)).toEqual([{ id, name: undefined }]);
  expect(key.info.options['bioEnroll']).toBe(true);
});

it('on a key that lets a finger vouch for the next one, the PIN is asked for once only', async () => {
  const { fingerprint } = profiles.fingerprint;
  const { key } = await plugged({ ...profiles.fingerprint, fingerprint: { ...fingerprint!, mayEnroll: true } });
  await addFingerprint(key, { name: 'one', ...withPin() });
  await addFingerprint(key, { name: 'two', prompts: scriptedPrompts() });
  expect(names(await listFingerprints(key, { prompts: scriptedPrompts() }))).toEqual(['one', 'two']);
});

it('bad samples are explained and taken again', async () => {
  const { virtual, key } = await plugged('fingerprint');
  virtual.fingerScript(['good', 'high', 'partial', 'good', 'exists', 'good', 'good']);
  const prompts = scriptedPrompts({ pins: [PIN] });
  await addFingerprint(key, { prompts });
  expect(prompts.log.filter((line) => line.startsWith('say The finger') || line.startsWith('say This'))).toEqual([
    'say The finger was too high: move it down a little.',
    'say This part of the finger is known already: shift the finger a little.',
    'say The fingerprint is enrolled.',
  ]);
  expect(await list(key)).toHaveLength(1);
});

it('called off in the middle, nothing is enrolled and the key is free again', async () => {
  const { virtual, key } = await plugged('fingerprint');
  virtual.touchBy('manual');
  virtual.fingerScript(['good', 'good']);
  const stop = new AbortController();
  const prompts = scriptedPrompts({ pins: [PIN] });
  const touch = (text: string) => {
    prompts.touch(text);
    if (text.includes('sample 3')) setTimeout(() => stop.abort(), 50);
  };
  const adding = addFingerprint(key, { prompts: { ...prompts, touch }, signal: stop.signal });
  expect(await code(adding)).toBe('key-cancelled');
  expect(await list(key)).toEqual([]);
});

describe('the reader', () => {
  it('tells its kind and limits', async () => {
    const { key } = await plugged('fingerprint', null);
    const { kind, samples, maxNameBytes } = profiles.fingerprint.fingerprint ?? {};
    expect(await fingerprintSensor(key)).toEqual({ kind, samples, nameBytes: maxNameBytes });
  });

  it('is missing on most keys: every operation says so', async () => {
    const { key } = await plugged('modern', null);
    const id = Uint8Array.of(1);
    const dialogue = { prompts: scriptedPrompts() };
    for (const run of [
      () => fingerprintSensor(key),
      () => listFingerprints(key, dialogue),
      () => addFingerprint(key, dialogue),
      () => renameFingerprint(key, id, 'a', dialogue),
      () => removeFingerprint(key, id, dialogue),
    ]) {
      expect(await code(run())).toBe('key-no-fingerprint');
    }
  });
});

describe('nothing is begun', () => {
  it('on a key without a PIN', async () => {
    const { key } = await plugged('fingerprint', null);
    const prompts = scriptedPrompts();
    expect(await code(addFingerprint(key, { prompts }))).toBe('key-pin-not-set');
    expect(prompts.log).toEqual([]);
  });

  it('with a name that the key would not take', async () => {
    const { key } = await plugged('fingerprint');
    const prompts = scriptedPrompts();
    expect(await code(addFingerprint(key, { name: 'x'.repeat(65), prompts }))).toBe('fingerprint-name-too-long');
    expect(prompts.log).toEqual([]);
  });
});

it.each(['fingerprint', 'older'] as const)('a fingerprint that is not there has words of its own ("%s")', async (p) => {
  const { key } = await plugged(p);
  const id = Uint8Array.of(9, 9);
  expect(await code(removeFingerprint(key, id, withPin()))).toBe('key-no-such-fingerprint');
  expect(await code(renameFingerprint(key, id, 'x', withPin()))).toBe('key-no-such-fingerprint');
});

it('a full key says so', async () => {
  const { fingerprint } = profiles.fingerprint;
  const { key } = await plugged({ ...profiles.fingerprint, fingerprint: { ...fingerprint!, maxTemplates: 1 } });
  await addFingerprint(key, withPin());
  expect(await code(addFingerprint(key, withPin()))).toBe('key-fingerprints-full');
  expect(await list(key)).toHaveLength(1);
});

import { type KeyEvent, modern, startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { PERMISSION } from '../ctap/pin-token';
import { deviceAt } from '../hid/devices';
import { Fault } from '../protocol/fault';
import { Secret } from '../protocol/secret';
import { changePin } from './change-pin';
import { setMinimumPin } from './configure';
import { ensurePin } from './ensure-pin';
import { inspect } from './inspect';
import { type Key, openKey } from './key';
import { scriptedPrompts } from './scripted-prompts.fixture';
import { setPin } from './set-pin';
import { verifyUser } from './user-verification';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function plugged(options: Partial<Parameters<typeof startVirtualKey>[0]> = {}) {
  const virtual = await startVirtualKey({ touch: 'auto', ...options });
  open.push(virtual);
  return { virtual, key: await opened(virtual) };
}

async function opened(virtual: VirtualKey): Promise<Key> {
  const key = await openKey(deviceAt(`tcp:127.0.0.1:${virtual.port}`));
  open.push(key);
  return key;
}

const withPinSet = async (pin = '4711') => {
  const { virtual, key } = await plugged();
  await setPin(key, { prompts: scriptedPrompts({ pins: [pin, pin] }) });
  return { virtual, key };
};

async function code(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );
}

const request = { permissions: PERMISSION.credentialManagement };
const retries = async (key: Key) => (await inspect(key)).pin.retriesLeft;

describe('a new PIN', () => {
  it.each([
    ['too short for this key', ['123', '4711', '4711'], ['new', 'new', 'repeat']],
    ['mistyped the second time', ['4711', '4712', '4711', '4711'], ['new', 'repeat', 'new', 'repeat']],
    ['longer than 63 bytes', ['ü'.repeat(32), '4711', '4711'], ['new', 'new', 'repeat']],
    ['three emoji: three characters, though twelve bytes', ['🔑🔑🔑', '4711', '4711'], ['new', 'new', 'repeat']],
  ])('is asked for again when it is %s', async (_, pins, asked) => {
    const { key } = await plugged();
    const prompts = scriptedPrompts({ pins });
    await setPin(key, { prompts });
    expect(prompts.pinQuestions.map(({ purpose }) => purpose)).toEqual(asked);
    expect(key.info.options['clientPin']).toBe(true);
  });

  it('follows the minimum of the key', async () => {
    const { key } = await plugged({ profile: { ...modern, minPinLength: 6 } });
    const prompts = scriptedPrompts({ pins: ['12345', '471147', '471147'] });
    await setPin(key, { prompts });
    expect(prompts.pinQuestions[0]).toEqual({ purpose: 'new', minimum: 6 });
  });

  it('is the same PIN however its letters are composed', async () => {
    const { key } = await withPinSet('caf\u00e9');
    await verifyUser(key, request, { prompts: scriptedPrompts({ pins: ['cafe\u0301'] }) });
    expect(await retries(key)).toBe(8);
  });

  it('is not set over another', async () => {
    const { key } = await withPinSet();
    expect(await code(setPin(key, { prompts: scriptedPrompts() }))).toBe('key-pin-already-set');
  });
});

describe('the PIN', () => {
  it('is asked for again after a mistake, and the person hears how many tries are left', async () => {
    const { key } = await withPinSet();
    const prompts = scriptedPrompts({ pins: ['0000', '4711'] });
    await verifyUser(key, request, { prompts });
    expect(prompts.log).toEqual(['pin enter', 'say The PIN is wrong. 7 tries are left.', 'pin enter']);
    expect(prompts.pinQuestions.map(({ retriesLeft }) => retriesLeft)).toEqual([8, 7]);
  });

  it('costs one try for each PIN that was typed, never more', async () => {
    const { key } = await withPinSet();
    expect(await code(verifyUser(key, request, { prompts: scriptedPrompts({ pins: ['0000'] }) }))).toBe('script-ended');
    expect(await retries(key)).toBe(7);
  });

  it('that cannot be sent costs no try', async () => {
    const { key } = await withPinSet();
    const prompts = scriptedPrompts({ pins: ['', 'x'.repeat(64), '4711'] });
    await verifyUser(key, request, { prompts });
    expect(prompts.pinQuestions.map(({ retriesLeft }) => retriesLeft)).toEqual([8, 8, 8]);
  });

  it('is refused after three mistakes in a row until the key was unplugged', async () => {
    const { virtual, key } = await withPinSet();
    const prompts = scriptedPrompts({ pins: ['0000', '0000', '0000'] });
    expect(await code(verifyUser(key, request, { prompts }))).toBe('key-pin-replug');
    expect((await inspect(key)).pin).toMatchObject({ retriesLeft: 5, replugNeeded: true, blocked: false });

    const asked = scriptedPrompts({ pins: ['4711'] });
    expect(await code(verifyUser(key, request, { prompts: asked }))).toBe('key-pin-replug');
    expect(asked.log).toEqual([]);

    await virtual.power(false);
    await virtual.power(true);
    const again = await opened(virtual);
    await verifyUser(again, request, { prompts: scriptedPrompts({ pins: ['4711'] }) });
    expect(await retries(again)).toBe(8);
  });

  it('is not tried for the last time unless the person says so, and then locks for ever', async () => {
    const { virtual, key } = await plugged({ profile: { ...modern, pinRetries: 2 } });
    await setPin(key, { prompts: scriptedPrompts({ pins: ['4711', '4711'] }) });
    const careful = scriptedPrompts({ pins: ['0000'], confirms: [false] });
    expect(await code(verifyUser(key, request, { prompts: careful }))).toBe('key-pin-last-try');
    expect(await retries(key)).toBe(1);

    const bold = scriptedPrompts({ pins: ['0000'], confirms: [true] });
    expect(await code(verifyUser(key, request, { prompts: bold }))).toBe('key-pin-blocked');
    const after = scriptedPrompts({ pins: ['4711'], confirms: [true] });
    expect(await code(verifyUser(await opened(virtual), request, { prompts: after }))).toBe('key-pin-blocked');
    expect(after.log).toEqual([]);
    expect((await inspect(key)).pin).toMatchObject({ retriesLeft: 0, blocked: true, replugNeeded: false });
  });

  it('with two tries left is asked for with a warning', async () => {
    const { key } = await plugged({ profile: { ...modern, pinRetries: 3 } });
    await setPin(key, { prompts: scriptedPrompts({ pins: ['4711', '4711'] }) });
    const prompts = scriptedPrompts({ pins: ['0000', '4711'] });
    await verifyUser(key, request, { prompts });
    expect(prompts.log).toEqual([
      'pin enter',
      'say The PIN is wrong. 2 tries are left.',
      'say Only two tries are left: after two wrong PINs the key locks for ever.',
      'pin enter',
    ]);
  });

  it('given beforehand does not spend the last try unasked either', async () => {
    const { key } = await plugged({ profile: { ...modern, pinRetries: 2 } });
    await setPin(key, { prompts: scriptedPrompts({ pins: ['4711', '4711'] }) });
    await code(verifyUser(key, request, { prompts: scriptedPrompts({ pins: ['0000'], confirms: [false] }) }));
    const careful = { prompts: scriptedPrompts({ confirms: [false] }), pin: new Secret('4711') };
    expect(await code(verifyUser(key, request, careful))).toBe('key-pin-last-try');
    expect(await retries(key)).toBe(1);
    await verifyUser(key, request, { prompts: scriptedPrompts({ confirms: [true] }), pin: new Secret('4711') });
    expect(await retries(key)).toBe(2);
  });

  it('that another program wants changed meanwhile is changed, when the person agrees', async () => {
    const { virtual, key } = await withPinSet();
    await forcePinChange(await opened(virtual), '4711');
    expect(key.info.forcePinChange).toBe(false);
    const prompts = scriptedPrompts({ pins: ['4711', '4711', '5822', '5822'], confirms: [true] });
    await verifyUser(key, request, { prompts });
    expect(prompts.log.filter((line) => line.startsWith('confirm'))).toEqual(['confirm Change the PIN now?']);
    expect(await retries(key)).toBe(8);
  });

  it('given beforehand is used once and then asked for', async () => {
    const { key } = await withPinSet();
    const prompts = scriptedPrompts({ pins: ['4711'] });
    await verifyUser(key, request, { prompts, pin: new Secret('9999') });
    expect(prompts.pinQuestions).toHaveLength(1);
  });
});

describe('changing the PIN', () => {
  it('keeps the new one that was chosen when the present one was mistyped', async () => {
    const { key } = await withPinSet();
    const prompts = scriptedPrompts({ pins: ['0000', '5822', '5822', '4711'] });
    await changePin(key, { prompts });
    expect(prompts.pinQuestions.map(({ purpose }) => purpose)).toEqual(['enter', 'new', 'repeat', 'enter']);
    await verifyUser(key, request, { prompts: scriptedPrompts({ pins: ['5822'] }) });
    expect(await retries(key)).toBe(8);
  });

  it('is explained and done when the key insists on it; the same PIN again is not accepted', async () => {
    const { key } = await withPinSet();
    await forcePinChange(key, '4711');
    const prompts = scriptedPrompts({ pins: ['4711', '4711', '4711', '5822', '5822'], confirms: [true] });
    expect((await ensurePin(key, { prompts }))?.reveal()).toBe('5822');
    expect(prompts.log[0]).toContain('wants its PIN changed');
    expect(prompts.log.some((line) => line.includes('does not accept this PIN'))).toBe(true);
    expect((await inspect(key)).pin.mustChange).toBe(false);
  });
});

/** What an administrator's program may do while ours runs. */
const forcePinChange = (key: Key, pin: string) =>
  setMinimumPin(key, { forceChange: true, prompts: scriptedPrompts({ pins: [pin] }) });

describe('looking at a key', () => {
  it('spends no try, needs no touch, and says the same each time', async () => {
    const events: KeyEvent[] = [];
    const { virtual, key } = await plugged({ touch: 'manual', onEvent: (event) => events.push(event) });
    const report = await inspect(key);
    expect(await inspect(key)).toEqual(report);
    expect(report).toMatchObject({
      aaguid: virtual.aaguid,
      pin: { supported: true, set: false, minimumLength: 4, retriesLeft: null, blocked: false },
      passkeys: { supported: true, roomLeft: 100, manageable: true, perRequest: 8 },
      fingerprint: { supported: false, enrolled: false, retriesLeft: null },
    });
    expect(events.some((event) => event.kind === 'light' && event.light !== 'off')).toBe(false);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

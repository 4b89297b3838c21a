import { modern, type KeyProfile, profiles, startVirtualKey } from '../../infra/local/key';
import { deviceAt } from '../hid/devices';
import { Fault } from '../protocol/fault';
import { checkPin } from './check-pin';
import { setMinimumPin } from './configure';
import { openKey } from './key';
import { scriptedPrompts } from './scripted-prompts.fixture';
import { setPin } from './set-pin';
import { ping, wink } from './wink';

const PIN = '471147';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function plugged(profile: KeyProfile = modern, pin: string | null = PIN) {
  const virtual = await startVirtualKey({ touch: 'auto', profile });
  open.push(virtual);
  const key = await openKey(deviceAt(`tcp:127.0.0.1:${virtual.port}`));
  open.push(key);
  if (pin !== null) await setPin(key, { prompts: scriptedPrompts({ pins: [pin, pin] }) });
  return key;
}

const pins = (...typed: string[]) => ({ prompts: scriptedPrompts({ pins: typed }) });
const fault = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (reason: unknown) => (reason instanceof Fault ? { code: reason.code, ...reason.facts } : reason),
  );

describe('a PIN is checked', () => {
  it.each([
    ['modern', modern],
    ['that gives the fingerprint alone the right to sign in', { ...modern, noMcGaPermissionsWithClientPin: true }],
    ['of before CTAP 2.1', profiles.older],
  ])('on a key %s, and gives the tries back', async (_, profile) => {
    const key = await plugged(profile);
    expect(await fault(checkPin(key, pins('000000')))).toMatchObject({ code: 'key-pin-wrong', retriesLeft: 7 });
    expect(await checkPin(key, pins(PIN))).toEqual({ retriesLeft: 8 });
  });

  it('once: a wrong one is not asked for again', async () => {
    const key = await plugged();
    const dialogue = pins('000000', PIN);
    expect(await fault(checkPin(key, dialogue))).toMatchObject({ code: 'key-pin-wrong' });
    expect(dialogue.prompts.pinQuestions).toHaveLength(1);
  });

  it('also where it must be changed before anything else, without changing it', async () => {
    const key = await plugged();
    await setMinimumPin(key, { forceChange: true, ...pins(PIN) });
    const dialogue = pins(PIN);
    expect(await checkPin(key, dialogue)).toEqual({ retriesLeft: 8 });
    expect(dialogue.prompts.log.at(-1)).toContain('The PIN is right, and the key wants it changed');
  });

  it('not where there is none', async () => {
    const key = await plugged(modern, null);
    expect(await fault(checkPin(key, pins(PIN)))).toMatchObject({ code: 'key-pin-not-set' });
  });
});

describe('a key', () => {
  it('blinks, where it can, and sends back what it is sent', async () => {
    const key = await plugged();
    await wink(key);
    expect(await ping(key, new Uint8Array(1000).fill(7))).toBeGreaterThan(0);
    const still = { channel: { ...key.channel, wink: async () => false } };
    expect(await fault(wink(still))).toMatchObject({ code: 'key-cannot-wink' });
  });
});

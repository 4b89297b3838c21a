import { type KeyProfile, profiles, type ProfileName, startVirtualKey } from '../../infra/local/key';
import { cborMap } from '../ctap/cbor';
import { ctapFault } from '../ctap/ctap-fault';
import { parseInfo } from '../ctap/get-info';
import { scriptedCtap } from '../ctap/scripted-ctap.fixture';
import { STATUS } from '../ctap/status';
import { deviceAt } from '../hid/devices';
import { Fault } from '../protocol/fault';
import { enableEnterpriseAttestation, keyConfig, setAlwaysUv, setMinimumPin } from './configure';
import { changePin } from './change-pin';
import { inspect } from './inspect';
import { type Key, openKey } from './key';
import { scriptedPrompts } from './scripted-prompts.fixture';
import { setPin } from './set-pin';

const PIN = '4711';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function plugged(profile: ProfileName | KeyProfile = 'modern', pin: string | null = PIN) {
  const virtual = await startVirtualKey({ touch: 'auto', profile });
  open.push(virtual);
  const key = await openKey(deviceAt(`tcp:127.0.0.1:${virtual.port}`));
  open.push(key);
  if (pin !== null) await setPin(key, { prompts: scriptedPrompts({ pins: [pin, pin] }) });
  return key;
}

const withPin = (pin = PIN) => ({ prompts: scriptedPrompts({ pins: [pin] }) });

async function code(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );
}

describe('alwaysUv', () => {
  it('is turned on and off, and left alone where it is so already', async () => {
    const key = await plugged();
    expect(await setAlwaysUv(key, true, withPin())).toBe('changed');
    expect(keyConfig(key).alwaysUv).toBe(true);
    // No PIN is asked for what is so already.
    expect(await setAlwaysUv(key, true, { prompts: scriptedPrompts() })).toBe('already');
    expect(await setAlwaysUv(key, false, withPin())).toBe('changed');
    expect(keyConfig(key).alwaysUv).toBe(false);
  });

  it('is not turned back when another program turned it over meanwhile', async () => {
    const key = await plugged();
    const prompts = scriptedPrompts({ pins: [PIN] });
    const askPin: typeof prompts.askPin = async (question) => {
      const other = await openKey(key.device);
      await setAlwaysUv(other, true, withPin());
      await other.close();
      return prompts.askPin(question);
    };
    await setAlwaysUv(key, true, { prompts: { ...prompts, askPin } });
    expect(keyConfig(key).alwaysUv).toBe(true);
  });

  it('of a key without a PIN needs none', async () => {
    const key = await plugged('modern', null);
    const prompts = scriptedPrompts();
    expect(await setAlwaysUv(key, true, { prompts })).toBe('changed');
    expect(prompts.log).toEqual([]);
  });
});

describe('the minimum length of PINs', () => {
  it('grows and never shrinks; a PIN that is too short must be changed', async () => {
    const key = await plugged();
    await setMinimumPin(key, { length: 8, rpIds: ['login.microsoft.com'], ...withPin() });
    expect(keyConfig(key)).toMatchObject({ minPinLength: 8, forcePinChange: true });
    expect(await code(setMinimumPin(key, { length: 6, ...withPin() }))).toBe('pin-minimum-lower');
    await changePin(key, { prompts: scriptedPrompts({ pins: [PIN, '47118150', '47118150'] }) });
    expect(keyConfig(key).forcePinChange).toBe(false);
  });

  it('makes other operations say that the PIN must be changed, and change it when the person agrees', async () => {
    const key = await plugged();
    await setMinimumPin(key, { forceChange: true, ...withPin() });
    const no = scriptedPrompts({ confirms: [false] });
    expect(await code(setAlwaysUv(key, true, { prompts: no }))).toBe('key-pin-must-change');
    expect(no.log).toEqual([
      'say This key wants its PIN changed before it does anything else: its rules have changed.',
      'confirm Change the PIN now?',
    ]);

    const yes = scriptedPrompts({ confirms: [true], pins: [PIN, '5822', '5822'] });
    expect(await setAlwaysUv(key, true, { prompts: yes })).toBe('changed');
    // The new PIN is not asked for a third time.
    expect(yes.pinQuestions.map(({ purpose }) => purpose)).toEqual(['enter', 'new', 'repeat']);
    expect((await inspect(key)).pin.retriesLeft).toBe(8);
  });

  it('may be raised before there is a PIN', async () => {
    const key = await plugged('modern', null);
    await setMinimumPin(key, { length: 6, prompts: scriptedPrompts() });
    expect(keyConfig(key)).toMatchObject({ minPinLength: 6, forcePinChange: false });
  });

  it('that is so already needs no PIN', async () => {
    const key = await plugged();
    const prompts = scriptedPrompts();
    await setMinimumPin(key, { length: 4, prompts });
    expect(prompts.log).toEqual([]);
  });

  it.each([
    ['below 4', { length: 3 }, 'pin-minimum-invalid'],
    ['beyond what a PIN can have', { length: 64 }, 'pin-minimum-invalid'],
    ['broken', { length: 4.5 }, 'pin-minimum-invalid'],
    ['told to too many sites', { rpIds: ['a', 'b', 'c', 'd', 'e'] }, 'pin-minimum-sites'],
  ])('%s is refused before the PIN is asked for', async (_, change, expected) => {
    const key = await plugged('modern', null);
    const prompts = scriptedPrompts();
    expect(await code(setMinimumPin(key, { ...change, prompts }))).toBe(expected);
    expect(prompts.log).toEqual([]);
  });

  it('a change of the PIN cannot be forced where there is none', async () => {
    const key = await plugged('modern', null);
    expect(await code(setMinimumPin(key, { forceChange: true, prompts: scriptedPrompts() }))).toBe('key-pin-not-set');
  });
});

it('enterprise attestation is turned on, once', async () => {
  const key = await plugged();
  expect(keyConfig(key).enterpriseAttestation).toBe(false);
  expect(await enableEnterpriseAttestation(key, withPin())).toBe('changed');
  expect(keyConfig(key).enterpriseAttestation).toBe(true);
  expect(await enableEnterpriseAttestation(key, { prompts: scriptedPrompts() })).toBe('already');
});

it('a key of before CTAP 2.1 has none of these settings', async () => {
  const key = await plugged('older', null);
  const dialogue = { prompts: scriptedPrompts() };
  expect(keyConfig(key)).toMatchObject({ canConfigure: false, alwaysUv: undefined, canSetMinPin: false });
  expect(await code(setAlwaysUv(key, true, dialogue))).toBe('key-setting-missing');
  expect(await code(setMinimumPin(key, { length: 8, ...dialogue }))).toBe('key-setting-missing');
  expect(await code(enableEnterpriseAttestation(key, dialogue))).toBe('key-setting-missing');
});

/** A key that answers to changes with `reply` and shows `after` when it is read again. */
function stubborn(reply: Error | undefined, before: Record<string, boolean>, after = before) {
  const infoWith = (options: Record<string, boolean>) =>
    parseInfo(
      cborMap([
        [1, ['FIDO_2_1']],
        [3, new Uint8Array(16)],
        [4, new Map(Object.entries({ authnrCfg: true, ...options }))],
      ]),
    );
  const { ctap, requests } = scriptedCtap(reply);
  const state = () => infoWith(requests.length > 0 ? after : before);
  const key = {
    ctap,
    get info() {
      return state();
    },
    refresh: async () => state(),
  } as unknown as Key;
  return key;
}

const dialogue = { prompts: scriptedPrompts() };
it.each([
  ['cannot be turned off', stubborn(ctapFault(STATUS.OPERATION_DENIED), { alwaysUv: true }), 'key-setting-fixed'],
  ['did not stay', stubborn(undefined, { alwaysUv: true }), 'key-setting-failed'],
  ['wants a PIN first', stubborn(ctapFault(STATUS.PUAT_REQUIRED), { alwaysUv: true }), 'key-pin-not-set'],
  ['cannot be set up at all', stubborn(undefined, { alwaysUv: true, authnrCfg: false }), 'key-setting-fixed'],
])('alwaysUv that %s is told so', async (_, key, expected) => {
  expect(await code(setAlwaysUv(key, false, dialogue))).toBe(expected);
});

it('the FIPS-like key shows what it is', async () => {
  const key = await plugged('fips', null);
  expect(keyConfig(key)).toMatchObject({
    alwaysUv: true,
    minPinLength: profiles.fips.minPinLength,
    pinComplexity: true,
    longTouchForReset: true,
  });
  // For other settings it wants its person, although it has nobody yet.
  expect(await code(setMinimumPin(key, { length: 8, prompts: scriptedPrompts() }))).toBe('key-pin-not-set');
  await setPin(key, { prompts: scriptedPrompts({ pins: ['830174', '830174'] }) });
  expect(await setAlwaysUv(key, false, withPin('830174'))).toBe('changed');
});

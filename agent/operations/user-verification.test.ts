import { createECDH, createHmac } from 'node:crypto';
import { type CborMap, cborMap, type CborValue } from '../ctap/cbor';
import { ctapFault } from '../ctap/ctap-fault';
import { type Ctap } from '../ctap/ctap';
import { parseInfo } from '../ctap/get-info';
import { PERMISSION } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { Fault } from '../protocol/fault';
import { type Key } from './key';
import { scriptedPrompts } from './scripted-prompts.fixture';
import { isUnprotected, verifyUser, withToken } from './user-verification';

/** A key with these options; its fingerprint reader answers with `uv`, its PIN is always right. */
function keyWith(options: Record<string, boolean>, uv: 'matches' | number, more: [number, CborValue][] = []) {
  const asked: unknown[] = [];
  const ecdh = createECDH('prime256v1');
  const point = ecdh.generateKeys();
  const send: Ctap['send'] = async (_command, parameters, sendOptions): Promise<CborValue> => {
    const subCommand = parameters?.get(0x02);
    asked.push(subCommand);
    if (subCommand === 0x01) return cborMap([[0x03, 8]]);
    if (subCommand === 0x02) return cborMap([[0x01, coseKey(point)]]);
    if (subCommand === 0x06) {
      sendOptions?.onKeepalive?.('touch');
      if (uv !== 'matches') throw ctapFault(uv);
    }
    return cborMap([[0x02, new Uint8Array(48)]]);
  };
  const info = parseInfo(
    cborMap([[1, ['FIDO_2_1']], [3, new Uint8Array(16)], [4, new Map(Object.entries(options))], [6, [2]], ...more]),
  );
  const ctap: Ctap = { send, sequence: (run) => run(send) };
  return { key: { ctap, info } as unknown as Key, asked };
}

function coseKey(point: Buffer): CborMap {
  return cborMap([
    [1, 2],
    [3, -25],
    [-1, 1],
    [-2, Uint8Array.from(point.subarray(1, 33))],
    [-3, Uint8Array.from(point.subarray(33))],
  ]);
}

const register = { permissions: PERMISSION.makeCredential, rpId: 'example.org' };
const manage = { permissions: PERMISSION.credentialManagement };
const BIO = { uv: true, clientPin: true, pinUvAuthToken: true };

describe('the person is verified', () => {
  it('by fingerprint where one is enrolled', async () => {
    const { key, asked } = keyWith(BIO, 'matches');
    const prompts = scriptedPrompts();
    const { pin } = await verifyUser(key, register, { prompts });
    expect(pin).toBeUndefined();
    expect(asked).toEqual([0x02, 0x06]);
    expect(prompts.log).toEqual(['touch Put your finger on the key.', 'touched']);
  });

  it.each([
    ['is locked', STATUS.UV_BLOCKED],
    ['did not match', STATUS.UV_INVALID],
  ])('by PIN where the fingerprint %s', async (_, status) => {
    const { key, asked } = keyWith(BIO, status);
    const prompts = scriptedPrompts({ pins: ['4711'] });
    await verifyUser(key, register, { prompts });
    expect(asked).toEqual([0x02, 0x06, 0x01, 0x02, 0x09]);
    expect(prompts.log.some((line) => line.startsWith('say The fingerprint'))).toBe(true);
  });

  it('by fingerprint as often as the key prefers, then by PIN', async () => {
    const { key, asked } = keyWith(BIO, STATUS.UV_INVALID, [[0x11, 3]]);
    const prompts = scriptedPrompts({ pins: ['4711'] });
    await verifyUser(key, register, { prompts });
    expect(asked.filter((subCommand) => subCommand === 0x06)).toHaveLength(3);
    expect(prompts.log.filter((line) => line.startsWith('say'))).toEqual([
      'say The fingerprint did not match. Try again.',
      'say The fingerprint did not match. Try again.',
      'say The fingerprint did not match. The PIN of the key will do.',
    ]);
  });

  it('not endlessly by fingerprint, whatever a key prefers', async () => {
    const { key, asked } = keyWith(BIO, STATUS.UV_INVALID, [[0x11, 1_000_000]]);
    await verifyUser(key, register, { prompts: scriptedPrompts({ pins: ['4711'] }) });
    expect(asked.filter((subCommand) => subCommand === 0x06)).toHaveLength(5);
  });

  it.each([
    ['a fingerprint for fingerprints only where uvBioEnroll says so', 'uvBioEnroll', PERMISSION.bioEnrollment],
    ['one for settings only where uvAcfg does', 'uvAcfg', PERMISSION.authenticatorConfiguration],
  ])('by %s', async (_, option, permissions) => {
    const without = keyWith(BIO, 'matches');
    await verifyUser(without.key, { permissions }, { prompts: scriptedPrompts({ pins: ['4711'] }) });
    expect(without.asked).not.toContain(0x06);
    const withOption = keyWith({ ...BIO, [option]: true }, 'matches');
    await verifyUser(withOption.key, { permissions }, { prompts: scriptedPrompts() });
    expect(withOption.asked).toContain(0x06);
  });

  it('by PIN where no fingerprint is enrolled', async () => {
    const { key, asked } = keyWith({ uv: false, clientPin: true, pinUvAuthToken: true }, 'matches');
    await verifyUser(key, register, { prompts: scriptedPrompts({ pins: ['4711'] }) });
    expect(asked).not.toContain(0x06);
  });

  const noMcGa = { ...BIO, noMcGaPermissionsWithClientPin: true };
  it('by fingerprint alone where the key wants no PIN for passkeys, by PIN for other things', async () => {
    const blocked = keyWith(noMcGa, STATUS.UV_BLOCKED);
    await expect(verifyUser(blocked.key, register, { prompts: scriptedPrompts() })).rejects.toMatchObject({
      code: 'key-fingerprint-blocked',
    });
    const prompts = scriptedPrompts({ pins: ['4711'] });
    await verifyUser(keyWith(noMcGa, STATUS.UV_BLOCKED).key, manage, { prompts });
    expect(prompts.log).toContain('pin enter');
  });

  it.each([
    ['has nothing set up', { clientPin: false }],
    ['can have nothing', {}],
    ['wants a fingerprint and has none', { clientPin: true, noMcGaPermissionsWithClientPin: true }],
  ])('not at all where the key %s', async (_, options) => {
    const promise = verifyUser(keyWith(options, 'matches').key, register, { prompts: scriptedPrompts() });
    await expect(promise).rejects.toBeInstanceOf(Fault);
    await expect(promise).rejects.toMatchObject({ code: 'key-no-verification' });
  });
});

describe('a token', () => {
  it.each([
    ['is done', async () => 'done'],
    [
      'failed',
      async () => {
        throw new Error('failed');
      },
    ],
  ])('is overwritten when what it is for %s', async (_, run) => {
    const { key } = keyWith({ clientPin: true, pinUvAuthToken: true }, 'matches');
    let signature: (() => Uint8Array) | undefined;
    const whole = withToken(key, manage, { prompts: scriptedPrompts({ pins: ['4711'] }) }, ({ token }) => {
      signature = () => token.authenticate(Uint8Array.of(1));
      expect(signature()).not.toEqual(nothing());
      return run();
    });
    await whole.catch(() => undefined);
    expect(signature?.()).toEqual(nothing());
  });
  const nothing = () => Uint8Array.from(createHmac('sha256', Buffer.alloc(32)).update(Uint8Array.of(1)).digest());
});

it.each([
  [{}, true],
  [{ clientPin: false, uv: false }, true],
  [{ clientPin: true }, false],
  [{ clientPin: false, uv: true }, false],
])('a key with %j is unprotected: %s', (options, expected) => {
  expect(isUnprotected(keyWith(options, 'matches').key)).toBe(expected);
});

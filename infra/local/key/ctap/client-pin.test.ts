import type { VirtualDevice } from '../device';
import { members, openHost, testDevice, type Host } from '../testing/host';
import { HASH, RP_ID, getAssertionRequest } from '../testing/ceremonies';
import { agree, changePin, getToken, padPin, retries, setPin } from '../testing/platform-pin';
import { Status } from './status';

const CM = 0x04;

describe('clientPIN', () => {
  let now = 0;
  let device: VirtualDevice;
  let host: Host;
  beforeEach(async () => {
    now = 0;
    device = await testDevice({ now: () => now });
    host = await openHost(device);
  });
  afterEach(() => host.detach());

  const replug = async (): Promise<void> => {
    device.power(false);
    device.power(true);
    host = await openHost(device);
  };
  const tryPin = async (pin: string): Promise<number> => (await getToken(host, pin, CM)).status;

  test.each([
    ['four code points', '1234', Status.OK],
    ['three', '123', Status.PIN_POLICY_VIOLATION],
    ['three of more than one UTF-16 unit', '😀😀😀', Status.PIN_POLICY_VIOLATION],
    ['four of more than one UTF-16 unit', '😀😀😀😀', Status.OK],
    ['63 bytes', 'x'.repeat(63), Status.OK],
    ['64 bytes', 'x'.repeat(64), Status.PIN_POLICY_VIOLATION],
    ['nothing', '', Status.PIN_POLICY_VIOLATION],
    ['no UTF-8', Buffer.from('ffffffff', 'hex'), Status.PIN_POLICY_VIOLATION],
  ])('a new PIN of %s', async (_name, pin, expected) => {
    expect((await setPin(host, pin)).status).toBe(expected);
    expect(device.condition().pinSet).toBe(expected === Status.OK);
  });

  test.each([1, 2] as const)('protocol %d sets, uses and changes a PIN', async (version) => {
    expect((await setPin(host, '1234', version)).status).toBe(Status.OK);
    expect((await getToken(host, '1234', CM, undefined, version)).status).toBe(Status.OK);
    expect((await changePin(host, '1234', '5678', version)).status).toBe(Status.OK);
    expect((await getToken(host, '1234', CM, undefined, version)).status).toBe(Status.PIN_INVALID);
    expect((await getToken(host, '5678', CM, undefined, version)).status).toBe(Status.OK);
  });

  test('a second setPIN is refused', async () => {
    await setPin(host, '1234');
    expect((await setPin(host, '5678')).status).toBe(Status.PIN_AUTH_INVALID);
  });

  test.each([
    ['a forged pinUvAuthParam', { 4: HASH }, Status.PIN_AUTH_INVALID],
    ['a newPin that is not 64 bytes', { 5: 48 }, Status.INVALID_PARAMETER],
    ['a newPinEnc of half a block', { 5: -7 }, Status.PIN_AUTH_INVALID],
  ])('setPIN with %s', async (_name, replace, expected) => {
    const agreement = await agree(host);
    const size = '5' in replace ? replace[5] : 64;
    const newPinEnc =
      size > 0 ? agreement.encrypt(padPin('1234').subarray(0, size)) : agreement.encrypt(padPin('1234')).subarray(7);
    const param = '4' in replace ? replace[4] : agreement.authenticate(newPinEnc);
    const request = members({ 1: 2, 2: 3, 3: agreement.keyAgreement, 4: param, 5: newPinEnc });
    expect((await host.cbor(0x06, request)).status).toBe(expected);
    expect(device.condition().pinSet).toBe(false);
  });

  test('eight tries in all, three for each plugging in, and tries while blocked cost nothing', async () => {
    await setPin(host, '1234');
    const seen: [number, number, boolean][] = [];
    const wrong = async (): Promise<void> => {
      const status = await tryPin('9999');
      seen.push([status, ...(await retries(host))]);
    };
    for (let i = 0; i < 4; i++) await wrong();
    expect(await tryPin('1234')).toBe(Status.PIN_AUTH_BLOCKED);
    await replug();
    for (let i = 0; i < 3; i++) await wrong();
    await replug();
    for (let i = 0; i < 3; i++) await wrong();
    expect(seen).toEqual([
      [Status.PIN_INVALID, 7, false],
      [Status.PIN_INVALID, 6, false],
      [Status.PIN_AUTH_BLOCKED, 5, true],
      [Status.PIN_AUTH_BLOCKED, 5, true],
      [Status.PIN_INVALID, 4, false],
      [Status.PIN_INVALID, 3, false],
      [Status.PIN_AUTH_BLOCKED, 2, true],
      [Status.PIN_INVALID, 1, false],
      [Status.PIN_BLOCKED, 0, false],
      [Status.PIN_BLOCKED, 0, false],
    ]);
    await replug();
    expect(await tryPin('1234')).toBe(Status.PIN_BLOCKED);
    expect((await changePin(host, '1234', '5678')).status).toBe(Status.PIN_BLOCKED);
  });

  test('the right PIN brings all tries back', async () => {
    await setPin(host, '1234');
    await tryPin('9999');
    await tryPin('9999');
    expect(await tryPin('1234')).toBe(Status.OK);
    expect(await retries(host)).toEqual([8, false]);
    expect(await tryPin('9999')).toBe(Status.PIN_INVALID);
  });

  test('a wrong current PIN in changePIN costs a try, a forged param does not', async () => {
    await setPin(host, '1234');
    expect((await changePin(host, '9999', '5678')).status).toBe(Status.PIN_INVALID);
    expect(await retries(host)).toEqual([7, false]);
    const agreement = await agree(host);
    const newPinEnc = agreement.encrypt(padPin('5678'));
    const request = members({ 1: 2, 2: 4, 3: agreement.keyAgreement, 4: HASH, 5: newPinEnc, 6: Buffer.alloc(32) });
    expect((await host.cbor(0x06, request)).status).toBe(Status.PIN_AUTH_INVALID);
    expect(await retries(host)).toEqual([7, false]);
  });

  test('after a wrong PIN the key agreement key is a new one', async () => {
    await setPin(host, '1234');
    const key = async (): Promise<unknown> => (await host.cbor(0x06, members({ 1: 2, 2: 2 }))).body?.get(1);
    const before = await key();
    await tryPin('1234');
    expect(await key()).toEqual(before);
    await tryPin('9999');
    expect(await key()).not.toEqual(before);
  });

  describe('tokens', () => {
    beforeEach(async () => {
      await setPin(host, '1234');
    });

    /** The status of an assertion with the token: NO_CREDENTIALS is what a token that is accepted leads to. */
    const use = async (permissions: number | undefined, rpId: string | undefined, wait = 0): Promise<number> => {
      const { token } = await getToken(host, '1234', permissions, rpId);
      now += wait;
      return (await host.cbor(0x02, getAssertionRequest({ 6: token!.authenticate(HASH), 7: 2 }))).status;
    };

    test.each([
      ['ga for this RP', 0x02, RP_ID, Status.NO_CREDENTIALS],
      ['ga for another RP', 0x02, 'other.test', Status.PIN_AUTH_INVALID],
      ['mc only', 0x01, RP_ID, Status.PIN_AUTH_INVALID],
      ['cm only', 0x04, undefined, Status.PIN_AUTH_INVALID],
      ['the older getPinToken', undefined, undefined, Status.NO_CREDENTIALS],
    ])('a token with %s', async (_name, permissions, rpId, expected) => {
      expect(await use(permissions, rpId)).toBe(expected);
    });

    test('an unused token dies after 30 s', async () => {
      expect(await use(0x02, RP_ID, 30_000)).toBe(Status.NO_CREDENTIALS);
      expect(await use(0x02, RP_ID, 30_001)).toBe(Status.PIN_AUTH_INVALID);
    });

    test('a used one dies after 10 minutes', async () => {
      const { token } = await getToken(host, '1234', 0x02, RP_ID);
      const ask = async (): Promise<number> =>
        (await host.cbor(0x02, getAssertionRequest({ 6: token!.authenticate(HASH), 7: 2 }))).status;
      expect(await ask()).toBe(Status.NO_CREDENTIALS);
      now += 600_000;
      expect(await ask()).toBe(Status.NO_CREDENTIALS);
      now += 1;
      expect(await ask()).toBe(Status.PIN_AUTH_INVALID);
    });

    test('a new token ends the one before', async () => {
      const { token } = await getToken(host, '1234', 0x02, RP_ID);
      await getToken(host, '1234', 0x02, RP_ID);
      const request = getAssertionRequest({ 6: token!.authenticate(HASH), 7: 2 });
      expect((await host.cbor(0x02, request)).status).toBe(Status.PIN_AUTH_INVALID);
    });

    test('a param of the other protocol, or cut short, is refused', async () => {
      const { token } = await getToken(host, '1234', 0x02, RP_ID);
      const param = token!.authenticate(HASH);
      for (const [bytes, version] of [
        [param, 1],
        [param.subarray(0, 16), 2],
      ] as const) {
        // prettier-ignore
        const request = getAssertionRequest({ 6: bytes, 7: version });
        expect((await host.cbor(0x02, request)).status).toBe(Status.PIN_AUTH_INVALID);
      }
    });
  });

  test('a forced change refuses tokens until the PIN is another one', async () => {
    await setPin(host, '1234');
    const { token } = await getToken(host, '1234', 0x20);
    const params = Buffer.from('a103f5', 'hex');
    const message = Buffer.concat([Buffer.alloc(32, 0xff), Buffer.from('0d03', 'hex'), params]);
    const config = members({ 1: 3, 2: members({ 3: true }), 3: 2, 4: token!.authenticate(message) });
    expect((await host.cbor(0x0d, config)).status).toBe(Status.OK);
    expect(await tryPin('1234')).toBe(Status.PIN_POLICY_VIOLATION);
    expect((await changePin(host, '1234', '1234')).status).toBe(Status.PIN_POLICY_VIOLATION);
    expect((await changePin(host, '1234', '5678')).status).toBe(Status.OK);
    expect(await tryPin('5678')).toBe(Status.OK);
  });
});

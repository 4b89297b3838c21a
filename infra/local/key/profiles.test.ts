import type { CborMap } from './cbor/types';
import { Status } from './ctap/status';
import type { VirtualDevice } from './device';
import { BROADCAST, Command, HidError } from './hid/packet';
import type { KeyProfile } from './profile';
import { fips, older, profiles, small, yubikey, yubikeyBio } from './profiles';
import { enrol, makeCredentialRequest, PIN, RP_ID, withToken, HASH } from './testing/ceremonies';
import { bio, enrolFinger } from './testing/fingerprints';
import { members, named, openHost, testDevice, type Answer, type Host } from './testing/host';
import { changePin, getToken, setPin } from './testing/platform-pin';

let device: VirtualDevice;
let host: Host;
const start = async (profile: KeyProfile): Promise<void> => {
  device = await testDevice({ profile });
  host = await openHost(device);
};
afterEach(() => host.detach());

const info = async (): Promise<CborMap> => (await host.cbor(0x04)).body!;
const option = async (name: string): Promise<unknown> => ((await info()).get(4) as CborMap).get(name);
const make = (more: Parameters<typeof makeCredentialRequest>[0] = {}): Promise<Answer> =>
  host.cbor(0x01, makeCredentialRequest(more));

describe.each(Object.entries(profiles))('%s', (name, profile) => {
  beforeEach(() => start(profile));

  test('is named by its own name and has an AAGUID of its own', () => {
    expect(profile.name).toBe(name);
    expect(Object.values(profiles).filter(({ aaguid }) => aaguid === profile.aaguid)).toHaveLength(1);
    expect(device.aaguid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test('says of itself what it does', async () => {
    const { status, body } = await host.cbor(0x04);
    expect(status).toBe(Status.OK);
    const options = body?.get(4) as CborMap;
    const has = async (command: number): Promise<boolean> =>
      (await host.cbor(command, members({}))).status !== Status.INVALID_COMMAND;
    expect(await has(0x0a)).toBe(options.has('credMgmt'));
    expect(await has(0x41)).toBe(options.has('credentialMgmtPreview'));
    expect(await has(0x09)).toBe(options.has('bioEnroll'));
    expect(await has(0x40)).toBe(options.has('userVerificationMgmtPreview'));
    expect(await has(0x0c)).toBe(options.has('largeBlobs'));
    expect(await has(0x0d)).toBe(options.has('authnrCfg'));
    expect((body?.get(2) as string[]).includes('largeBlobKey')).toBe(options.has('largeBlobs'));
    expect((body?.get(2) as string[]).includes('credBlob')).toBe(body?.has(0x0f));
    expect(profile.versions.includes('FIDO_2_1')).toBe(body?.has(0x0d));
  });

  test('sets a PIN, registers and lists what it made', async () => {
    const [version] = profile.pinUvAuthProtocols;
    expect((await setPin(host, 'kj-4711', version)).status).toBe(Status.OK);
    const permissions = profile.pinUvAuthToken ? 0x01 : undefined;
    const { token } = await getToken(host, 'kj-4711', permissions, permissions && RP_ID, version);
    const auth = { 8: token!.authenticate(HASH), 9: version! };
    expect((await make({ 7: named({ rk: true }), ...auth })).status).toBe(Status.OK);
    expect(device.condition()).toMatchObject({ credentials: 1, pinRetries: 8 });
  });

  test('has U2F, and says so, or has not', async () => {
    const u2f = profile.versions.includes('U2F_V2') && profile.alwaysUv !== 'on';
    host.send(Command.INIT, Buffer.alloc(8), BROADCAST);
    expect(((await host.next()).data[16]! & 0x08) === 0).toBe(u2f);
    const { command } = await host.call(Command.MSG, Buffer.from('00030000000000', 'hex'));
    expect(command).toBe(u2f ? Command.MSG : Command.ERROR);
  });
});

describe('older', () => {
  beforeEach(() => start(older));

  test('wants a PIN for each registration once there is one', async () => {
    expect((await make()).status).toBe(Status.OK);
    await setPin(host, PIN, 1);
    expect((await make()).status).toBe(Status.PUAT_REQUIRED);
  });

  test('knows no selection, no token with permissions, no protocol 2', async () => {
    expect((await host.cbor(0x0b)).status).toBe(Status.INVALID_COMMAND);
    expect((await host.cbor(0x06, members({ 2: 0x09 }))).status).toBe(Status.INVALID_SUBCOMMAND);
    expect((await host.cbor(0x06, members({ 1: 2, 2: 0x02 }))).status).toBe(Status.INVALID_PARAMETER);
  });

  test('its token is good for everything until the PIN changes', async () => {
    await setPin(host, PIN, 1);
    const { token } = await getToken(host, PIN, undefined, undefined, 1);
    const auth = { 8: token!.authenticate(HASH), 9: 1 };
    const manage = (): Promise<Answer> =>
      host.cbor(0x41, members({ 1: 1, 3: 1, 4: token!.authenticate(Buffer.of(1)) }));
    for (let i = 0; i < 2; i++) expect((await make(auth)).status).toBe(Status.OK);
    expect((await manage()).status).toBe(Status.OK);
    const { token: again } = await getToken(host, PIN, undefined, undefined, 1);
    expect(again!.authenticate(HASH)).toEqual(token!.authenticate(HASH));
    await changePin(host, PIN, '5678', 1);
    expect((await manage()).status).toBe(Status.PIN_AUTH_INVALID);
  });

  test('enrols by the preview command, and then the option uv asks for the finger', async () => {
    expect((await make({ 7: named({ uv: true }) })).status).toBe(Status.UNSUPPORTED_OPTION);
    await setPin(host, PIN, 1);
    const how = { command: 0x40, permissions: undefined, version: 1 } as const;
    const id = await enrolFinger(host, how);
    expect(await option('userVerificationMgmtPreview')).toBe(true);
    expect((await make({ 7: named({ uv: true }) })).status).toBe(Status.OK);
    expect((await bio(host, 0x06, members({ 1: id }), how)).status).toBe(Status.OK);
    expect(await option('uv')).toBe(false);
  });

  test('renames no passkey', async () => {
    expect((await host.cbor(0x41, members({ 1: 7 }))).status).toBe(Status.INVALID_SUBCOMMAND);
  });
});

describe('fips', () => {
  beforeEach(() => start(fips));

  test.each([
    ['five digits', '47114', Status.PIN_POLICY_VIOLATION],
    ['six', '471147', Status.OK],
    ['one digit six times', '888888', Status.PIN_POLICY_VIOLATION],
    ['digits that count up', '345678', Status.PIN_POLICY_VIOLATION],
    ['digits that count down', '987654', Status.PIN_POLICY_VIOLATION],
    ['one that everybody takes', 'Password', Status.PIN_POLICY_VIOLATION],
    ['63 letters', 'ab'.repeat(31) + 'c', Status.OK],
  ])('a PIN of %s', async (_name, pin, expected) => {
    expect((await setPin(host, pin)).status).toBe(expected);
  });

  test('has alwaysUv on from the start, also after a reset: nothing is made without a PIN', async () => {
    expect([await option('alwaysUv'), await option('makeCredUvNotRqd')]).toEqual([true, false]);
    expect((await make()).status).toBe(Status.PUAT_REQUIRED);
    expect((await host.cbor(0x0d, members({ 1: 1 }))).status).toBe(Status.PUAT_REQUIRED);
    expect((await host.cbor(0x0d, members({ 1: 2 }))).status).toBe(Status.OK);
    expect(await option('alwaysUv')).toBe(false);
    await host.cbor(0x07);
    expect(await option('alwaysUv')).toBe(true);
  });

  test('a model on which alwaysUv is on for good refuses to turn it off', async () => {
    await start({ ...fips, alwaysUv: 'fixed' });
    expect((await host.cbor(0x0d, members({ 1: 2 }))).status).toBe(Status.OPERATION_DENIED);
    expect(await option('alwaysUv')).toBe(true);
  });

  test('is reset by a long touch only', async () => {
    await start({ ...fips, resetTouchMs: 60 });
    expect((await info()).get(0x18)).toBe(true);
    await setPin(host, 'kj-4711');
    device.touchBy('manual');
    let done = false;
    const answer = host.cbor(0x07).finally(() => (done = true));
    device.touch();
    device.hold(true);
    device.hold(false);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([done, device.condition().pinSet]).toEqual([false, true]);
    device.hold(true);
    expect((await answer).status).toBe(Status.OK);
    expect(device.condition().pinSet).toBe(false);
  });

  test('CANCEL ends a long touch too', async () => {
    device.touchBy('manual');
    const answer = host.cbor(0x07);
    device.hold(true);
    host.send(Command.CANCEL, Buffer.alloc(0));
    expect((await answer).status).toBe(Status.KEEPALIVE_CANCEL);
    expect(device.light()).toBe('off');
  });
});

describe('small', () => {
  beforeEach(() => start(small));

  test('is full after three passkeys, and says how many more fit', async () => {
    await setPin(host, PIN);
    const user = (id: string): Record<number, CborMap> => ({ 3: named({ id: Buffer.from(id), name: id }) });
    for (const id of ['a', 'b', 'c']) await enrol(host, user(id));
    expect((await info()).get(0x14)).toBe(0);
    const fourth = makeCredentialRequest({ ...user('d'), 7: named({ rk: true }) });
    expect((await host.cbor(0x01, await withToken(host, fourth, 1))).status).toBe(Status.KEY_STORE_FULL);
  });

  test('takes 1024 bytes and no more', async () => {
    const padded = (size: number): Buffer => Buffer.concat([Buffer.of(0x01), Buffer.alloc(size - 1)]);
    expect((await host.cborBytes(padded(1_024))).status).not.toBe(Status.REQUEST_TOO_LARGE);
    expect((await host.cborBytes(padded(1_025))).status).toBe(Status.REQUEST_TOO_LARGE);
  });
});

describe('the YubiKey shapes', () => {
  const READ_CONFIG = 0x42;

  test.each([
    [yubikey, '13010202020302020204010105030504030a0100'],
    [yubikeyBio, '13010202020302020204010605030505060a0100'],
  ])('answer to Yubico HID command that ykman asks first', async (profile, expected) => {
    await start(profile);
    const { command, data } = await host.call(READ_CONFIG, Buffer.alloc(0));
    expect([command, data.toString('hex')]).toEqual([READ_CONFIG, expected]);
  });

  test('tell a serial number where they have one', async () => {
    await start({ ...yubikey, yubikey: { formFactor: 1, serial: 0x01020304 } });
    expect((await host.call(READ_CONFIG, Buffer.alloc(0))).data.includes(Buffer.from('020401020304', 'hex'))).toBe(
      true,
    );
  });

  test.each([0x40, 0x43, 0x7f])('have no other vendor command: %d', async (command) => {
    await start(yubikey);
    expect((await host.call(command, Buffer.alloc(0))).data[0]).toBe(HidError.INVALID_CMD);
  });

  test('other keys know no vendor command', async () => {
    await start(small);
    expect((await host.call(READ_CONFIG, Buffer.alloc(0))).data[0]).toBe(HidError.INVALID_CMD);
  });
});

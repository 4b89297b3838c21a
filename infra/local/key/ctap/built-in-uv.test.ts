import type { CborMap } from '../cbor/types';
import type { VirtualDevice } from '../device';
import type { FingerSample } from '../finger';
import type { KeyProfile } from '../profile';
import { fingerprint } from '../profiles';
import { enrol, getAssertionRequest, HASH, makeCredentialRequest, PIN, RP_ID } from '../testing/ceremonies';
import { enrolFinger } from '../testing/fingerprints';
import { members, named, openHost, testDevice, type Answer, type Host } from '../testing/host';
import { agree, getToken, setPin, tokenFrom, type PlatformToken } from '../testing/platform-pin';
import { Status } from './status';

const [MAKE, ASSERT, CLIENT_PIN, CONFIG] = [0x01, 0x02, 0x06, 0x0d] as const;
const UV = { 7: named({ rk: true, uv: true }) };
const NOMATCH: FingerSample = 'nomatch';

describe('built-in user verification', () => {
  let now = 0;
  let device: VirtualDevice;
  let host: Host;
  const start = async (change: Partial<KeyProfile> = {}): Promise<void> => {
    device = await testDevice({ profile: { ...fingerprint, ...change }, now: () => now });
    host = await openHost(device);
    await setPin(host, PIN);
    await enrolFinger(host);
  };
  beforeEach(() => start());
  afterEach(() => host.detach());

  const flags = ({ body }: Answer): number => (body?.get(2) as Buffer).readUInt8(32);
  const uvRetries = async (): Promise<unknown> => (await host.cbor(CLIENT_PIN, members({ 2: 7 }))).body?.get(5);
  const count = async (): Promise<unknown> => (await host.cbor(0x04)).body?.get(0x17);
  const tokenByFinger = async (
    permissions = 0x01,
    rpId: string | undefined = RP_ID,
  ): Promise<Answer & { token?: PlatformToken }> => {
    const agreement = await agree(host);
    const request = members({ 1: 2, 2: 6, 3: agreement.keyAgreement, 9: permissions, 10: rpId });
    return tokenFrom(agreement, await host.cbor(CLIENT_PIN, request));
  };
  const withFinger = async (request: CborMap, permission: 1 | 2): Promise<CborMap> => {
    const { token } = await tokenByFinger(permission);
    const at = permission === 1 ? 8 : 6;
    return new Map([...request, [at, token!.authenticate(HASH)], [at + 1, 2]]);
  };
  const toggleAlwaysUv = async (): Promise<Answer> => {
    const { token } = await getToken(host, PIN, 0x20);
    const param = token!.authenticate(Buffer.concat([Buffer.alloc(32, 0xff), Buffer.of(0x0d, 2)]));
    return host.cbor(CONFIG, members({ 1: 2, 3: 2, 4: param }));
  };

  test.each([MAKE, ASSERT])('command %d: the option uv asks for a finger, which is the touch too', async (command) => {
    await enrol(host);
    device.touchBy('manual');
    device.fingerScript(['good']);
    const request = command === MAKE ? makeCredentialRequest(UV) : getAssertionRequest({ 5: named({ uv: true }) });
    const answer = await host.cbor(command, request);
    expect(answer.status).toBe(Status.OK);
    expect(flags(answer) & 0x05).toBe(0x05);
  });

  test('the key itself asks again three times, then the platform is sent to the PIN', async () => {
    device.fingerScript([NOMATCH, NOMATCH, 'good']);
    expect((await host.cbor(MAKE, makeCredentialRequest(UV))).status).toBe(Status.OK);
    expect(await uvRetries()).toBe(5);
    device.fingerScript([NOMATCH, 'left', 'partial']);
    expect((await host.cbor(MAKE, makeCredentialRequest(UV))).status).toBe(Status.PUAT_REQUIRED);
    expect(await uvRetries()).toBe(2);
  });

  test('a token by finger: one try each, UV_BLOCKED at the last, and only the PIN unlocks it', async () => {
    device.fingerScript(Array<FingerSample>(5).fill(NOMATCH));
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await tokenByFinger()).status);
    const { UV_INVALID, UV_BLOCKED } = Status;
    expect(statuses).toEqual([UV_INVALID, UV_INVALID, UV_INVALID, UV_INVALID, UV_BLOCKED, UV_BLOCKED]);
    device.power(false);
    device.power(true);
    host = await openHost(device);
    expect((await tokenByFinger()).status).toBe(UV_BLOCKED);
    expect((await host.cbor(MAKE, makeCredentialRequest(UV))).status).toBe(Status.PUAT_REQUIRED);
    expect((await getToken(host, '9999', 4)).status).toBe(Status.PIN_INVALID);
    expect(await uvRetries()).toBe(0);
    await getToken(host, PIN, 4);
    expect(await uvRetries()).toBe(5);
    expect((await tokenByFinger()).status).toBe(Status.OK);
  });

  test('the finger that gave a token is the touch as well', async () => {
    device.fingerScript(['good']);
    device.touchBy('manual');
    const made = await host.cbor(MAKE, await withFinger(makeCredentialRequest(), 1));
    expect([made.status, flags(made), made.keepalives]).toEqual([Status.OK, 0x45, []]);
  });

  test.each([
    ['within 30 s', 30_000, []],
    ['but not later, though the token is in use', 30_001, [2, 1]],
  ])('%s', async (_name, wait, keepalives) => {
    await enrol(host);
    const request = await withFinger(getAssertionRequest(), 2);
    const silent = new Map([...request, [5, named({ up: false })] as const]);
    expect((await host.cbor(ASSERT, silent)).status).toBe(Status.OK);
    now += wait;
    const answer = await host.cbor(ASSERT, request);
    expect([answer.status, answer.keepalives]).toEqual([Status.OK, keepalives]);
    expect((await host.cbor(ASSERT, request)).status).toBe(Status.PIN_AUTH_INVALID);
  });

  test('a token by PIN wants a touch', async () => {
    const { token } = await getToken(host, PIN, 1, RP_ID);
    const answer = await host.cbor(MAKE, makeCredentialRequest({ 8: token!.authenticate(HASH), 9: 2 }));
    expect(answer.keepalives).toEqual([2, 1]);
  });

  test('getInfo counts fingers since the last PIN', async () => {
    await getToken(host, PIN, 4);
    device.fingerScript([NOMATCH, 'good']);
    await tokenByFinger();
    await tokenByFinger();
    expect(await count()).toBe(2);
    await getToken(host, PIN, 4);
    expect(await count()).toBe(0);
  });

  test('with alwaysUv a request that asks for nothing is verified by finger', async () => {
    await toggleAlwaysUv();
    const made = await host.cbor(MAKE, makeCredentialRequest());
    expect([made.status, flags(made)]).toEqual([Status.OK, 0x45]);
    device.fingerScript([NOMATCH, NOMATCH, NOMATCH]);
    expect((await host.cbor(MAKE, makeCredentialRequest())).status).toBe(Status.PUAT_REQUIRED);
  });

  test.each<[string, number, string | undefined, number]>([
    ['nothing', 0, RP_ID, Status.INVALID_PARAMETER],
    ['bio enrollment', 0x08, undefined, Status.UNAUTHORIZED_PERMISSION],
    ['configuration', 0x20, undefined, Status.UNAUTHORIZED_PERMISSION],
    ['credential management', 0x04, undefined, Status.OK],
    ['large blobs', 0x10, undefined, Status.OK],
  ])('a finger asked for a token for %s', async (_name, permissions, rpId, expected) => {
    expect((await tokenByFinger(permissions, rpId)).status).toBe(expected);
  });

  test('models may let a finger enrol and configure', async () => {
    const reader = { ...fingerprint.fingerprint!, mayEnroll: true, mayConfigure: true };
    await start({ fingerprint: reader });
    const options = (await host.cbor(0x04)).body?.get(4) as CborMap;
    expect([options.get('uvBioEnroll'), options.get('uvAcfg')]).toEqual([true, true]);
    expect((await tokenByFinger(0x28, '')).status).toBe(Status.OK);
  });

  test('where the PIN may not register, a failed finger is the end', async () => {
    await start({ noMcGaPermissionsWithClientPin: true });
    expect((await getToken(host, PIN, 1, RP_ID)).status).toBe(Status.UNAUTHORIZED_PERMISSION);
    expect((await host.cbor(MAKE, makeCredentialRequest({ 7: named({ rk: true }) }))).status).toBe(
      Status.OPERATION_DENIED,
    );
    device.fingerScript([NOMATCH, NOMATCH, NOMATCH]);
    expect((await host.cbor(MAKE, makeCredentialRequest(UV))).status).toBe(Status.OPERATION_DENIED);
  });

  test('without a fingerprint there is no token by finger, and the option uv is invalid', async () => {
    device = await testDevice({ profile: fingerprint });
    host = await openHost(device);
    await setPin(host, PIN);
    expect((await tokenByFinger()).status).toBe(Status.NOT_ALLOWED);
    expect((await host.cbor(MAKE, makeCredentialRequest(UV))).status).toBe(Status.INVALID_OPTION);
    expect(await uvRetries()).toBe(5);
  });

  test('nobody there: the time runs out and no try is lost', async () => {
    await start({ touchTimeoutMs: 20 });
    device.touchBy('manual');
    expect((await tokenByFinger()).status).toBe(Status.USER_ACTION_TIMEOUT);
    expect((await host.cbor(MAKE, makeCredentialRequest(UV))).status).toBe(Status.USER_ACTION_TIMEOUT);
    expect(await uvRetries()).toBe(5);
  });
});

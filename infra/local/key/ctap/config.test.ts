import { encodeCbor } from '../cbor/encode';
import type { CborMap } from '../cbor/types';
import { makeCredentialRequest, getAssertionRequest, PIN, RP_ID, enrol } from '../testing/ceremonies';
import { members, named, openHost, testDevice, type Answer, type Host } from '../testing/host';
import { changePin, getToken, setPin } from '../testing/platform-pin';
import { Status } from './status';

const ACFG = 0x20;

describe('authenticatorConfig', () => {
  let host: Host;
  beforeEach(async () => {
    host = await openHost(await testDevice());
  });
  afterEach(() => host.detach());

  const configure = async (subCommand: number, params?: CborMap, permissions = ACFG): Promise<Answer> => {
    const { token } = await getToken(host, PIN, permissions, RP_ID);
    const encoded = params === undefined ? Buffer.alloc(0) : encodeCbor(params);
    const message = Buffer.concat([Buffer.alloc(32, 0xff), Buffer.of(0x0d, subCommand), encoded]);
    return host.cbor(0x0d, members({ 1: subCommand, 2: params, 3: 2, 4: token!.authenticate(message) }));
  };
  const info = async (): Promise<CborMap> => (await host.cbor(0x04)).body!;
  const option = async (name: string): Promise<unknown> => ((await info()).get(4) as CborMap).get(name);

  test('asks for a token once there is a PIN', async () => {
    expect((await host.cbor(0x0d, members({ 1: 2 }))).status).toBe(Status.OK);
    await setPin(host, PIN);
    expect((await host.cbor(0x0d, members({ 1: 2 }))).status).toBe(Status.PUAT_REQUIRED);
    expect((await configure(2, undefined, 0x01)).status).toBe(Status.PIN_AUTH_INVALID);
    expect((await configure(2)).status).toBe(Status.OK);
  });

  test('alwaysUv is toggled, and then nothing goes without PIN', async () => {
    await setPin(host, PIN);
    await enrol(host);
    await configure(2);
    expect([await option('alwaysUv'), await option('makeCredUvNotRqd')]).toEqual([true, false]);
    expect((await info()).get(1)).toEqual(['FIDO_2_0', 'FIDO_2_1_PRE', 'FIDO_2_1']);
    expect((await host.cbor(0x01, makeCredentialRequest())).status).toBe(Status.PUAT_REQUIRED);
    expect((await host.cbor(0x02, getAssertionRequest())).status).toBe(Status.PUAT_REQUIRED);
    const silent = getAssertionRequest({ 5: named({ up: false }) });
    expect((await host.cbor(0x02, silent)).status).toBe(Status.OK);
    const { data } = await host.call(0x03, Buffer.from('00030000000000', 'hex'));
    expect(data.toString('hex')).toBe('6986');
    await configure(2);
    expect(await option('alwaysUv')).toBe(false);
  });

  test('a longer minimum forces the change of a PIN that is now too short', async () => {
    await setPin(host, PIN);
    expect((await configure(3, members({ 1: 6, 2: [RP_ID] }))).status).toBe(Status.OK);
    const after = await info();
    expect([after.get(0x0d), after.get(0x0c)]).toEqual([6, true]);
    expect((await changePin(host, PIN, '12345')).status).toBe(Status.PIN_POLICY_VIOLATION);
    expect((await changePin(host, PIN, '123456')).status).toBe(Status.OK);
    expect((await info()).get(0x0c)).toBe(false);
    const made = await host.cbor(0x01, makeCredentialRequest({ 6: named({ minPinLength: true }) }));
    const tail = encodeCbor(named({ minPinLength: 6 }));
    expect((made.body?.get(2) as Buffer).subarray(-tail.length)).toEqual(tail);
  });
});

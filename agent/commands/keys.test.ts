import { startVirtualKey, type VirtualKey, type VirtualKeyOptions } from '../../infra/local/key';
import { asPerson, asProgram } from './agent.fixture';
import { plugged, type PluggedKey } from './key-on-a-socket.fixture';

const start = (profile: VirtualKeyOptions['profile'] = 'modern') => startVirtualKey({ touch: 'auto', profile });
let key: PluggedKey<VirtualKey>;
beforeAll(async () => {
  key = await plugged(start(), { pin: false });
});
afterAll(() => key.virtual.close());

const NOWHERE = ['--device', 'tcp:127.0.0.1:1'];

describe('keys', () => {
  it('lists each key with its model and its PIN, and why one cannot be used', async () => {
    const { out } = await asPerson(['keys', ...key.here, ...NOWHERE]);
    const [first, second] = out.split('\n');
    expect(first).toBe(`${key.address}  Key behind a socket  ${key.virtual.aaguid}  no PIN yet`);
    expect(second).toContain('There is no security key at tcp:127.0.0.1:1.');
  });

  it('prints the same as JSON', async () => {
    const { document } = await asProgram('keys', [...key.here, ...NOWHERE]);
    expect(document).toMatchObject({
      keys: [
        { path: key.address, usable: true, aaguid: key.virtual.aaguid, pin: { set: false, retriesLeft: null } },
        { path: 'tcp:127.0.0.1:1', usable: false, fault: { code: 'key-gone' } },
      ],
    });
  });

  it('says what is wrong with an address, and fails', async () => {
    const { document, err, status } = await asProgram('keys', ['--device', 'tcp:nowhere']);
    expect(document).toMatchObject({ error: { code: 'device-address-wrong' } });
    expect([err.includes('(device-address-wrong)'), status]).toEqual([true, 4]);
  });
});

describe('info', () => {
  it('shows everything for a person', async () => {
    const { out } = await asPerson(['info', ...key.here]);
    expect(out).toMatch(/^Model \(AAGUID\) +b6d0c3a4-/m);
    expect(out).toMatch(/^PIN +no PIN yet$/m);
    expect(out).toMatch(/^Algorithms +ES256, EdDSA$/m);
    expect(out).toMatch(/^Longest message +\d+ bytes$/m);
  });

  it('has a shape that programs can count on, and every member of getInfo', async () => {
    const { document } = await asProgram('info', key.here);
    expect(document).toMatchObject({
      aaguid: key.virtual.aaguid,
      pin: { set: false },
      getInfo: { versions: expect.arrayContaining(['FIDO_2_1']) as unknown, options: { rk: true }, maxMsgSize: 2048 },
    });
  });
});

describe('wink', () => {
  it('lets the keys blink, and minds one that is not there only where no other is', async () => {
    expect((await asPerson(['wink', ...key.here, ...NOWHERE])).out).toBe(`${key.address} blinks.`);
    expect((await asProgram('wink', key.here)).document).toEqual({ winked: [key.address] });
    const nobody = await asProgram('wink', NOWHERE);
    expect([nobody.document, nobody.status]).toMatchObject([{ error: { code: 'key-gone' } }, 4]);
  });
});

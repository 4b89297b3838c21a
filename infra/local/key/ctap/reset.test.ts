import type { VirtualDevice } from '../device';
import { enrol, PIN } from '../testing/ceremonies';
import { openHost, testDevice, type Host } from '../testing/host';
import { getToken, retries, setPin } from '../testing/platform-pin';
import { Status } from './status';

const RESET = 0x07;

describe('reset', () => {
  let now = 0;
  let device: VirtualDevice;
  let host: Host;
  beforeEach(async () => {
    now = 0;
    device = await testDevice({ now: () => now });
    host = await openHost(device);
    await setPin(host, PIN);
    await enrol(host);
  });
  afterEach(() => host.detach());

  test.each([
    ['at once', 0, Status.OK],
    ['at the last moment', 10_000, Status.OK],
    ['too late', 10_001, Status.NOT_ALLOWED],
  ])('%s after power-up', async (_name, wait, expected) => {
    now += wait;
    expect((await host.cbor(RESET)).status).toBe(expected);
    expect(device.condition()).toMatchObject({
      pinSet: expected !== Status.OK,
      credentials: expected === Status.OK ? 0 : 1,
    });
  });

  test('plugging in again opens the window again', async () => {
    now += 60_000;
    expect((await host.cbor(RESET)).status).toBe(Status.NOT_ALLOWED);
    device.power(false);
    device.power(true);
    host = await openHost(device);
    expect((await host.cbor(RESET)).status).toBe(Status.OK);
  });

  test('waits for a touch, and without one changes nothing', async () => {
    device.touchBy('manual');
    const answer = host.cbor(RESET);
    host.send(0x11, Buffer.alloc(0));
    expect((await answer).status).toBe(Status.KEEPALIVE_CANCEL);
    expect(device.condition()).toMatchObject({ pinSet: true, credentials: 1 });
  });

  test('brings back all tries, also those of this power cycle', async () => {
    for (let i = 0; i < 3; i++) await getToken(host, '9999', 4);
    expect((await host.cbor(RESET)).status).toBe(Status.OK);
    expect(await retries(host)).toEqual([8, false]);
    expect((await setPin(host, '5678')).status).toBe(Status.OK);
  });

  test('keeps the attestation', async () => {
    const root = device.attestationRootPem;
    await host.cbor(RESET);
    expect(device.attestationRootPem).toBe(root);
  });
});

import { EventEmitter } from 'node:events';
import { Fault } from '../protocol/fault';
import { listDevices } from './devices';
import { loadNodeHid, type NodeHid } from './node-hid';
import { nodeHidTransport } from './node-hid-transport';

/** Stands for node-hid's HIDAsync: one device, whose reports are events. */
class FakeDevice extends EventEmitter {
  readonly written: Buffer[] = [];
  closed = 0;
  failWrites = false;
  async write(data: Buffer): Promise<number> {
    if (this.failWrites) throw new Error('could not write to HID device');
    this.written.push(data);
    return data.length;
  }
  async close(): Promise<void> {
    this.closed += 1;
  }
}

function fakeHid(open: () => Promise<FakeDevice>, devices: unknown[] = []): NodeHid {
  return {
    devicesAsync: async () => devices,
    getHidapiVersion: () => '0.15.0',
    setDriverType: jest.fn(),
    HIDAsync: { open },
  } as unknown as NodeHid;
}

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );

describe('a key on the HID stack', () => {
  it('gets each report behind a report id of 0, and its reports come as they are', async () => {
    const device = new FakeDevice();
    const reports: Uint8Array[] = [];
    const open = nodeHidTransport('/dev/hidraw0', async () => fakeHid(async () => device));
    const transport = await open({ onReport: (report) => reports.push(report), onGone: jest.fn() });
    await transport.write(new Uint8Array(64).fill(7));
    expect(device.written[0]).toEqual(Buffer.concat([Buffer.of(0), Buffer.alloc(64, 7)]));
    device.emit('data', Buffer.alloc(64, 9));
    expect(reports).toEqual([new Uint8Array(64).fill(9)]);
    await transport.close();
    await transport.close();
    expect(device.closed).toBe(1);
  });

  it.each([
    ['reading fails', (device: FakeDevice) => device.emit('error', new Error('could not read from HID device'))],
    ['writing fails', (device: FakeDevice) => (device.failWrites = true)],
  ])('is gone, once, when %s', async (_, unplug) => {
    const device = new FakeDevice();
    const onGone = jest.fn();
    const open = nodeHidTransport('/dev/hidraw0', async () => fakeHid(async () => device));
    const transport = await open({ onReport: jest.fn(), onGone });
    unplug(device);
    expect(await code(transport.write(new Uint8Array(64)))).toBe('key-gone');
    device.emit('error', new Error('again'));
    expect(onGone).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['key-access-denied', '/dev/null', 'cannot open device with path /dev/null: Permission denied'],
    ['key-access-denied', '/dev/null', 'cannot open device with path /dev/null'],
    ['key-access-denied', 'HID#VID_1050', 'cannot open device with path HID#VID_1050'],
    ['key-gone', '/dev/null', 'cannot open device with path /dev/null: No such file or directory'],
    ['key-gone', '/dev/hidraw-none', 'cannot open device with path /dev/hidraw-none'],
  ])('that cannot be opened is %s: %s, %s', async (expected, path, message) => {
    const open = nodeHidTransport(path, async () => fakeHid(() => Promise.reject(new Error(message))));
    expect(await code(open({ onReport: jest.fn(), onGone: jest.fn() }))).toBe(expected);
  });
});

describe('the list of keys', () => {
  it('holds FIDO devices only', async () => {
    const fido = { usagePage: 0xf1d0, usage: 1, path: '/dev/hidraw1', vendorId: 0x1050, productId: 0x0407 };
    const others = [
      { ...fido, usagePage: 1, usage: 6, path: '/dev/hidraw0' },
      { ...fido, usage: 2 },
      { ...fido, path: undefined },
    ];
    const hid = fakeHid(() => Promise.reject(new Error()), [...others, { ...fido, product: 'Some Key' }]);
    const [device, ...rest] = await listDevices([], async () => hid);
    expect(rest).toEqual([]);
    expect(device).toMatchObject({ path: '/dev/hidraw1', product: 'Some Key', vendorId: 0x1050, productId: 0x0407 });
  });

  it.each(['tcp:', 'tcp:host', 'tcp:host:0', 'tcp:host:99999', 'tcp:host:abc', ''])('refuses "%s"', async (address) => {
    expect(await code(listDevices([address]))).toBe('device-address-wrong');
  });

  it.each(['tcp:127.0.0.1:4000', 'tcp:[::1]:4000', '/dev/hidraw3'])('takes %s', async (address) => {
    expect((await listDevices([address])).map(({ path }) => path)).toEqual([address]);
  });

  it('says how to mend a library that does not load', async () => {
    const load = () => Promise.reject(new Error('libudev.so.0: cannot open shared object file'));
    const fault = await loadNodeHid(load).catch((reason: unknown) => reason);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ code: 'hid-not-available' });
  });

  it('loads the real library here', async () => {
    expect(Array.isArray(await (await loadNodeHid()).devicesAsync())).toBe(true);
  });
});

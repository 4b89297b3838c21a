import { randomBytes } from 'node:crypto';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { type Device, deviceAt, listDevices } from '../hid/devices';
import { hidRegistrar } from '../operations/hid-registrar';
import { openKey } from '../operations/key';
import { scriptedPrompts } from '../operations/scripted-prompts.fixture';
import { Fault } from '../protocol/fault';
import { type Broker } from './broker';
import { brokerTransport, listBrokerDevices } from './broker-devices';
import { type Meeting, newMeeting } from './meeting.fixture';

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );
const RP = 'login.microsoft.com';
const PIN = 'a-canary-4711';

let meeting: Meeting;
let virtual: VirtualKey;
let address: string;
beforeEach(async () => {
  meeting = newMeeting();
  virtual = await startVirtualKey({ touch: 'auto' });
  address = `tcp:127.0.0.1:${virtual.port}`;
});
afterEach(async () => {
  await meeting.end();
  await virtual.close();
});

describe('a key behind the broker', () => {
  it('is listed, and opened like any other', async () => {
    await meeting.start({ addresses: [address] });
    const [device, ...rest] = await listBrokerDevices(meeting.place);
    expect(rest).toEqual([]);
    expect(device).toMatchObject({ path: `broker:${address}`, product: 'Key behind a socket' });
    const key = await openKey(device!);
    expect(key.info.aaguid).toBe(virtual.aaguid);
    await key.channel.ping(randomBytes(5000));
    await key.close();
  });

  it('gets a PIN and a passkey, and the broker sees neither', async () => {
    const passing: Buffer[] = [];
    const device = deviceAt(address);
    const watched: Device = {
      ...device,
      async open(events) {
        const transport = await device.open({
          ...events,
          onReport: (report) => (passing.push(Buffer.from(report)), events.onReport(report)),
        });
        return { ...transport, write: (report) => (passing.push(Buffer.from(report)), transport.write(report)) };
      },
    };
    await meeting.start({ list: async () => [watched] });
    const key = await openKey((await listBrokerDevices(meeting.place))[0]!);
    const prompts = scriptedPrompts({ pins: [PIN, PIN] });
    const options = {
      rp: { id: RP },
      user: { id: 'AAEC', name: 'ada@contoso.com', displayName: 'Ada' },
      challenge: randomBytes(64).toString('base64url'),
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    };
    const made = await hidRegistrar(key).register({ options, rpId: RP, prompts });
    expect(made).toMatchObject({ aaguid: virtual.aaguid, pinWasSet: true });
    await made.remove();
    await key.close();
    expect(passing.length).toBeGreaterThan(20);
    expect(Buffer.concat(passing).includes(PIN.slice(0, 8))).toBe(false);
    expect(meeting.log.join('\n')).not.toContain(PIN);
  });

  it.each<[string, (broker: Broker) => Promise<void>]>([
    ['it is pulled out', () => virtual.close()],
    ['the broker ends', (broker) => broker.close()],
  ])('is gone when %s', async (_, end) => {
    const broker = await meeting.start({ addresses: [address] });
    const onGone = jest.fn();
    const gone = new Promise<void>((resolve) => onGone.mockImplementation(() => resolve()));
    const line = await brokerTransport(address, meeting.place)({ onReport: () => undefined, onGone });
    await end(broker);
    await gone;
    expect(await code(line.write(new Uint8Array(64)))).toBe('key-gone');
    expect(onGone).toHaveBeenCalledTimes(1);
  });

  it('can be given back, at once and twice, without a word', async () => {
    await meeting.start({ addresses: [address] });
    const onGone = jest.fn();
    const line = await brokerTransport(address, meeting.place)({ onReport: () => undefined, onGone });
    await Promise.all([line.close(), line.close()]);
    expect(await code(line.write(new Uint8Array(64)))).toBe('key-gone');
    expect(onGone).not.toHaveBeenCalled();
  });

  it('is found by itself where HID is closed, and by its address', async () => {
    await meeting.start({ addresses: [address] });
    process.env['KEYVOUCH_BROKER_DIR'] = meeting.root;
    try {
      const closed = () => Promise.reject(new Fault({ code: 'hid-not-available', say: 'No.', todo: 'None.' }));
      const paths = async (addresses: string[]) => (await listDevices(addresses, closed)).map(({ path }) => path);
      expect(await paths([])).toEqual([`broker:${address}`]);
      expect(await paths(['broker:'])).toEqual([`broker:${address}`]);
      expect(await paths([`broker:${address}`, address])).toEqual([`broker:${address}`, address]);
      const key = await openKey(deviceAt(`broker:${address}`));
      expect(key.info.aaguid).toBe(virtual.aaguid);
      await key.close();
    } finally {
      delete process.env['KEYVOUCH_BROKER_DIR'];
    }
  });

  it('is the only thing that can be opened', async () => {
    await meeting.start({ addresses: [address] });
    for (const path of ['/etc/passwd', '/dev/hidraw0', 'tcp:127.0.0.1:1', `${address} `]) {
      const open = brokerTransport(path, meeting.place)({ onReport: jest.fn(), onGone: jest.fn() });
      expect(await code(open)).toBe('device-broker-not-allowed');
    }
  });

  it('tells why it cannot be opened', async () => {
    const denied = new Fault({ code: 'key-access-denied', say: 'Not even here.', todo: 'Ask.' });
    await meeting.start({ list: async () => [{ path: '/dev/hidraw9', open: () => Promise.reject(denied) }] });
    const [device] = await listBrokerDevices(meeting.place);
    await expect(openKey(device!)).rejects.toMatchObject({ code: 'key-access-denied', say: 'Not even here.' });
  });

  it('ends when the agent sends what is no FIDO', async () => {
    await meeting.start({ addresses: [address] });
    const gone = new Promise<void>((resolve, reject) => {
      brokerTransport(
        address,
        meeting.place,
      )({ onReport: () => undefined, onGone: () => resolve() })
        .then((line) => line.write(Uint8Array.from({ length: 64 }, () => 0xc1)))
        .catch(reject);
    });
    await gone;
    expect(meeting.log).toContainEqual(expect.stringMatching(/^ended: refused CTAPHID command/));
  });
});

import { openHost, testDevice, type Host } from '../testing/host';
import type { VirtualDevice } from '../device';
import { BROADCAST, Command, HidError, MAX_MESSAGE, toReports } from './packet';

const GET_INFO = Buffer.of(0x04);
const SELECTION = Buffer.of(0x0b);

describe('CTAPHID', () => {
  let device: VirtualDevice;
  let host: Host;

  beforeEach(async () => {
    jest.useFakeTimers();
    device = await testDevice({ touch: 'manual' });
    host = await openHost(device);
  });
  afterEach(() => {
    host.detach();
    jest.useRealTimers();
  });

  /** What came without waiting for anything. */
  const came = (): string[] => host.pending().map((one) => `${one.command.toString(16)}:${one.data.toString('hex')}`);
  const error = (name: keyof typeof HidError): string => `3f:${HidError[name].toString(16).padStart(2, '0')}`;

  test('INIT gives a channel, repeats the nonce, and says WINK and CBOR', async () => {
    const nonce = Buffer.from('a1a2a3a4a5a6a7a8', 'hex');
    host.send(Command.INIT, nonce, BROADCAST);
    const { cid, data } = await host.next();
    expect(cid).toBe(BROADCAST);
    expect(data.subarray(0, 8)).toEqual(nonce);
    expect([0, BROADCAST, host.cid]).not.toContain(data.readUInt32BE(8));
    expect([...data.subarray(12)]).toEqual([2, 1, 0, 0, 0x05]);
  });

  test.each([0, 1, 57, 58, 57 + 59, 57 + 60, 1024, MAX_MESSAGE])('PING gives back %d bytes', async (size) => {
    const data = Buffer.alloc(size, 0x5a);
    expect((await host.call(Command.PING, data)).data).toEqual(data);
  });

  test.each<[string, number, Buffer, string]>([
    ['an unknown command', 0x20, Buffer.alloc(0), error('INVALID_CMD')],
    ['SYNC, which only U2F hosts of old sent', 0x3c, Buffer.alloc(0), error('INVALID_CMD')],
    ['an empty CBOR message', Command.CBOR, Buffer.alloc(0), error('INVALID_LEN')],
    ['an APDU that is too short', Command.MSG, Buffer.alloc(3), error('INVALID_LEN')],
    ['WINK with bytes', Command.WINK, Buffer.alloc(1), error('INVALID_LEN')],
    ['LOCK for too long', Command.LOCK, Buffer.of(11), error('INVALID_PAR')],
    ['LOCK without seconds', Command.LOCK, Buffer.alloc(0), error('INVALID_LEN')],
    ['INIT without its nonce', Command.INIT, Buffer.alloc(7), error('INVALID_LEN')],
    ['KEEPALIVE from the host', Command.KEEPALIVE, Buffer.of(1), error('INVALID_CMD')],
  ])('%s is refused', (_name, command, data, expected) => {
    host.send(command, data);
    expect(came()).toEqual([expected]);
  });

  test.each([
    ['channel 0', 0],
    ['the broadcast channel', BROADCAST],
    ['a channel that nobody gave out', 0x01020304],
  ])('a message on %s is refused', (_name, cid) => {
    host.send(Command.PING, Buffer.from('hi'), cid);
    expect(came()).toEqual([error('INVALID_CHANNEL')]);
  });

  test('a channel is of no use to another opener', async () => {
    const other = await openHost(device);
    other.send(Command.PING, Buffer.from('hi'), host.cid);
    expect(other.pending()[0]?.data).toEqual(Buffer.of(HidError.INVALID_CHANNEL));
    expect(came()).toEqual([]);
    other.detach();
  });

  test('a message that says it is longer than 7609 bytes is refused at once', () => {
    const [first] = toReports(host.cid, Command.PING, Buffer.alloc(10));
    first!.writeUInt16BE(MAX_MESSAGE + 1, 5);
    host.raw(first!);
    expect(came()).toEqual([error('INVALID_LEN')]);
  });

  test('a continuation out of order ends the message', async () => {
    const [first, second, third] = toReports(host.cid, Command.PING, Buffer.alloc(150));
    host.raw(first!);
    host.raw(third!);
    host.raw(second!);
    expect(came()).toEqual([error('INVALID_SEQ')]);
    await host.next();
    expect((await host.call(Command.PING, Buffer.of(1))).data).toEqual(Buffer.of(1));
  });

  test('a new message before the last one is complete ends it', () => {
    host.raw(toReports(host.cid, Command.PING, Buffer.alloc(150))[0]!);
    host.send(Command.PING, Buffer.of(1));
    expect(came()).toEqual([error('INVALID_SEQ')]);
  });

  test('stray continuations and reports of another size are ignored', () => {
    host.raw(toReports(host.cid, Command.PING, Buffer.alloc(150))[1]!);
    host.raw(Buffer.alloc(63));
    host.raw(Buffer.alloc(65));
    expect(came()).toEqual([]);
  });

  test('a message that stops half-way times out after 3 s and frees the key', async () => {
    host.raw(toReports(host.cid, Command.PING, Buffer.alloc(150))[0]!);
    jest.advanceTimersByTime(2_999);
    expect(came()).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(came()).toEqual([error('MSG_TIMEOUT')]);
    await host.next();
    expect((await host.call(Command.PING, Buffer.of(1))).data).toEqual(Buffer.of(1));
  });

  test('INIT on the own channel starts it over, also half-way and while a command waits', async () => {
    const nonce = Buffer.alloc(8, 7);
    host.raw(toReports(host.cid, Command.PING, Buffer.alloc(150))[0]!);
    host.send(Command.INIT, nonce);
    expect((await host.next()).data.readUInt32BE(8)).toBe(host.cid);
    host.send(Command.CBOR, SELECTION);
    expect(device.light()).toBe('blinking');
    host.send(Command.INIT, nonce);
    const replies = [await host.next(), await host.next()].map((one) => one.command);
    expect(replies).toEqual([Command.KEEPALIVE, Command.INIT]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(came()).toEqual([]);
    expect(device.light()).toBe('off');
  });

  test('while a command waits, every other channel hears CHANNEL_BUSY, and so does its own', async () => {
    const other = await openHost(device);
    host.send(Command.CBOR, SELECTION);
    other.send(Command.CBOR, GET_INFO);
    expect(other.pending()[0]?.data).toEqual(Buffer.of(HidError.CHANNEL_BUSY));
    host.send(Command.CBOR, GET_INFO);
    expect(came()).toEqual(['3b:02', error('CHANNEL_BUSY')]);
    other.detach();
    device.touch();
    await jest.advanceTimersByTimeAsync(0);
    expect(came().at(-1)).toBe('10:00');
  });

  test('keepalives come every 100 ms and say that a touch is wanted', async () => {
    host.send(Command.CBOR, SELECTION);
    await jest.advanceTimersByTimeAsync(1_050);
    expect(came()).toEqual(Array(11).fill('3b:02'));
    device.touch();
    await jest.advanceTimersByTimeAsync(500);
    expect(came().slice(11)).toEqual(['3b:01', '10:00']);
  });

  test('without a touch the command ends after 30 s with USER_ACTION_TIMEOUT', async () => {
    host.send(Command.CBOR, SELECTION);
    await jest.advanceTimersByTimeAsync(29_999);
    expect(came().at(-1)).toBe('3b:02');
    await jest.advanceTimersByTimeAsync(1);
    expect(came().at(-1)).toBe('10:2f');
    expect(device.light()).toBe('off');
  });

  test('CANCEL has no answer of its own: the command ends with KEEPALIVE_CANCEL', async () => {
    host.send(Command.CANCEL, Buffer.alloc(0));
    expect(came()).toEqual([]);
    host.send(Command.CBOR, SELECTION);
    host.send(Command.CANCEL, Buffer.alloc(0));
    await jest.advanceTimersByTimeAsync(0);
    expect(came()).toEqual(['3b:02', '10:2d']);
    expect(device.light()).toBe('off');
  });

  test("CANCEL on another channel does not end this one's command", async () => {
    const other = await openHost(device);
    host.send(Command.CBOR, SELECTION);
    other.send(Command.CANCEL, Buffer.alloc(0));
    await jest.advanceTimersByTimeAsync(0);
    expect(other.pending()).toEqual([]);
    expect(device.light()).toBe('blinking');
    other.detach();
  });

  test('a program that goes away takes its waiting command with it', async () => {
    const other = await openHost(device);
    other.send(Command.CBOR, SELECTION);
    other.detach();
    await jest.advanceTimersByTimeAsync(0);
    expect(device.light()).toBe('off');
    expect((await host.call(Command.CBOR, GET_INFO)).data[0]).toBe(0);
  });

  test('LOCK keeps others out until it is lifted or runs out', async () => {
    const other = await openHost(device);
    await host.call(Command.LOCK, Buffer.of(2));
    expect((await other.call(Command.PING, Buffer.of(1))).command).toBe(Command.ERROR);
    await host.call(Command.LOCK, Buffer.of(0));
    expect((await other.call(Command.PING, Buffer.of(1))).command).toBe(Command.PING);
    await host.call(Command.LOCK, Buffer.of(2));
    jest.setSystemTime(Date.now() + 2_001);
    expect((await other.call(Command.PING, Buffer.of(1))).command).toBe(Command.PING);
    other.detach();
  });

  test('the LOCK of a program that is gone keeps nobody out', async () => {
    const other = await openHost(device);
    await other.call(Command.LOCK, Buffer.of(10));
    other.detach();
    expect((await host.call(Command.PING, Buffer.of(1))).command).toBe(Command.PING);
  });

  test('WINK lights the key for a moment', async () => {
    const seen: string[] = [];
    device.onLight((light) => seen.push(light));
    await host.call(Command.WINK, Buffer.alloc(0));
    jest.advanceTimersByTime(500);
    expect(seen).toEqual(['on', 'off']);
  });

  test('a power cut ends everything silently; afterwards old channels are unknown', async () => {
    host.send(Command.CBOR, SELECTION);
    device.power(false);
    host.send(Command.PING, Buffer.of(1));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(came()).toEqual(['3b:02']);
    device.power(true);
    host.send(Command.PING, Buffer.of(1));
    expect(came().at(-1)).toBe(error('INVALID_CHANNEL'));
  });
});

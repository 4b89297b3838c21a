import { Fault } from '../protocol/fault';
import { type Channel, type ChannelTimes, openChannel } from './channel';
import { BROADCAST_CID, CTAPHID, HID_ERROR } from './commands';
import { parsePacket, toReports } from './frames';
import { type Answer, initReply, SCRIPTED_CID, scriptedKey, scriptedTransport } from './scripted-transport.fixture';

const FAST: ChannelTimes = { inactivityMs: 80, busyMs: 1_000, cancelMs: 80 };
const channels: Channel[] = [];
afterEach(async () => {
  for (const channel of channels.splice(0)) await channel.close();
});

async function channelTo(key: { open: Parameters<typeof openChannel>[0] }, times = FAST): Promise<Channel> {
  const channel = await openChannel(key.open, times);
  channels.push(channel);
  return channel;
}

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );
const ONE = Uint8Array.of(1);
const keepalive = (status: number) => toReports(SCRIPTED_CID, CTAPHID.KEEPALIVE, Uint8Array.of(status));
const hidError = (hidCode: number) => toReports(SCRIPTED_CID, CTAPHID.ERROR, Uint8Array.of(hidCode));
const reply = (bytes: Uint8Array) => toReports(SCRIPTED_CID, CTAPHID.CBOR, bytes);
const commandsOf = (written: readonly Uint8Array[]) =>
  written.flatMap((report) => {
    const packet = parsePacket(report);
    return packet?.kind === 'init' ? [packet.command] : [];
  });

describe('opening a channel', () => {
  it('tells what the key says of itself', async () => {
    const channel = await channelTo(scriptedKey(() => []));
    expect(channel.about).toEqual({
      cid: SCRIPTED_CID,
      protocolVersion: 2,
      deviceVersion: [1, 0, 0],
      canWink: true,
      canCbor: true,
      canMsg: true,
    });
  });

  it('passes over answers that were meant for another program', async () => {
    const key = scriptedTransport((report, device) => {
      const nonce = report.slice(7, 15);
      const foreign = initReply(nonce.map((byte) => byte ^ 0xff));
      for (const answer of [foreign, Uint8Array.of(1, 2, 3), initReply(nonce)]) {
        for (const part of toReports(BROADCAST_CID, CTAPHID.INIT, answer)) device.send(part);
      }
    });
    expect((await channelTo(key)).about.cid).toBe(SCRIPTED_CID);
  });

  it.each([
    ['key-silent', () => undefined],
    [
      'key-malformed',
      (report: Uint8Array, send: (r: Uint8Array) => void) => {
        const answer = initReply(report.slice(7, 15));
        answer.fill(0xff, 8, 12);
        toReports(BROADCAST_CID, CTAPHID.INIT, answer).forEach(send);
      },
    ],
    [
      'key-busy',
      (_: Uint8Array, send: (r: Uint8Array) => void) =>
        toReports(BROADCAST_CID, CTAPHID.ERROR, Uint8Array.of(HID_ERROR.CHANNEL_BUSY)).forEach(send),
    ],
    // Found by the proof "frames": an error without a name of its own came out as it was.
    [
      'key-malformed',
      (_: Uint8Array, send: (r: Uint8Array) => void) =>
        toReports(BROADCAST_CID, CTAPHID.ERROR, Uint8Array.of(0x8c)).forEach(send),
    ],
  ])('ends in %s', async (expected, answer) => {
    const key = scriptedTransport((report, device) => answer(report, device.send));
    expect(await code(openChannel(key.open, FAST))).toBe(expected);
  });
});

it('does not wait for ever for a key that keeps itself alive instead of opening a channel', async () => {
  const key = scriptedTransport();
  const alive = setInterval(() => {
    toReports(BROADCAST_CID, CTAPHID.KEEPALIVE, Uint8Array.of(1)).forEach(key.send);
  }, 10);
  expect(await code(openChannel(key.open, FAST))).toMatch(/^key-(silent|too-slow)$/);
  clearInterval(alive);
});

describe('a call', () => {
  it('gives the answer, however many packets it takes, among packets of other channels', async () => {
    const message = Uint8Array.from({ length: 1000 }, (_, i) => i);
    const foreign = toReports(0x0a0b0c0d, CTAPHID.CBOR, new Uint8Array(500));
    const key = scriptedKey(() => reply(message).flatMap((report, i) => [foreign[i % foreign.length]!, report]));
    expect(await (await channelTo(key)).call(CTAPHID.CBOR, message)).toEqual(message);
  });

  it('is kept alive by keepalives, and says when a touch is wanted', async () => {
    const key = scriptedKey(() => []);
    const channel = await channelTo(key);
    const seen: string[] = [];
    const call = channel.call(CTAPHID.CBOR, ONE, { onKeepalive: (status) => seen.push(status) });
    for (let i = 0; i < 6; i++) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      keepalive(i < 3 ? 1 : 2).forEach(key.send);
    }
    reply(Uint8Array.of(0)).forEach(key.send);
    expect(await call).toEqual(Uint8Array.of(0));
    expect(seen).toEqual(['processing', 'processing', 'processing', 'touch', 'touch', 'touch']);
  });

  it('hears what the key has said before it takes a standstill of its own for silence', async () => {
    const key = scriptedKey(({ message }) => reply(message));
    const channel = await channelTo(key);
    const call = channel.call(CTAPHID.CBOR, ONE);
    await Promise.resolve();
    const until = Date.now() + 3 * FAST.inactivityMs!;
    while (Date.now() < until);
    expect(await call).toEqual(ONE);
  });

  it('that is cancelled sends CANCEL and ends with what the key says last', async () => {
    const key = scriptedTransport((report, device) => {
      const packet = parsePacket(report);
      if (packet?.kind !== 'init') return;
      if (packet.command === CTAPHID.INIT) {
        toReports(packet.cid, CTAPHID.INIT, initReply(report.slice(7, 15))).forEach(device.send);
      }
      if (packet.command === CTAPHID.CBOR) keepalive(2).forEach(device.send);
      if (packet.command === CTAPHID.CANCEL) reply(Uint8Array.of(0x2d)).forEach(device.send);
    });
    const channel = await channelTo(key);
    const stop = new AbortController();
    const call = channel.call(CTAPHID.CBOR, ONE, { signal: stop.signal, onKeepalive: () => stop.abort() });
    expect(await call).toEqual(Uint8Array.of(0x2d));
    expect(commandsOf(key.written)).toEqual([CTAPHID.INIT, CTAPHID.CBOR, CTAPHID.CANCEL]);
  });

  it('that is cancelled ends even when the key ignores it and goes on blinking', async () => {
    const key = scriptedKey(({ command }) => (command === CTAPHID.CBOR ? keepalive(2) : []));
    const channel = await channelTo(key);
    const blink = setInterval(() => keepalive(2).forEach(key.send), 20);
    const call = channel.call(CTAPHID.CBOR, ONE, { signal: AbortSignal.timeout(60) });
    expect(await code(call)).toBe('key-cancelled');
    clearInterval(blink);
  });

  it('is sent again while the key is busy with another program, and given up after a while', async () => {
    let busy = 2;
    const key = scriptedKey(() => (busy-- > 0 ? hidError(HID_ERROR.CHANNEL_BUSY) : reply(Uint8Array.of(0))));
    const channel = await channelTo(key);
    expect(await channel.call(CTAPHID.CBOR, ONE)).toEqual(Uint8Array.of(0));
    busy = Infinity;
    expect(await code(channel.call(CTAPHID.CBOR, ONE))).toBe('key-busy');
    const waiting = channel.call(CTAPHID.CBOR, ONE, { signal: AbortSignal.timeout(30) });
    expect(await code(waiting)).toBe('key-cancelled');
  });

  const broken: [string, string, Answer][] = [
    ['key-silent', 'silence', () => []],
    ['key-silent', 'an answer cut short', () => reply(new Uint8Array(100)).slice(0, 1)],
    ['key-silent', 'a continuation out of nowhere', () => reply(new Uint8Array(100)).slice(1)],
    ['key-silent', 'half a report', () => [new Uint8Array(32)]],
    ['key-malformed', 'the answer to another command', ({ cid }) => toReports(cid, CTAPHID.PING, ONE)],
    ['key-malformed', 'packets in the wrong order', () => [0, 2, 1].map((i) => reply(new Uint8Array(150))[i]!)],
    ['key-malformed', 'a new answer inside the answer', () => [0, 0].map((i) => reply(new Uint8Array(150))[i]!)],
    ['key-malformed', 'a message of 65535 bytes', () => [tooLong()]],
    ['key-malformed', 'INVALID_SEQ', () => hidError(HID_ERROR.INVALID_SEQ)],
    ['key-malformed', 'INVALID_CHANNEL', () => hidError(HID_ERROR.INVALID_CHANNEL)],
    ['key-refused', 'INVALID_CMD', () => hidError(HID_ERROR.INVALID_CMD)],
    ['key-busy', 'LOCK_REQUIRED', () => hidError(HID_ERROR.LOCK_REQUIRED)],
  ];
  it.each(broken)('ends in %s after %s, is not sent again, and the next one works', async (expected, _, answer) => {
    let calls = 0;
    const key = scriptedKey((call) => (++calls === 1 ? answer(call) : reply(Uint8Array.of(0, 7))));
    const channel = await channelTo(key);
    expect(await code(channel.call(CTAPHID.CBOR, ONE))).toBe(expected);
    expect(calls).toBe(1);
    expect(await channel.call(CTAPHID.CBOR, ONE)).toEqual(Uint8Array.of(0, 7));
    // One INIT opened the channel, one more put both sides in step again.
    expect(commandsOf(key.written)).toEqual([CTAPHID.INIT, CTAPHID.CBOR, CTAPHID.INIT, CTAPHID.CBOR]);
  });

  it('never takes a late answer to an earlier call for its own', async () => {
    let calls = 0;
    const key = scriptedKey(() => (++calls === 1 ? [] : reply(Uint8Array.of(0, 2))));
    const channel = await channelTo(key);
    expect(await code(channel.call(CTAPHID.CBOR, ONE))).toBe('key-silent');
    const next = channel.call(CTAPHID.CBOR, ONE);
    reply(Uint8Array.of(0, 1)).forEach(key.send);
    expect(await next).toEqual(Uint8Array.of(0, 2));
  });

  it('ends in key-gone at an unplug, and so does every call after it', async () => {
    const key = scriptedKey(() => keepalive(2));
    const channel = await channelTo(key);
    const call = channel.call(CTAPHID.CBOR, ONE, { onKeepalive: () => key.unplug() });
    expect(await code(call)).toBe('key-gone');
    expect(await code(channel.call(CTAPHID.CBOR, ONE))).toBe('key-gone');
    expect(channel.gone).toBe(true);
  });

  it('longer than CTAPHID carries is refused without a byte sent', async () => {
    const key = scriptedKey(() => []);
    const channel = await channelTo(key);
    expect(await code(channel.call(CTAPHID.CBOR, new Uint8Array(7610)))).toBe('key-request-too-large');
    expect(key.written).toHaveLength(1);
  });

  it('waits for the one before it', async () => {
    const key = scriptedKey(({ message }) => message);
    const channel = await channelTo(key);
    const answers = await Promise.all([1, 2, 3].map((n) => channel.call(CTAPHID.PING, Uint8Array.of(n))));
    expect(answers).toEqual([1, 2, 3].map((n) => Uint8Array.of(n)));
  });
});

describe('ping and wink', () => {
  it('checks the echo', async () => {
    await (await channelTo(scriptedKey(({ message }) => message))).ping(Uint8Array.of(1, 2));
    const liar = await channelTo(scriptedKey(() => Uint8Array.of(9)));
    expect(await code(liar.ping(Uint8Array.of(1, 2)))).toBe('key-malformed');
  });

  it('winks only where the key can', async () => {
    expect(await (await channelTo(scriptedKey(() => new Uint8Array()))).wink()).toBe(true);
    const key = scriptedKey(() => new Uint8Array(), 0x04);
    expect(await (await channelTo(key)).wink()).toBe(false);
    expect(commandsOf(key.written)).toEqual([CTAPHID.INIT]);
  });
});

function tooLong(): Uint8Array {
  const report = reply(ONE)[0]!;
  report[5] = 0xff;
  report[6] = 0xff;
  return report;
}

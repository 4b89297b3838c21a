import { type Channel } from '../hid/channel';
import { openChannel } from '../hid/channel';
import { CTAPHID } from '../hid/commands';
import { toReports } from '../hid/frames';
import { SCRIPTED_CID, scriptedKey } from '../hid/scripted-transport.fixture';
import { Fault } from '../protocol/fault';
import { cborMap, encodeCbor } from './cbor';
import { CTAP2, createCtap } from './ctap';
import { getAssertion } from './get-assertion';
import { makeCredential } from './make-credential';
import { speaksU2f } from './u2f';

const channels: Channel[] = [];
afterEach(async () => {
  for (const channel of channels.splice(0)) await channel.close();
});
async function channelTo(...script: Parameters<typeof scriptedKey>) {
  const key = scriptedKey(...script);
  const channel = await openChannel(key.open, { inactivityMs: 200, cancelMs: 50 });
  channels.push(channel);
  return { key, channel };
}
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );

describe('a command', () => {
  it('is its number and canonical CBOR; the answer is a status and CBOR', async () => {
    const seen: string[] = [];
    const { channel } = await channelTo(({ message }) => {
      seen.push(Buffer.from(message).toString('hex'));
      return Uint8Array.from([0, ...encodeCbor(cborMap([[1, 'ok']]))]);
    });
    const ctap = createCtap(channel);
    expect(
      await ctap.send(
        CTAP2.clientPin,
        cborMap([
          [2, 1],
          [1, 2],
        ]),
      ),
    ).toEqual(cborMap([[1, 'ok']]));
    await ctap.send(CTAP2.getInfo);
    expect(seen).toEqual(['06a201020201', '04']);
  });

  it.each([
    ['key-malformed', []],
    ['key-malformed', [0, 0xff]],
    ['key-pin-blocked', [0x32]],
    ['key-pin-blocked', [0x32, 0xff, 0xff]],
  ])('ends in %s after the answer %j', async (expected, answer) => {
    const { channel } = await channelTo(() => Uint8Array.from(answer));
    expect(await code(createCtap(channel).send(CTAP2.getInfo))).toBe(expected);
  });

  it('larger than the key takes is not sent', async () => {
    const { channel, key } = await channelTo(() => Uint8Array.of(0));
    const big = cborMap([[1, new Uint8Array(1500)]]);
    expect(await code(createCtap(channel).send(1, big))).toBe('key-request-too-large');
    expect(key.written).toHaveLength(1);
    expect(await createCtap(channel, 2048).send(1, big)).toBeUndefined();
  });

  const blinking = (status: number) =>
    channelTo(({ command }) => {
      if (command === CTAPHID.CANCEL) return toReports(SCRIPTED_CID, CTAPHID.CBOR, Uint8Array.of(0x2d));
      return toReports(SCRIPTED_CID, CTAPHID.KEEPALIVE, Uint8Array.of(status));
    });
  it.each([
    ['key-no-touch', 2],
    ['key-too-slow', 1],
  ])('that takes longer than its limit ends in %s', async (expected, status) => {
    const { channel } = await blinking(status);
    expect(await code(createCtap(channel).send(1, undefined, { limitMs: 60 }))).toBe(expected);
  });

  it('that the person calls off ends in key-cancelled', async () => {
    const { channel } = await blinking(2);
    const call = createCtap(channel).send(1, undefined, { signal: AbortSignal.timeout(30), limitMs: 1000 });
    expect(await code(call)).toBe('key-cancelled');
    const late = createCtap(channel).send(1, undefined, { signal: AbortSignal.abort() });
    expect(await code(late)).toBe('key-cancelled');
  });

  it('of another waits while a sequence runs', async () => {
    const order: number[] = [];
    const { channel } = await channelTo(({ message }) => {
      order.push(message[0] ?? 0);
      return Uint8Array.of(0);
    });
    const ctap = createCtap(channel);
    const sequence = ctap.sequence(async (send) => {
      await send(0x0a);
      await send(0x0a);
    });
    await Promise.all([sequence, ctap.send(0x04)]);
    expect(order).toEqual([0x0a, 0x0a, 0x04]);
  });
});

describe('requests', () => {
  async function sent(run: (ctap: ReturnType<typeof createCtap>) => Promise<unknown>): Promise<string> {
    let hex = '';
    const { channel } = await channelTo(({ message }) => {
      hex = Buffer.from(message).toString('hex');
      return Uint8Array.of(0x2e);
    });
    expect(await code(run(createCtap(channel)))).toBe('key-no-passkey');
    return hex;
  }

  it('makeCredential leaves out what was not asked for', async () => {
    const hex = await sent((ctap) =>
      makeCredential(ctap, {
        clientDataHash: new Uint8Array(2),
        rp: { id: 'a' },
        user: { id: Uint8Array.of(1), name: undefined },
        algorithms: [-7],
        discoverable: false,
      }),
    );
    expect(hex).toBe(
      '01a4' +
        '01420000' +
        '02a16269646161' +
        '03a162696441' +
        '01' +
        '0481a263616c672664747970656a7075626c69632d6b6579',
    );
  });

  it('getAssertion sends up only to ask silently', async () => {
    const request = { rpId: 'a', clientDataHash: new Uint8Array(1), allowList: [] };
    expect(await sent((ctap) => getAssertion(ctap, { ...request, userPresence: true }))).toBe('02a20161610241' + '00');
    expect(await sent((ctap) => getAssertion(ctap, { ...request, userPresence: false }))).toBe(
      '02a3016161024100' + '05a1627570f4',
    );
  });
});

describe('a key without FIDO2', () => {
  it.each([
    ['U2F', Buffer.from('U2F_V2\x90\x00', 'latin1'), true],
    ['something else', Buffer.from('HELLO\x90\x00', 'latin1'), false],
    ['an error', Buffer.from('6d00', 'hex'), false],
    ['nothing', Buffer.alloc(0), false],
  ])('that answers %s', async (_, answer, expected) => {
    const { channel } = await channelTo(() => Uint8Array.from(answer), 0x00);
    expect(await speaksU2f(channel)).toBe(expected);
  });

  it('that does not even take messages is not asked', async () => {
    const { channel, key } = await channelTo(() => [], 0x08);
    expect(await speaksU2f(channel)).toBe(false);
    expect(key.written).toHaveLength(1);
  });
});

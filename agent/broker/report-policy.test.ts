import { BROADCAST_CID, CTAPHID } from '../hid/commands';
import { toReports } from '../hid/frames';
import { reportPolicy } from './report-policy';

const NONCE = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const CID = 0xa1b2c3d4;

const one = (cid: number, command: number, message = new Uint8Array()) => toReports(cid, command, message)[0]!;
const init = (nonce = NONCE) => one(BROADCAST_CID, CTAPHID.INIT, nonce);
/** The key's answer to an INIT. */
function initAnswer(nonce = NONCE, cid = CID): Uint8Array {
  const message = Buffer.alloc(17);
  message.set(nonce);
  message.writeUInt32BE(cid, 8);
  return one(BROADCAST_CID, CTAPHID.INIT, message);
}

/** With one channel open. */
function opened() {
  const policy = reportPolicy();
  expect(policy.refuses(init())).toBeUndefined();
  expect(policy.isForAgent(initAnswer())).toBe(true);
  return policy;
}

const continuation = toReports(CID, CTAPHID.CBOR, new Uint8Array(100))[1]!;
const tooLong = one(CID, CTAPHID.CBOR);
new DataView(tooLong.buffer).setUint16(5, 7610);

it.each<[string, Uint8Array]>([
  ['a message', one(CID, CTAPHID.CBOR, Uint8Array.of(4))],
  ['its continuation', continuation],
  ['a cancel', one(CID, CTAPHID.CANCEL)],
  ['a ping', one(CID, CTAPHID.PING, new Uint8Array(57))],
  ['a wink', one(CID, CTAPHID.WINK)],
  ['U2F', one(CID, CTAPHID.MSG, new Uint8Array(7))],
  ['an INIT on its own channel', one(CID, CTAPHID.INIT, NONCE)],
  ['another INIT', init(new Uint8Array(8))],
])('an agent may send %s', (_, report) => expect(opened().refuses(report)).toBeUndefined());

it.each<[string, Uint8Array, RegExp]>([
  ['a vendor command', one(CID, 0x41), /command 65/],
  ['a lock', one(CID, 0x04, Uint8Array.of(10)), /command 4/],
  ['an answer of a key', one(CID, CTAPHID.KEEPALIVE, Uint8Array.of(1)), /command 59/],
  ['an error', one(CID, CTAPHID.ERROR, Uint8Array.of(1)), /command 63/],
  ['a message beyond CTAPHID', tooLong, /7610 bytes/],
  ['an INIT without a nonce', one(BROADCAST_CID, CTAPHID.INIT, new Uint8Array(7)), /nonce/],
  ['CBOR to all channels', one(BROADCAST_CID, CTAPHID.CBOR, Uint8Array.of(4)), /broadcast/],
  ['a continuation to all channels', toReports(BROADCAST_CID, 1, new Uint8Array(60))[1]!, /broadcast/],
  ['a message on another channel', one(CID + 1, CTAPHID.CBOR, Uint8Array.of(4)), /another program/],
  ['a cancel on another channel', one(7, CTAPHID.CANCEL), /another program/],
  ['half a report', new Uint8Array(32), /no CTAPHID/],
])('an agent may not send %s', (_, report, why) => expect(opened().refuses(report)).toMatch(why));

it('lets nobody speak before the key has given a channel', () => {
  expect(reportPolicy().refuses(one(CID, CTAPHID.CBOR, Uint8Array.of(4)))).toMatch(/another program/);
});

it.each<[string, Uint8Array, boolean]>([
  ['its own channel', one(CID, CTAPHID.CBOR, Uint8Array.of(0)), true],
  ['a keepalive there', one(CID, CTAPHID.KEEPALIVE, Uint8Array.of(2)), true],
  ['another program’s channel', one(CID + 1, CTAPHID.CBOR, Uint8Array.of(0)), false],
  ['the answer to another program’s INIT', initAnswer(new Uint8Array(8), 77), false],
  ['"busy" to an INIT', one(BROADCAST_CID, CTAPHID.ERROR, Uint8Array.of(6)), true],
  ['a message to all channels', one(BROADCAST_CID, CTAPHID.CBOR, Uint8Array.of(0)), false],
  ['an INIT answer cut short', one(BROADCAST_CID, CTAPHID.INIT, NONCE), false],
  ['half a report', new Uint8Array(32), false],
])('hears %s', (_, report, heard) => expect(opened().isForAgent(report)).toBe(heard));

it('remembers a few channels, not all there ever were', () => {
  const policy = opened();
  for (let n = 1; n <= 8; n++) {
    policy.refuses(init(Uint8Array.from({ length: 8 }, () => n)));
    policy.isForAgent(
      initAnswer(
        Uint8Array.from({ length: 8 }, () => n),
        n,
      ),
    );
  }
  expect(policy.refuses(one(8, CTAPHID.CBOR))).toBeUndefined();
  expect(policy.refuses(one(CID, CTAPHID.CBOR))).toMatch(/another program/);
});

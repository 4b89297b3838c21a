import { Fault } from '../../../../agent/protocol/fault';
import { toReports } from '../../../local/key/hid/packet';
import { encodeCbor } from '../../../local/key/cbor/encode';
import { drive } from './drive';
import { endingOf } from './ending';
import { answerFault, bringsPin, mayStaySilent } from './siege-rules';
import { clearTime, later, nextMoment, passTime, virtualNow, virtualSleep } from './virtual-time';
import { createWatch } from './watch';

const BROADCAST = 0xffffffff;
const NONCE = Buffer.from('01020304');
const one = (cid: number, command: number, message: Uint8Array) => toReports(cid, command, message)[0]!;
const request = (command: number, members: [number, number | Uint8Array | Map<number, number>][]) =>
  Buffer.concat([Buffer.of(command), encodeCbor(new Map(members))]);

/** A watch whose agent has a channel. */
function onChannel(cid = 7) {
  const watch = createWatch();
  watch.opened();
  watch.wrote(one(BROADCAST, 0x06, NONCE));
  const answer = Buffer.alloc(17);
  answer.set(NONCE);
  answer.writeUInt32BE(cid, 8);
  watch.delivered(one(BROADCAST, 0x06, answer));
  return watch;
}

afterEach(clearTime);

describe('virtual time', () => {
  it('passes only when it is told to, in order', () => {
    const begin = virtualNow();
    const seen: number[] = [];
    for (const ms of [30, 10, 20]) later(() => seen.push(virtualNow() - begin), ms);
    expect(seen).toEqual([]);
    while (passTime());
    expect(seen).toEqual([10, 20, 30]);
    expect(nextMoment()).toBeUndefined();
  });
});

describe('an ending', () => {
  const fault = (cause?: unknown, code = 'key-malformed') => new Fault({ code, say: 'Odd.', todo: 'Go.', cause });
  it.each([
    ['a value', () => 1, 'value'],
    ['a Fault', () => Promise.reject(fault()), 'fault'],
    ['another error', () => Promise.reject(new Error('x')), 'crash'],
    ['a mistake within a Fault', () => Promise.reject(fault(new Error('a', { cause: new TypeError('b') }))), 'crash'],
    ['a code that nobody knows', () => Promise.reject(fault(undefined, 'odd-thing')), 'crash'],
  ])('in %s', async (_, run, kind) => {
    expect((await endingOf(async () => run())).kind).toBe(kind);
  });
});

describe('driving', () => {
  const never = () => new Promise<void>(() => undefined);
  it('costs no time', async () => {
    const begin = Date.now();
    expect(await drive({ deadline: () => undefined }, () => virtualSleep(3_600_000))).toEqual({ kind: 'value' });
    expect(Date.now() - begin).toBeLessThan(5_000);
  });
  it('finds what waits for what never comes', async () => {
    expect(await drive({ deadline: () => undefined }, never)).toMatchObject({ kind: 'crash' });
  });
  it('finds what waits for longer than it may', async () => {
    const end = virtualNow() + 5_000;
    expect(await drive({ deadline: () => end }, () => virtualSleep(4_900))).toEqual({ kind: 'value' });
    expect(await drive({ deadline: () => end }, () => virtualSleep(5_100))).toMatchObject({ kind: 'crash' });
  });
});

describe('the watch', () => {
  const token = request(0x06, [[6, Buffer.alloc(16)]]);
  const answer = (status: number) => one(7, 0x10, Buffer.of(status));

  it('finds a channel that is not the agent’s own', () => {
    const watch = onChannel();
    watch.wrote(one(7, 0x10, Buffer.of(4)));
    expect(watch.violations).toEqual([]);
    watch.wrote(one(8, 0x10, Buffer.of(4)));
    expect(watch.violations).toHaveLength(1);
  });

  it.each([
    ['typed once, sent once', 1, [0x31], 0],
    ['typed once, sent again after it was right', 1, [0x00, 0x00, 0x37], 0],
    ['typed twice, sent twice', 2, [0x31, 0x31], 0],
    ['typed once, sent again after it was wrong', 1, [0x31, 0x31], 1],
    ['typed once, sent again after an odd answer', 1, [0x7f, 0x00], 1],
    ['never typed', 0, [0x00], 1],
  ])('counts PINs: %s', (_, typed, statuses, violations) => {
    const watch = onChannel();
    for (let times = 0; times < typed; times += 1) watch.typed();
    for (const status of statuses) {
      watch.wrote(one(7, 0x10, token));
      watch.delivered(answer(status));
    }
    expect(watch.violations).toHaveLength(violations);
  });

  it('lets a PIN be sent again that a busy key did not take', () => {
    const watch = onChannel();
    watch.typed();
    for (const answered of [one(7, 0x3f, Buffer.of(0x06)), answer(0x31)]) {
      watch.wrote(one(7, 0x10, token));
      watch.delivered(answered);
    }
    expect(watch.violations).toEqual([]);
    watch.wrote(one(7, 0x10, token));
    expect(watch.violations).toHaveLength(1);
  });

  it('takes only what comes on its own channel for a sign of life', async () => {
    const watch = onChannel();
    const begin = watch.deadline() ?? 0;
    later(() => undefined, 1_000);
    passTime();
    watch.delivered(one(9, 0x3b, Buffer.of(1)));
    expect(watch.deadline()).toBe(begin);
    watch.delivered(one(7, 0x3b, Buffer.of(1)));
    expect(watch.deadline()).toBe(begin + 1_000);
    watch.closed();
    expect(watch.deadline()).toBeUndefined();
  });
});

describe('the rules of the siege', () => {
  it.each([
    ['a refusal', 0x10, '2e', true],
    ['a bare OK', 0x10, '00', true],
    ['canonical CBOR', 0x10, '00a10102', true],
    ['an error of CTAPHID', 0x3f, '0b', true],
    ['no status', 0x10, '', false],
    ['status 0x7f', 0x10, '7f', false],
    ['a refusal with a body', 0x10, '2ea0', false],
    ['keys out of order', 0x10, '00a202010101', false],
    ['half an item', 0x10, '00a101', false],
    ['an error that is none', 0x3f, '99', false],
  ])('know %s', (_, command, message, good) => {
    expect(answerFault({ cid: 1, command, message: Buffer.from(message, 'hex') }) === undefined).toBe(good);
  });

  it('know what may stay without an answer', () => {
    expect(mayStaySilent(one(1, 0x11, Buffer.alloc(0)))).toBe(true);
    expect(mayStaySilent(toReports(1, 0x10, Buffer.alloc(100))[1]!)).toBe(true);
    expect(mayStaySilent(Buffer.alloc(63))).toBe(true);
    expect(mayStaySilent(one(1, 0x10, Buffer.of(4)))).toBe(false);
  });

  it('know which request may cost a try', () => {
    const hash = Buffer.alloc(16);
    const peer = new Map([[1, 2]]);
    expect(
      bringsPin(
        request(0x06, [
          [1, 2],
          [2, 9],
          [3, peer],
          [6, hash],
        ]),
      ),
    ).toBe(true);
    expect(
      bringsPin(
        request(0x06, [
          [1, 2],
          [2, 2],
          [3, peer],
          [6, hash],
        ]),
      ),
    ).toBe(false);
    expect(
      bringsPin(
        request(0x06, [
          [1, 2],
          [2, 9],
          [3, peer],
        ]),
      ),
    ).toBe(false);
    expect(
      bringsPin(
        request(0x01, [
          [2, 9],
          [3, peer],
          [6, hash],
        ]),
      ),
    ).toBe(false);
  });
});

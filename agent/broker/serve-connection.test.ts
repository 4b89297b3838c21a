import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import fc from 'fast-check';
import { Fault } from '../protocol/fault';
import { Secret } from '../protocol/secret';
import { listBrokerDevices } from './broker-devices';
import { connectToBroker } from './connect';
import { encodeFrame, FRAME, frameReader } from './frames';
import { type Meeting, newMeeting } from './meeting.fixture';
import { proofOf } from './proofs';

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );

/** A key that takes everything and says nothing. */
const silent = { write: () => Promise.resolve(), close: () => Promise.resolve() };
const list = async () => [{ path: '/dev/hidraw7', open: async () => silent }];

let meeting: Meeting;
beforeEach(() => void (meeting = newMeeting()));
afterEach(() => meeting.end());

/** Bytes to the broker's socket; gives what came back, once the broker has ended the connection. */
function spoken(bytes: Uint8Array | ((received: Buffer) => Uint8Array | undefined)): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(meeting.place.socket);
    let received = Buffer.alloc(0);
    // The broker may hang up while we still speak.
    const hungUp = (error: Error) => 'code' in error && /^(ECONNRESET|EPIPE)$/.test(String(error.code));
    socket.on('error', (error) => (hungUp(error) ? undefined : reject(error)));
    socket.once('close', () => resolve(received));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const next = typeof bytes === 'function' ? bytes(received) : undefined;
      if (next) socket.write(next);
    });
    const first = typeof bytes === 'function' ? bytes(received) : bytes;
    if (first) socket.write(first);
  });
}

const hello = (nonce = randomBytes(32)) => encodeFrame(FRAME.hello, Buffer.concat([Buffer.of(1), nonce]));
const secretHere = () => new Secret(Uint8Array.from(readFileSync(meeting.place.secretFile)));

/** Goes through the handshake as the agent would, then says `then`. */
function asAgent(then: Uint8Array, secret = secretHere()): Promise<Buffer> {
  const agent = Uint8Array.from(randomBytes(32));
  const read = frameReader([FRAME.challenge, FRAME.welcome, FRAME.devices, FRAME.opened, FRAME.fault]);
  let at = 0;
  return spoken((received) => {
    if (received.length === 0) return hello(Buffer.from(agent));
    const frames = read(received.subarray(at));
    at = received.length;
    const challenge = frames.find(({ type }) => type === FRAME.challenge);
    if (challenge) {
      const nonces = { agent, broker: challenge.payload.slice(0, 32) };
      return encodeFrame(FRAME.proof, proofOf('agent', secret, nonces));
    }
    return frames.some(({ type }) => type === FRAME.welcome) ? then : undefined;
  });
}

describe('the broker ends a connection', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['that speaks something else', () => spoken(Buffer.from('GET / HTTP/1.1\r\n\r\n'))],
    ['of another version', () => spoken(encodeFrame(FRAME.hello, Buffer.concat([Buffer.of(2), randomBytes(32)])))],
    ['that asks before it has proved anything', () => spoken(encodeFrame(FRAME.list))],
    ['that begins with a proof', () => spoken(encodeFrame(FRAME.proof, randomBytes(32)))],
    ['whose hello comes twice', () => spoken(Buffer.concat([hello(), hello()]))],
    ['that guesses', () => asAgent(encodeFrame(FRAME.list), new Secret(Uint8Array.from(randomBytes(32))))],
    ['that sends reports before a key is open', () => asAgent(encodeFrame(FRAME.report, randomBytes(64)))],
    ['that sends garbage after it was let in', () => asAgent(randomBytes(4096).fill(0xee))],
    ['that sends a broker’s frames', () => asAgent(encodeFrame(FRAME.devices, Buffer.from('[]')))],
  ])('%s', async (_, speak) => {
    await meeting.start({ list });
    const told = frameReader([FRAME.challenge, FRAME.welcome, FRAME.devices, FRAME.opened, FRAME.fault])(await speak());
    expect(told.filter(({ type }) => type !== FRAME.challenge && type !== FRAME.welcome)).toEqual([]);
    expect(meeting.log).toEqual([expect.stringContaining('serves'), expect.stringMatching(/^ended: (?!nothing)/)]);
    // And goes on serving the one who may.
    expect(await listBrokerDevices(meeting.place)).toHaveLength(1);
  });

  it('that sends the broker’s own proof back, or a proof of another conversation', async () => {
    await meeting.start({ list, times: { waitingMs: 50 } });
    const read = () => frameReader([FRAME.challenge, FRAME.welcome]);
    const welcomed = async (proof: (challenge: Uint8Array) => Uint8Array) => {
      const answer = await spoken((received) => {
        if (received.length === 0) return hello(Buffer.alloc(32, 7));
        const [frame] = read()(received);
        return frame && encodeFrame(FRAME.proof, proof(frame.payload));
      });
      return read()(answer).some(({ type }) => type === FRAME.welcome);
    };
    let used: Uint8Array | undefined;
    const right = (challenge: Uint8Array) =>
      (used = proofOf('agent', secretHere(), { agent: Buffer.alloc(32, 7), broker: challenge.slice(0, 32) }));
    expect(await welcomed(right)).toBe(true);
    expect(await welcomed((challenge) => challenge.slice(32))).toBe(false);
    expect(await welcomed(() => used!)).toBe(false);
  });

  it.each([
    ['that says nothing', { handshakeMs: 50 }, () => spoken(new Uint8Array())],
    ['that stops half-way', { handshakeMs: 50 }, () => spoken(hello())],
    ['that wants nothing', { waitingMs: 50 }, () => asAgent(encodeFrame(FRAME.list))],
    ['whose key is not used', { idleMs: 50 }, () => asAgent(encodeFrame(FRAME.open, Buffer.from('/dev/hidraw7')))],
  ])('%s for long enough', async (_, times, speak) => {
    await meeting.start({ list, times });
    await speak();
    expect(meeting.log).toContain('ended: nothing was said for too long');
  });

  it('that is one too many', async () => {
    await meeting.start({ list });
    const held = await Promise.all(Array.from({ length: 16 }, () => connectToBroker(meeting.place)));
    expect(await code(connectToBroker(meeting.place))).toBe('device-broker-refused');
    await held[0]!.close();
    await Promise.all(held.map((each) => each.close()));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await listBrokerDevices(meeting.place)).toHaveLength(1);
  });
});

it('outlives whatever is sent to it', async () => {
  await meeting.start({ list, times: { handshakeMs: 300, waitingMs: 300, idleMs: 300 } });
  const seed = Number(process.env['KEYVOUCH_SEED'] ?? Date.now() % 1_000_000);
  const types = fc.constantFrom(0, ...Object.values(FRAME), 0xff);
  const noise = fc
    .tuple(types, fc.nat(80), fc.uint8Array({ maxLength: 80 }))
    .map(([type, length, bytes]) => Buffer.concat([Buffer.of(type, 0, length), bytes]));
  const streams = fc.sample(fc.array(noise, { maxLength: 5 }), { numRuns: 120, seed });
  const wholeReports = (bytes: Buffer[]) => [encodeFrame(FRAME.open, Buffer.from('/dev/hidraw7')), ...bytes];
  for (let at = 0; at < streams.length; at += 12) {
    const some = streams.slice(at, at + 12);
    const said = some.map((parts, i) =>
      i % 2 === 0 ? spoken(Buffer.concat(parts)) : asAgent(Buffer.concat(wholeReports(parts))),
    );
    await Promise.all(said);
  }
  expect({ seed, devices: await listBrokerDevices(meeting.place) }).toMatchObject({ seed, devices: [{}] });
}, 30_000);

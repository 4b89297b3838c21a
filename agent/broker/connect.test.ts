import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { Fault } from '../protocol/fault';
import { Secret } from '../protocol/secret';
import { findBrokerDevices } from './broker-devices';
import { connectToBroker } from './connect';
import { encodeFrame, FRAME, frameReader, type FrameType } from './frames';
import { type Meeting, newMeeting } from './meeting.fixture';
import { proofOf } from './proofs';

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );

/** A key that is listed and never opened. */
const list = async () => [{ path: '/dev/hidraw7', open: () => Promise.reject(new Error('opened')) }];

const words = { say: 'It does not.', todo: 'Wait.', retry: false };

let meeting: Meeting;
beforeEach(() => void (meeting = newMeeting()));
afterEach(() => meeting.end());

describe('the agent does not believe', () => {
  it('a broker that does not know the secret, and proves nothing to it', async () => {
    await meeting.start();
    await meeting.end();
    mkdirSync(meeting.place.directory, { recursive: true, mode: 0o711 });
    writeFileSync(meeting.place.secretFile, randomBytes(32), { mode: 0o400 });
    const heard: Buffer[] = [];
    const impostor = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        heard.push(chunk);
        socket.write(encodeFrame(FRAME.challenge, randomBytes(64)));
      });
    });
    await new Promise<void>((resolve) => impostor.listen(meeting.place.socket, resolve));
    expect(await code(connectToBroker(meeting.place))).toBe('device-broker-not-trusted');
    expect(await code(findBrokerDevices(meeting.place))).toBe('device-broker-not-trusted');
    expect(heard).toHaveLength(2);
    expect(heard.every((bytes) => bytes[0] === FRAME.hello)).toBe(true);
    await new Promise((resolve) => impostor.close(resolve));
  });

  it.each<[string, () => void, string]>([
    ['a place where others may write', () => chmodSync(meeting.place.directory, 0o733), 'device-broker-not-trusted'],
    ['a secret that others may read', () => chmodSync(meeting.place.secretFile, 0o444), 'device-broker-not-trusted'],
    [
      'a secret that is none',
      () => (chmodSync(meeting.place.secretFile, 0o600), writeFileSync(meeting.place.secretFile, 'short')),
      'device-broker-not-trusted',
    ],
  ])('%s', async (_, spoil, expected) => {
    await meeting.start({ list });
    spoil();
    expect(await code(connectToBroker(meeting.place))).toBe(expected);
  });

  it('that there is a broker where none ever was, or where one was killed', async () => {
    expect(await code(connectToBroker(meeting.place))).toBe('device-broker-missing');
    expect(await findBrokerDevices(meeting.place)).toEqual([]);
    mkdirSync(meeting.place.directory, { recursive: true, mode: 0o711 });
    writeFileSync(meeting.place.secretFile, randomBytes(32), { mode: 0o400 });
    expect(await findBrokerDevices(meeting.place)).toEqual([]);
  });
});

describe('a broker that knows the secret and is broken', () => {
  const proofless = () => Buffer.alloc(0);
  /** Shakes hands as it should, then answers every request with these bytes. */
  async function broken(answer: () => Uint8Array, end = false): Promise<Server> {
    const secret = new Secret(Uint8Array.from(randomBytes(32)));
    mkdirSync(meeting.place.directory, { recursive: true, mode: 0o711 });
    writeFileSync(meeting.place.secretFile, secret.reveal(), { mode: 0o400 });
    const server = createServer((socket) => {
      const read = frameReader([FRAME.hello, FRAME.proof, FRAME.list, FRAME.open, FRAME.report]);
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        for (const { type, payload } of read(chunk)) {
          if (type === FRAME.hello) {
            const nonces = { agent: payload.slice(1), broker: Uint8Array.from(randomBytes(32)) };
            socket.write(
              encodeFrame(FRAME.challenge, Buffer.concat([nonces.broker, proofOf('broker', secret, nonces)])),
            );
          } else if (type === FRAME.proof) socket.write(encodeFrame(FRAME.welcome));
          else if (end) socket.end(answer());
          else socket.write(answer());
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(meeting.place.socket, resolve));
    return server;
  }

  const json = (type: FrameType, value: unknown) => encodeFrame(type, Buffer.from(JSON.stringify(value)));
  it.each<[string, Uint8Array, string]>([
    ['text', Buffer.from('HTTP/1.1 200 OK'), 'device-broker-not-trusted'],
    ['the wrong frame', encodeFrame(FRAME.opened), 'device-broker-not-trusted'],
    ['a report nobody asked for', encodeFrame(FRAME.report, randomBytes(64)), 'device-broker-not-trusted'],
    ['a list that is no JSON', encodeFrame(FRAME.devices, Buffer.from('[{')), 'device-broker-not-trusted'],
    ['a list that is none', json(FRAME.devices, { path: 'x' }), 'device-broker-not-trusted'],
    ['a key without a path', json(FRAME.devices, [{ product: 'x' }]), 'device-broker-not-trusted'],
    ['a key with more than is known', json(FRAME.devices, [{ path: 'x', pin: '1' }]), 'device-broker-not-trusted'],
    ['no UTF-8', encodeFrame(FRAME.devices, Buffer.from([0x5b, 0xff, 0x5d])), 'device-broker-not-trusted'],
    [
      'a fault that it may not speak of',
      json(FRAME.fault, { ...words, code: 'job-expired' }),
      'device-broker-not-trusted',
    ],
    ['a fault', json(FRAME.fault, { ...words, code: 'hid-not-available' }), 'hid-not-available'],
  ])('answers %s', async (_, answer, expected) => {
    const server = await broken(() => answer);
    expect(await code(findBrokerDevices(meeting.place))).toBe(expected);
    await new Promise((resolve) => server.close(resolve));
  });

  it('leaves instead of an answer', async () => {
    const server = await broken(proofless, true);
    expect(await code(findBrokerDevices(meeting.place))).toBe('device-broker-refused');
    await new Promise((resolve) => server.close(resolve));
  });
});

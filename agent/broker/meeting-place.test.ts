import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from '../protocol/fault';
import { listBrokerDevices } from './broker-devices';
import { brokerUser } from './broker-user';
import { type Meeting, newMeeting } from './meeting.fixture';

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );

/** A key that is listed and never opened. */
const list = async () => [{ path: '/dev/hidraw7', open: () => Promise.reject(new Error('opened')) }];

let meeting: Meeting;
beforeEach(() => void (meeting = newMeeting()));
afterEach(() => meeting.end());

describe('the meeting place', () => {
  it('is open to one user alone, and taken away at the end', async () => {
    const broker = await meeting.start({ list });
    const rights = (path: string) => (statSync(path).mode & 0o777).toString(8);
    const { directory, socket, secretFile } = meeting.place;
    expect([directory, socket, secretFile].map(rights)).toEqual(['711', '600', '400']);
    await broker.close();
    expect([existsSync(socket), existsSync(secretFile)]).toEqual([false, false]);
    expect(meeting.log[0]).toContain(socket);
  });

  it('has one broker at a time, with a secret of its own each', async () => {
    const first = await meeting.start({ list });
    expect(await code(meeting.start())).toBe('device-broker-runs-already');
    const secret = readFileSync(meeting.place.secretFile);
    expect(await listBrokerDevices(meeting.place)).toHaveLength(1);
    await first.close();
    await meeting.start({ list });
    expect(readFileSync(meeting.place.secretFile).equals(secret)).toBe(false);
  });

  it('is taken over from a broker that was killed', async () => {
    mkdirSync(meeting.place.directory, { recursive: true, mode: 0o711 });
    writeFileSync(meeting.place.socket, '');
    writeFileSync(meeting.place.secretFile, 'old');
    await meeting.start({ list });
    expect(await listBrokerDevices(meeting.place)).toHaveLength(1);
  });

  it('is not laid where others may write', async () => {
    chmodSync(dirname(meeting.place.directory), 0o777);
    expect(await code(meeting.start())).toBe('device-broker-cannot-start');
    expect(statSync(meeting.root).mode & 0o777).toBe(0o777);
  });

  it('is not laid where its path does not fit', async () => {
    const socket = `/tmp/${'x'.repeat(120)}/socket`;
    expect(await code(meeting.start({ place: { ...meeting.place, socket } }))).toBe('device-broker-cannot-start');
  });

  it('is not laid for another user without the rights', async () => {
    if (process.getuid?.() === 0) return;
    const user = await brokerUser('root');
    expect(await code(meeting.start({ user }))).toBe('device-broker-cannot-start');
  });
});

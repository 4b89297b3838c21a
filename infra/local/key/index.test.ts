import { connect, type Socket } from 'node:net';

import { Command, BROADCAST, toReports } from './hid/packet';
import { startVirtualKey, type KeyEvent, type VirtualKey } from './index';

const INIT = toReports(BROADCAST, Command.INIT, Buffer.alloc(8, 1))[0]!;

describe('a virtual key on its sockets', () => {
  let key: VirtualKey;
  let events: KeyEvent[];
  const sockets: Socket[] = [];
  beforeEach(async () => {
    events = [];
    key = await startVirtualKey({ touch: 'manual', onEvent: (event) => events.push(event) });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await key.close();
  });

  const plug = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(key.port, '127.0.0.1', () => resolve(socket));
      socket.once('error', reject);
      sockets.push(socket);
    });
  const read = (socket: Socket): Promise<Buffer> => new Promise((resolve) => socket.once('data', resolve));
  const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()));
  const control = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`http://127.0.0.1:${key.controlPort}${path}`, init);
  const channel = async (socket: Socket): Promise<number> => {
    socket.write(INIT);
    return (await read(socket)).readUInt32BE(15);
  };

  test('answers reports however the network cuts them', async () => {
    const socket = await plug();
    const answer = read(socket);
    socket.write(INIT.subarray(0, 10));
    await new Promise((resolve) => setTimeout(resolve, 10));
    socket.write(INIT.subarray(10));
    expect(await answer).toHaveLength(64);
  });

  test('two programs have channels of their own', async () => {
    expect(await channel(await plug())).not.toBe(await channel(await plug()));
  });

  test('unplugged it ends connections and refuses new ones; plugged in it is there again', async () => {
    const socket = await plug();
    const gone = closed(socket);
    await control('/power/off', { method: 'POST' });
    await gone;
    await expect(plug()).rejects.toThrow('ECONNREFUSED');
    await control('/power/on');
    await control('/power/on');
    expect(await channel(await plug())).toBeGreaterThan(0);
    expect(events.filter((event) => event.kind === 'power')).toEqual([
      { kind: 'power', on: false },
      { kind: 'power', on: true },
    ]);
  });

  test('a finger on the key by /touch/on grants what waits and what comes, until /touch/off', async () => {
    const lights: string[] = [];
    key.onLight((light) => lights.push(light));
    const socket = await plug();
    const cid = await channel(socket);
    const selection = async (): Promise<string> => {
      const [report] = toReports(cid, Command.CBOR, Buffer.of(0x0b));
      socket.write(report!);
      for (;;) {
        const answer = await read(socket);
        const last = answer.subarray(-64);
        if (last[4] === (Command.CBOR | 0x80)) return last.subarray(7, 8).toString('hex');
        if (key.light() === 'blinking') await control('/touch/on');
      }
    };
    expect(await selection()).toBe('00');
    expect(await selection()).toBe('00');
    expect(lights).toEqual(['blinking', 'off']);
    await control('/touch/off');
    socket.write(toReports(cid, Command.CBOR, Buffer.of(0x0b))[0]!);
    await read(socket);
    expect(await (await control('/state')).json()).toEqual({
      light: 'blinking',
      power: true,
      pinSet: false,
      pinRetries: 8,
      credentials: 0,
      fingerprints: 0,
    });
  });

  test('fingers come by the control port, one by one or as a play', async () => {
    expect((await control('/finger/nomatch', { method: 'POST' })).status).toBe(200);
    expect((await control('/finger/script?samples=partial,good', { method: 'POST' })).status).toBe(200);
    expect((await control('/finger/script?samples=good,toe')).status).toBe(400);
    expect((await control('/finger/script')).status).toBe(400);
    expect((await control('/finger/toe')).status).toBe(404);
  });

  test.each([
    ['an unknown path', '/open', {}, 404],
    ['another method', '/touch/on', { method: 'DELETE' }, 405],
    ['a page of some site', '/touch/on', { headers: { origin: 'https://evil.test' } }, 403],
  ])('the control port refuses %s', async (_name, path, init, expected) => {
    expect((await control(path, init)).status).toBe(expected);
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { needing } from '../needs.fixture';

/** Three users that every Debian has: who runs the broker, whom it serves, and who has no business there. */
const SERVED = { name: 'nobody', uid: 65534, gid: 65534 };
const STRANGER = { name: 'daemon', uid: 1, gid: 1 };
const PROJECT = resolve(__dirname, '../..');

/** Only root may start programs as other users. */
const asRoot = needing(describe, 'root', process.getuid?.() === 0);

asRoot(`a broker of root, an agent of ${SERVED.name}, and ${STRANGER.name} (needs root)`, () => {
  let root: string;
  let virtual: VirtualKey;
  let broker: ChildProcess | undefined;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'kv-users-'));
    chmodSync(root, 0o711);
    virtual = await startVirtualKey({ touch: 'auto' });
    broker = await started();
  }, 60_000);
  afterAll(async () => {
    if (broker && broker.exitCode === null) {
      const ended = new Promise((done) => broker?.once('close', done));
      broker.kill('SIGTERM');
      await ended;
    }
    await virtual.close();
    rmSync(root, { recursive: true, force: true });
  }, 30_000);

  const env = (home: string) => ({ PATH: process.env['PATH'] ?? '', HOME: home, KEYVOUCH_BROKER_DIR: root });
  const agent = (...args: string[]) => ['--import', 'tsx', join(PROJECT, 'agent/main.ts'), ...args];

  function started(): Promise<ChildProcess> {
    const args = agent('broker', '--for', SERVED.name, '--device', `tcp:127.0.0.1:${virtual.port}`);
    const child = spawn(process.execPath, args, { cwd: PROJECT, env: env(root), stdio: ['ignore', 'ignore', 'pipe'] });
    return new Promise((resolve, reject) => {
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('serves nobody at')) resolve(child);
      });
      child.once('exit', () => reject(new Error(`the broker ended: ${said}`)));
    });
  }

  /** Runs a Node program as a user. */
  function run({ uid, gid }: { uid: number; gid: number }, args: string[], input = '') {
    const home = mkdtempSync(join(tmpdir(), 'kv-home-'));
    chownSync(home, uid, gid);
    const child = spawn(process.execPath, args, { cwd: PROJECT, env: { ...env(home), TMPDIR: home }, uid, gid });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    return new Promise<{ status: number | null; out: string; err: string }>((done) => {
      child.once('close', (status) => {
        rmSync(home, { recursive: true, force: true });
        done({ status, out, err });
      });
    });
  }

  it(`${SERVED.name}'s agent finds the key by itself`, async () => {
    const { out, err, status } = await run(SERVED, agent('keys', '--json'));
    expect([status, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({
      keys: [{ path: `broker:tcp:127.0.0.1:${virtual.port}`, usable: true, aaguid: virtual.aaguid }],
    });
  }, 30_000);

  it(`${SERVED.name}'s agent sets a PIN through it`, async () => {
    const { out, err, status } = await run(
      SERVED,
      agent('pin', 'set', '--device', 'broker:'),
      'grün-4711\ngrün-4711\n',
    );
    expect([status, out + err]).toEqual([0, expect.stringMatching(/PIN/)]);
    const keys = await run(SERVED, agent('keys', '--json'));
    expect(JSON.parse(keys.out)).toMatchObject({ keys: [{ pin: { set: true } }] });
  }, 60_000);

  it(`${STRANGER.name} finds no broker`, async () => {
    const { err, status } = await run(STRANGER, agent('keys', '--device', 'broker:'));
    expect(err).toContain('(device-broker-missing)');
    expect(status).not.toBe(0);
  }, 30_000);

  const place = () => join(root, String(SERVED.uid));
  /** Tries something and prints how it ended. */
  const attempt = (code: string) => [
    '-e',
    `const end = (e) => console.log(e ? e.code : 'it worked'); const fs = require('fs'); const net = require('net'); ${code}`,
  ];
  it.each<[string, { uid: number; gid: number }, () => string]>([
    ['read the secret', STRANGER, () => `fs.readFile(${JSON.stringify(`${place()}/secret`)}, end)`],
    [
      'speak with the broker',
      STRANGER,
      () =>
        `net.connect(${JSON.stringify(`${place()}/socket`)}, function () { this.destroy(); end(); }).on('error', end)`,
    ],
    ['look around', STRANGER, () => `fs.readdir(${JSON.stringify(place())}, end)`],
    ['lay a place of its own', STRANGER, () => `fs.mkdir(${JSON.stringify(join(root, '1'))}, end)`],
    ['lay another secret', STRANGER, () => `fs.writeFile(${JSON.stringify(`${place()}/secret`)}, 'x', end)`],
    ['take the socket away', STRANGER, () => `fs.unlink(${JSON.stringify(`${place()}/socket`)}, end)`],
    ['put a socket of its own there', SERVED, () => `fs.unlink(${JSON.stringify(`${place()}/socket`)}, end)`],
  ])('nobody but root can %s', async (_, user, code) => {
    expect((await run(user, attempt(code()))).out.trim()).toBe('EACCES');
  });

  it('another broker for the same user does not start', async () => {
    const { err, status } = await run({ uid: 0, gid: 0 }, agent('broker', '--for', SERVED.name));
    expect(err).toContain('(device-broker-runs-already)');
    expect(status).not.toBe(0);
  }, 30_000);

  it('a user without rights cannot serve another one', async () => {
    const { err, status } = await run(STRANGER, agent('broker', '--for', 'root'));
    expect(err).toContain('(device-broker-cannot-start)');
    expect(status).not.toBe(0);
  }, 30_000);

  it('leaves nothing behind when it is ended', async () => {
    const ended = new Promise<number | null>((done) => broker?.once('close', done));
    broker?.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(readdirSync(place())).toEqual([]);
  }, 30_000);
});

import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { version } from '../../package.json';
import { startVirtualKey } from '../local/key';
import { buildExecutable } from './executable';
import { keptCopy } from './executable/native';

jest.mock('node:sea', () => ({ getAsset: () => new ArrayBuffer(0) }), { virtual: true });

const root = join(__dirname, '../..');
let at: string;
beforeAll(() => (at = mkdtempSync(join(tmpdir(), 'keyvouch-executable-'))));
afterAll(() => rmSync(at, { recursive: true, force: true }));

test('the executable needs no Node: it tells its version, finds a key, and loads its native parts', async () => {
  const program = await buildExecutable(root, at);
  const home = join(at, 'home');
  mkdirSync(home);
  // Without a PATH, so without any Node but its own.
  const env = { HOME: home, PATH: '' };
  const run = (...args: string[]) => promisify(execFile)(program, args, { cwd: home, env, timeout: 60_000 });
  expect((await run('--version')).stdout).toBe(`${version}\n`);

  const key = await startVirtualKey({ touch: 'manual' });
  try {
    const { stdout } = await run('keys', '--json', '--device', `tcp:127.0.0.1:${key.port}`);
    expect(JSON.parse(stdout)).toMatchObject({ keys: [{ usable: true, aaguid: key.aaguid }] });
  } finally {
    await key.close();
  }
  expect(existsSync(join(home, '.cache'))).toBe(false);

  if (process.platform === 'linux') {
    // Asks the operating system for keys, which takes node-hid; whatever is plugged in here.
    expect(JSON.parse((await run('keys', '--json')).stdout)).toHaveProperty('keys');
    const cache = join(home, '.cache/keyvouch');
    expect(readdirSync(cache)).toEqual([expect.stringMatching(/^[0-9a-f]{16}-HID_hidraw\.node$/)]);
    expect(statSync(cache).mode & 0o777).toBe(0o700);
  }
  expect(readFileSync(`${program}.THIRD-PARTY.txt`, 'utf8')).toContain('node-hid@');
}, 180_000);

describe('a native part is loaded only from a copy that is this one and only ours', () => {
  const part = Buffer.from('native');
  let folder: string;
  beforeEach(() => (folder = join(mkdtempSync(join(at, 'kept-')), 'keyvouch')));

  test('it is made once, and kept', () => {
    const path = keptCopy(folder, 'a.node', part);
    const { ino } = statSync(path);
    expect(keptCopy(folder, 'a.node', part)).toBe(path);
    expect(statSync(path).ino).toBe(ino);
  });

  test('one that was changed is replaced, and one of an earlier version removed', () => {
    const older = keptCopy(folder, 'a.node', Buffer.from('older'));
    const other = keptCopy(folder, 'b.node', part);
    const path = keptCopy(folder, 'a.node', part);
    writeFileSync(path, 'evil');
    expect(readFileSync(keptCopy(folder, 'a.node', part), 'utf8')).toBe('native');
    expect([existsSync(older), existsSync(other)]).toEqual([false, true]);
  });

  test('one that others may write to is replaced; a folder that they may write to is not used', () => {
    const path = keptCopy(folder, 'a.node', part);
    chmodSync(path, 0o666);
    expect(statSync(keptCopy(folder, 'a.node', part)).mode & 0o777).toBe(0o600);
    chmodSync(folder, 0o777);
    expect(() => keptCopy(folder, 'a.node', part)).toThrow('open to others');
  });
});

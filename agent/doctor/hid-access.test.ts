import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needing } from '../needs.fixture';
import { hidAccessCheck } from './hid-access';
import { declaresFido, type Hidraw, listHidraws } from './hidraw';
import { holdersOf } from './processes';
import { grantsAccess, UDEV_INSTALL, UDEV_RULE } from './udev-rule';

const FIDO = '06d0f10901a1010920150026ff007508954081020921150026ff00750895409102c0';

it.each([
  ['a security key', FIDO, true],
  ['a keyboard', '05010906a101050719e029e715002501750195088102c0', false],
  ['a key and a keyboard in one', `05010906a101c0${FIDO}`, true],
  ['another usage of the FIDO page', '06d0f10902a101c0', false],
  ['the usage on another page', '06d1f10901a101c0', false],
  ['a page of four bytes', '07d0f100000901a101c0', true],
  ['a long item before it', `fe0300d0f109${FIDO}`, true],
  ['one that is cut', '06d0', false],
  ['nothing', '', false],
])('knows %s by its report descriptor', (_, hex, expected) => {
  expect(declaresFido(Buffer.from(hex, 'hex'))).toBe(expected);
});

describe('on Linux', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'keyvouch-dev-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function plugIn(name: string, descriptor: string, inDev = true): string {
    mkdirSync(join(root, 'sys/class/hidraw', name, 'device'), { recursive: true });
    writeFileSync(join(root, 'sys/class/hidraw', name, 'device/report_descriptor'), Buffer.from(descriptor, 'hex'));
    mkdirSync(join(root, 'dev'), { recursive: true });
    if (inDev) writeFileSync(join(root, 'dev', name), '');
    return join(root, 'dev', name);
  }

  it('finds the keys among the devices, and whether they may be opened', async () => {
    const path = plugIn('hidraw0', FIDO);
    plugIn('hidraw1', '05010906a101c0');
    plugIn('hidraw2', FIDO, false);
    const found = await listHidraws(root);
    expect(found.map(({ access }) => access)).toEqual(['yes', 'missing']);
    expect(found[0]?.path).toBe(path);
  });

  it('without HID at all finds none', async () => {
    expect(await listHidraws(root)).toEqual([]);
  });

  const asRoot = needing(it, 'root', process.getuid?.() === 0);
  asRoot(
    'finds a key that this user may not open (as another user, so it needs root to be tried)',
    () => {
      const path = plugIn('hidraw0', FIDO);
      chmodSync(path, 0o600);
      chmodSync(root, 0o755);
      const code = `require(${JSON.stringify(join(__dirname, 'hidraw.ts'))}).listHidraws(${JSON.stringify(root)})
      .then((found) => console.log(found[0].access))`;
      const cwd = join(__dirname, '../..');
      const options = { cwd, uid: 65534, env: { PATH: process.env['PATH'], HOME: root }, encoding: 'utf8' } as const;
      expect(execFileSync(process.execPath, ['--import', 'tsx', '-e', code], options)).toBe('no\n');
    },
    20_000,
  );

  it('sees who has locked a key, by the real /proc/locks', async () => {
    const path = plugIn('hidraw0', FIDO);
    const [key] = await listHidraws(root);
    const holder = spawn('flock', ['--no-fork', path, 'sh', '-c', 'echo ready; exec sleep 20'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      await once(holder.stdout, 'data');
      // The kernel of some sandboxes keeps its list of locks to itself.
      const shown = readFileSync('/proc/locks', 'utf8').includes('FLOCK');
      const { lockedBy, openIn } = await holdersOf(key as Hidraw);
      if (shown) expect(lockedBy).toEqual([{ pid: holder.pid, name: 'sleep' }]);
      const pids = [...lockedBy, ...openIn].map(({ pid }) => pid);
      expect(pids).toContain(holder.pid);
    } finally {
      holder.kill('SIGKILL');
    }
  });

  it('sees which process has a key open', async () => {
    mkdirSync(join(root, 'proc/77/fd'), { recursive: true });
    symlinkSync('/dev/hidraw0', join(root, 'proc/77/fd/3'));
    writeFileSync(join(root, 'proc/77/comm'), 'chrome\n');
    const key: Hidraw = { path: '/dev/hidraw0', access: 'yes', lockName: undefined };
    expect(await holdersOf(key, root)).toEqual({ lockedBy: [], openIn: [{ pid: 77, name: 'chrome' }] });
  });
});

const hidraw = (access: Hidraw['access']): Hidraw => ({ path: '/dev/hidraw0', access, lockName: undefined });
const LIBFIDO2 = 'KERNEL=="hidraw*", SUBSYSTEM=="hidraw", ATTRS{idVendor}=="1050", TAG+="uaccess", GROUP="plugdev"';

it.each<[string, Hidraw[], string[] | undefined, string, RegExp, boolean]>([
  ['a key that may be opened', [hidraw('yes')], undefined, 'ok', /may open/, false],
  ['a key that may not', [hidraw('no')], ['x'], 'stop', /may not open/, true],
  ['a key without its file', [hidraw('missing')], ['x'], 'stop', /container/, false],
  ['no key, and a rule of systemd', [], ['ENV{ID_SECURITY_TOKEN}=="?*", TAG+="uaccess"'], 'ok', /rule lets/, false],
  ["no key, and libfido2's list", [], ['#', LIBFIDO2], 'ok', /rule lets/, false],
  ['no key, and our rule', [], [UDEV_RULE], 'ok', /rule lets/, false],
  ['no key, and no such rule', [], ['SUBSYSTEM=="sound", TAG+="uaccess"'], 'stop', /No udev rule/, true],
  ['no key, and no udev', [], undefined, 'not-checked', /not checked/, false],
])('hid access: %s', (_, keys, rules, state, words, prints) => {
  const [finding] = hidAccessCheck(keys, rules);
  expect([finding?.state, `${finding?.say ?? ''} ${finding?.todo ?? ''}`]).toEqual([
    state,
    expect.stringMatching(words),
  ]);
  expect(finding?.copy).toBe(prints ? UDEV_INSTALL : undefined);
});

it('a key that a broker opens is no obstacle', () => {
  expect(hidAccessCheck([hidraw('no')], [], true)[0]).toMatchObject({ state: 'ok' });
});

it('a rule that is commented out grants nothing', () => {
  expect(grantsAccess('# ENV{ID_SECURITY_TOKEN}=="1", TAG+="uaccess"')).toBe(false);
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { clockWords } from './clock-words';
import { dataDirectory } from './data-directory';
import { readPrivate, writePrivate } from './private-file';
import { refuseRemoteSession } from './remote-session';
import { backOff } from './retrying';
import { takeRunLock } from './run-lock';
import { serviceUrl } from './service-url';

describe('a remote session', () => {
  const refused = (env: NodeJS.ProcessEnv, allowed = false) => {
    try {
      refuseRemoteSession(allowed, env);
      return false;
    } catch {
      return true;
    }
  };
  it.each<[string, NodeJS.ProcessEnv, boolean, boolean]>([
    ['the console', { SESSIONNAME: 'Console' }, false, false],
    ['nothing special', {}, false, false],
    ['Remote Desktop', { SESSIONNAME: 'RDP-Tcp#3' }, true, true],
    ['Azure Virtual Desktop', { SESSIONNAME: 'rdp-sxs240101' }, true, true],
    ['Citrix', { SESSIONNAME: 'ICA-tcp#1' }, true, true],
    ['Horizon', { ViewClient_Machine_Name: 'home-pc' }, true, true],
    ['xrdp', { XRDP_SESSION: '1' }, true, true],
    ['SSH', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, true, false],
  ])('%s', (_, env, expected, evenIfAllowed) => {
    expect(refused(env)).toBe(expected);
    expect(refused(env, true)).toBe(evenIfAllowed);
  });
});

describe('the data directory', () => {
  it.each<[string | undefined, NodeJS.ProcessEnv, NodeJS.Platform, string]>([
    ['/given', { KEYVOUCH_AGENT_DATA: '/env' }, 'linux', '/given'],
    [undefined, { KEYVOUCH_AGENT_DATA: '/env' }, 'linux', '/env'],
    [undefined, { XDG_STATE_HOME: '/state' }, 'linux', '/state/keyvouch'],
    [undefined, {}, 'linux', '/home/ada/.local/state/keyvouch'],
    [undefined, {}, 'darwin', '/home/ada/Library/Application Support/Keyvouch'],
    [undefined, { LOCALAPPDATA: '/local' }, 'win32', '/local/Keyvouch'],
  ])('%s %j on %s is %s', (chosen, env, platform, path) => {
    expect(dataDirectory(chosen, { env, platform, home: '/home/ada' })).toBe(path);
  });
});

describe("the service's address", () => {
  it.each([
    ['https://Keyvouch.example.com/', 'https://keyvouch.example.com'],
    ['keyvouch.example.com', 'https://keyvouch.example.com'],
    [' https://example.com/key/vouch// ', 'https://example.com/key/vouch'],
    ['http://127.0.0.1:7071', 'http://127.0.0.1:7071'],
    ['http://localhost:7071/', 'http://localhost:7071'],
    ['http://[::1]:7071', 'http://[::1]:7071'],
  ])('%s is %s', (typed, url) => {
    expect(serviceUrl(typed)).toBe(url);
  });

  it.each([
    'http://keyvouch.example.com',
    'http://127.0.0.1.evil.example',
    'ftp://example.com',
    'https://a:b@example.com',
    'https://example.com/?x',
    'https://example.com/#x',
    'https://',
    '',
  ])('"%s" is refused', (typed) => {
    expect(() => serviceUrl(typed)).toThrow('service-address-wrong');
  });
});

describe("the clock's error", () => {
  const now = new Date('2026-03-01T12:00:00Z');
  it.each([
    ['Sun, 01 Mar 2026 12:01:30 GMT', '90 seconds behind'],
    ['Sun, 01 Mar 2026 11:00:00 GMT', '60 minutes ahead of'],
    ['Sat, 28 Feb 2026 12:00:00 GMT', '24 hours ahead of'],
    [undefined, 'more than a minute off'],
  ])('against %s is "%s"', (date, words) => {
    expect(clockWords(date, now)).toContain(words);
  });
});

describe('the wait between attempts', () => {
  it('grows to a minute, is never less than the service asked for, and differs', () => {
    expect([0, 1, 3, 9, 50].map((attempt) => backOff(attempt, undefined, () => 1))).toEqual([
      500, 1000, 4000, 60_000, 60_000,
    ]);
    expect(backOff(0, undefined, () => 0)).toBe(250);
    expect(new Set(Array.from({ length: 20 }, () => backOff(5))).size).toBeGreaterThan(10);
  });
});

describe('files of the agent', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'keyvouch-'))));
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('are replaced whole, also by many at once, and leave nothing behind', async () => {
    const path = join(home, 'deep', 'file.json');
    const schema = z.object({ n: z.number(), text: z.string() });
    await Promise.all(Array.from({ length: 10 }, (_, n) => writePrivate(path, { n, text: 'x'.repeat(10_000) })));
    expect((await readPrivate(path, schema))?.text).toHaveLength(10_000);
    expect(readdirSync(join(home, 'deep'))).toEqual(['file.json']);
  });

  it('that are damaged or not ours are said to be', async () => {
    const path = join(home, 'file.json');
    writeFileSync(path, '{"n":');
    await expect(readPrivate(path, z.object({}))).rejects.toMatchObject({ code: 'data-unreadable' });
    writeFileSync(path, '{"n":"x"}');
    await expect(readPrivate(path, z.object({ n: z.number() }))).rejects.toMatchObject({ code: 'data-unreadable' });
    expect(await readPrivate(join(home, 'none.json'), z.object({}))).toBeUndefined();
  });

  it('are worked with by one agent at a time; a lock of the dead is taken over', async () => {
    const unlock = await takeRunLock(home);
    await expect(takeRunLock(home)).rejects.toMatchObject({ code: 'agent-runs-already' });
    await unlock();
    for (const dead of ['4194303', 'x', '']) {
      writeFileSync(join(home, 'run.lock'), dead);
      await (
        await takeRunLock(home)
      )();
    }
  });
});

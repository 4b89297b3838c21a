import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UDEV_RULE, UDEV_RULE_PATH } from '../../agent/doctor/udev-rule';

const read = (name: string) => readFileSync(join(__dirname, name), 'utf8');
const has = (command: string) => spawnSync(command, ['--version']).error === undefined;
/** Skips with the tool's name where it is missing; CI's machine has them all. */
const where = (...tools: string[]) => (tools.every(has) ? it : it.skip);

let at: string;
beforeEach(() => (at = mkdtempSync(join(tmpdir(), 'keyvouch-workstation-'))));
afterEach(() => rmSync(at, { recursive: true, force: true }));

it('the udev rule is the one that doctor prints', () => {
  expect(read('70-keyvouch.rules')).toBe(UDEV_RULE);
  expect(UDEV_RULE_PATH.endsWith('/70-keyvouch.rules')).toBe(true);
});

it('the udev rule comes before the one that hands out what is tagged', () => {
  expect(['70-keyvouch.rules', '73-seat-late.rules', '60-fido-id.rules'].sort()[1]).toBe('70-keyvouch.rules');
});

where('systemd-analyze')('systemd finds nothing wrong with the units', () => {
  for (const name of ['keyvouch-agent.service', 'keyvouch-broker@.service']) {
    // The programs are not installed here, and that is all that may be missing.
    const unit = read(name).replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true');
    const file = join(at, name.replace('@.', '@ada.'));
    writeFileSync(file, unit);
    const user = name.includes('agent') ? ['--user'] : [];
    const env = { ...process.env, XDG_RUNTIME_DIR: at };
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...user, file], { encoding: 'utf8', env });
    const about = stderr.split('\n').filter((line) => line.includes(name.split('.')[0] ?? name));
    expect([name, about, status]).toEqual([name, [], 0]);
  }
});

where('python3')('the property list and the tasks are what their systems read', () => {
  const list = execFileSync(
    'python3',
    ['-c', 'import json,plistlib,sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))'],
    { input: read('com.keyvouch.agent.plist'), encoding: 'utf8' },
  );
  expect(JSON.parse(list)).toMatchObject({ Label: 'com.keyvouch.agent', RunAtLoad: true });
  const tree = `
import json, sys, xml.etree.ElementTree as tree
root = tree.parse(sys.stdin).getroot()
ns = '{http://schemas.microsoft.com/windows/2004/02/mit/task}'
assert root.tag == ns + 'Task'
ids = [p.get('id') for p in root.iter(ns + 'Principal')]
assert [a.get('Context') for a in root.iter(ns + 'Actions')] == ids
print(json.dumps({e.tag[len(ns):]: e.text for e in root.iter()}))`;
  const task = (name: string) =>
    JSON.parse(execFileSync('python3', ['-c', tree], { input: read(name), encoding: 'utf8' })) as Record<
      string,
      string
    >;
  expect(task('keyvouch-agent.xml')).toMatchObject({ RunLevel: 'LeastPrivilege', Arguments: 'run' });
  expect(task('keyvouch-broker.xml')).toMatchObject({ UserId: 'S-1-5-18', Arguments: 'broker --for USER' });
});

it('every file is named in the text that says where it goes', () => {
  const text = read('README.md');
  const files = readdirSync(__dirname).filter((name) => !/README|\.test\.ts$/.test(name));
  for (const file of files) expect(text).toContain(file.replace(/@\.service$/, '@'));
});

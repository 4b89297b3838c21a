import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmCommands } from './ci-script';
import { readFlatYaml } from './flat-yaml';
import { rightBreaches } from './graph-rights';
import { entryFor, missingFromLock } from './lock-file';
import { settingBreaches, tenantFileBreaches } from './settings-known';
import { standsOddly } from './top-level';

const root = join(__dirname, '..', '..');
const AZURE = 'infra/azure';

/** A sound copy of what the checks read, one thing in it changed, and the sentence that must then be printed. */
const BREACHES: [breach: string, file: string, from: string, to: string, says: RegExp][] = [
  [
    'a missing bracket',
    `${AZURE}/storage.bicep`,
    'properties: {',
    'properties: ',
    /storage\.bicep does not parse at line/,
  ],
  [
    'a template cut short',
    `${AZURE}/graph/main.bicep`,
    '  for name in names: {',
    '  for name in names:',
    /graph\/main\.bicep/,
  ],
  [
    'a service nothing is tagged for',
    `${AZURE}/azure.yaml`,
    '  functions:',
    '  bot:',
    /services "bot", Bicep tags "functions"/,
  ],
  ['a key azd does not know here', `${AZURE}/azure.yaml`, 'remoteBuild:', 'remotebuild:', /remotebuild/],
  [
    'a script that is not there',
    `${AZURE}/azure.yaml`,
    'bash after-provision.sh',
    'bash afterwards.sh',
    /runs afterwards\.sh/,
  ],
  [
    'a parameter nobody has',
    `${AZURE}/main.parameters.json`,
    '"location"',
    '"region"',
    /gives region.*\n.*does not give location/,
  ],
  [
    'a module short of a parameter',
    `${AZURE}/main.bicep`,
    '    keyVaultUrl: vault.outputs.url\n',
    '',
    /module functions, does not give keyVaultUrl/,
  ],
  [
    'a module with one too many',
    `${AZURE}/main.bicep`,
    '    rules: rules\n',
    '    rules: rules\n    ruled: rules\n',
    /gives ruled/,
  ],
  [
    'an output that does not exist',
    `${AZURE}/main.bicep`,
    'vault.outputs.url',
    'vault.outputs.uri',
    /vault\.outputs\.uri, which does not exist/,
  ],
  [
    'an output a script needs',
    `${AZURE}/main.bicep`,
    'output KEYVOUCH_VAULT_NAME',
    'output KEYVOUCH_VAULT',
    /needs KEYVOUCH_VAULT_NAME/,
  ],
  [
    'a setting nobody reads',
    `${AZURE}/functions.bicep`,
    'KEYVOUCH_RULES:',
    'KEYVOUCH_RULE:',
    /makes KEYVOUCH_RULE,.*\n.*reads KEYVOUCH_RULES,/,
  ],
  ['rules the bot does not take', `${AZURE}/rules.json`, '{}', '{"onbording":{}}', /KEYVOUCH_RULES/],
  [
    'a right that no call needs',
    `${AZURE}/graph/permissions.json`,
    'User.RevokeSessions.All',
    'User.ReadWrite.All',
    /grants User\.ReadWrite\.All, which no call/,
  ],
  ['another route prefix', 'host.json', '"api"', '""', /routePrefix/],
  ['a function that may run for ever', 'host.json', '00:02:00', '-1', /functionTimeout/],
  ['a script npm does not have', '.ci/run', 'npm run demo', 'npm run demos', /npm run demos/],
  ['a shell error', '.ci/run', 'phase() {', 'phase() {{', /syntax error/],
  ['a run that goes on after a failure', '.ci/run', 'set -euo pipefail', 'set -u', /does not stop/],
];

function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'keyvouch-check-'));
  for (const part of ['infra/azure', 'cards', '.ci', 'host.json', 'package.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  writeFileSync(join(copy, 'package-lock.json'), '{"packages":{}}');
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

describe('npm run check, on copies', () => {
  const copies: string[] = [];
  let printed: string[] = [];

  beforeAll(() => {
    for (const [, file, from, to] of [['', 'host.json', '', ''] as const, ...BREACHES]) {
      const copy = copyTree();
      copies.push(copy);
      const text = readFileSync(join(copy, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no "${from}": this control controls nothing.`);
      writeFileSync(join(copy, file), text.replace(from, to));
    }
    // In a process of its own: jest cannot load the Bicep parser. One for all, as starting is what takes long.
    const args = ['--import', 'tsx', join(root, 'infra/check.ts'), ...copies];
    const { stdout, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect(status).toBe(1);
    printed = stdout.split(/^== .*$/m).slice(1);
  }, 60_000);
  afterAll(() => copies.forEach((copy) => rmSync(copy, { recursive: true, force: true })));

  test('a sound copy fails only for what a copy cannot have', () => {
    const failed = printed[0]!.match(/^FAIL .*$/gm);
    expect(failed).toEqual([
      'FAIL the top level holds only the rooms of the house', // it is no git repository
      'FAIL every card in every state and language is valid, small and labelled, keeps its secrets, and every code has words', // it has no bot/
    ]);
  });

  test.each(BREACHES.map(([breach, , , , says], index) => [breach, says, index + 1] as const))(
    '%s is found',
    (_, says, index) => {
      expect(printed[0]).not.toMatch(says);
      expect(printed[index]).toMatch(says);
    },
  );
});

test('rights: as granted, so needed, for the same reason, and not too broad', () => {
  const needed = [{ name: 'User.Read.All', why: 'To know people.', calls: [] }];
  expect(rightBreaches({ 'User.Read.All': 'To know people.' }, needed)).toEqual([]);
  expect(rightBreaches({ 'User.Read.All': 'Because.' }, needed)).toEqual([expect.stringContaining('another reason')]);
  expect(rightBreaches({}, needed)).toEqual([expect.stringContaining('does not grant User.Read.All')]);
  const broad = [{ name: 'Directory.ReadWrite.All', why: 'x', calls: [] }];
  expect(rightBreaches({ 'Directory.ReadWrite.All': 'x' }, broad)).toEqual(['Directory.ReadWrite.All is too broad.']);
});

test('settings: both directions, and the sandbox is never deployed', () => {
  const both = new Set(['KEYVOUCH_A']);
  expect(settingBreaches(both, both)).toEqual([]);
  expect(settingBreaches(both, new Set(['KEYVOUCH_A', 'KEYVOUCH_SANDBOX']))).toEqual([]);
  expect(settingBreaches(both, new Set(['KEYVOUCH_A', 'KEYVOUCH_B']))).toEqual([
    expect.stringContaining('reads KEYVOUCH_B'),
  ]);
  expect(settingBreaches(new Set(['KEYVOUCH_SANDBOX']), new Set(['KEYVOUCH_SANDBOX']))).toEqual([
    expect.stringContaining('for the sandbox alone'),
  ]);
});

test('a linked pair of accounts is taken, half a pair is not', () => {
  expect(tenantFileBreaches('{}', '[["ada@contoso.com","adm-ada@contoso.com"]]')).toEqual([]);
  expect(tenantFileBreaches('{}', '[["ada@contoso.com"]]')).toHaveLength(1);
});

test('the top level: rooms, a few files and dot files', () => {
  const good = ['bot/a.ts', 'infra/b/c.ts', 'package.json', '.npmrc', '.ci/run', 'README.md'];
  expect(standsOddly(good)).toEqual([]);
  expect(standsOddly([...good, 'scripts/x.sh', 'notes.md', 'scripts/y.sh'])).toEqual(['scripts/', 'notes.md']);
});

test('npm commands of a script, but not of its comments', () => {
  expect(npmCommands('# npm run no\nphase x npm ci --y\n  a && npm run b:c -- -q\nnpm test')).toEqual([
    'ci',
    'run b:c',
    'test',
  ]);
});

test('the plain part of YAML is read, the rest is refused', () => {
  expect(readFlatYaml('# x\na: b c\nd:\n  e: true\n  f:\n    g: h:i\nj: k\n')).toEqual({
    a: 'b c',
    d: { e: true, f: { g: 'h:i' } },
    j: 'k',
  });
  for (const text of ['- a', 'a: "b"', 'a: |', '\ta: b', 'a: [b]', 'a: b\na: c', 'a: *b'])
    expect(() => readFlatYaml(text)).toThrow(/Line \d/);
});

describe('package-lock.json', () => {
  const native = { version: '1.0.0', dev: true, optionalDependencies: { '@n/n-linux-x64-gnu': '1.0.0' } };

  test.each([
    ['at the top', 'node_modules/@n/n-linux-x64-gnu'],
    ['inside the package', 'node_modules/n/node_modules/@n/n-linux-x64-gnu'],
  ])('an optional package that is %s is there', (_, at) => {
    expect(missingFromLock({ 'node_modules/n': native, [at]: {} })).toEqual([]);
  });

  test('one that is only inside another package is missing', () => {
    const elsewhere = { 'node_modules/n': native, 'node_modules/m/node_modules/@n/n-linux-x64-gnu': {} };
    expect(missingFromLock(elsewhere)).toEqual([{ name: '@n/n-linux-x64-gnu', version: '1.0.0', dev: true }]);
  });

  test.each([
    ['@n/n-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@n/n-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@n/n-win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
    ['n-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
  ])('%s is for the system it names', (name, expected) => {
    expect(entryFor({ name, version: '1.0.0', dev: false })).toEqual({ version: '1.0.0', optional: true, ...expected });
  });

  test('a name that tells no system is left to a person', () => {
    expect(entryFor({ name: 'n-wasm', version: '1.0.0', dev: false })).toBeUndefined();
  });
});

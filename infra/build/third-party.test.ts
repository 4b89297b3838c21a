import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayShip, packageFolders, thirdPartyText } from './third-party';

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['Apache-2.0 AND MIT', true],
  ['MIT AND GPL-3.0', false],
  ['GPL-3.0-only', false],
  ['SEE LICENSE IN EULA', false],
  ['', false],
])('%s may be shipped: %s', (licence, expected) => {
  expect(mayShip(licence)).toBe(expected);
});

test('a file belongs to the innermost package around it', () => {
  const inputs = [
    'bot/a.ts',
    'node_modules/a/lib/x.js',
    'node_modules/a/node_modules/@b/c/y.js',
    'node_modules/a/z.js',
  ];
  expect(packageFolders(inputs)).toEqual(['node_modules/a', 'node_modules/a/node_modules/@b/c']);
});

test('a package without a known licence stops the build by name', () => {
  const root = mkdtempSync(join(tmpdir(), 'keyvouch-licence-'));
  try {
    mkdirSync(join(root, 'node_modules/odd'), { recursive: true });
    writeFileSync(join(root, 'node_modules/odd/package.json'), '{"name":"odd","version":"1.2.3"}');
    expect(() => thirdPartyText(root, ['node_modules/odd'])).toThrow('odd@1.2.3 (no licence named)');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

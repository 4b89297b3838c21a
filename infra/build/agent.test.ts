import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAgent } from './agent';

const root = join(__dirname, '..', '..');
let at = '';

beforeEach(() => {
  at = mkdtempSync(join(tmpdir(), 'keyvouch-agent-'));
  mkdirSync(join(at, 'agent'));
  mkdirSync(join(at, 'infra/workstation'), { recursive: true });
  writeFileSync(join(at, 'infra/workstation/a.service'), '');
  symlinkSync(join(root, 'node_modules'), join(at, 'node_modules'));
  writeFileSync(join(at, 'package.json'), '{}');
});
afterEach(() => rmSync(at, { recursive: true, force: true }));

test('the agent starts by itself, and finds the native part that lies beside it', async () => {
  writeFileSync(join(at, 'agent/main.ts'), `import { devices } from 'node-hid'; console.log(typeof devices);`);
  await buildAgent(at, join(at, 'dist'));
  expect(statSync(join(at, 'dist/keyvouch-agent.cjs')).mode & 0o111).toBe(0o111);
  expect(statSync(join(at, 'dist/node_modules/node-hid/prebuilds')).isDirectory()).toBe(true);
});

test('an agent that does not start does not build', async () => {
  writeFileSync(join(at, 'agent/main.ts'), `process.exitCode = 3;`);
  await expect(buildAgent(at, join(at, 'dist'))).rejects.toThrow('keyvouch-agent.cjs --help');
});

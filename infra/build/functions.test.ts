import { mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from './functions';

const root = join(__dirname, '..', '..');
let made: string[] = [];

function tree(files: Record<string, string>): { at: string; out: string } {
  const at = mkdtempSync(join(tmpdir(), 'keyvouch-build-'));
  made.push(at);
  mkdirSync(join(at, 'functions'));
  symlinkSync(join(root, 'node_modules'), join(at, 'node_modules'));
  writeFileSync(join(at, 'host.json'), '{"version":"2.0"}');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(at, 'functions', name), text);
  return { at, out: join(at, 'dist') };
}

const http = (name: string) =>
  `import { app } from '@azure/functions'; app.http('${name}', { methods: ['GET'], handler: async () => ({}) });`;

afterEach(() => {
  for (const at of made) rmSync(at, { recursive: true, force: true });
  made = [];
});

test('an app that loads gives the names it registers, and ships with licences and host.json', async () => {
  const timer = `import { app } from '@azure/functions'; app.timer('sweep', { schedule: '0 * * * * *', handler: () => {} });`;
  const { at, out } = tree({
    'health.ts': http('health'),
    'sweep.ts': timer,
    'index.ts': `import './health'; import './sweep';`,
  });
  await expect(buildFunctions(at, out)).resolves.toEqual(['health', 'sweep']);
  expect(readFileSync(join(out, 'THIRD-PARTY.txt'), 'utf8')).toMatch(/@azure\/functions@\d/);
  expect(JSON.parse(readFileSync(join(out, 'package.json'), 'utf8'))).toMatchObject({ main: 'main.cjs' });
  expect(statSync(join(out, 'host.json')).size).toBeGreaterThan(0);
});

test.each([
  [
    'a trigger that index.ts forgot',
    { 'health.ts': http('health'), 'sweep.ts': http('sweep'), 'index.ts': `import './health';` },
    /declares health, sweep; the built app registers health/,
  ],
  ['an app with no trigger', { 'index.ts': 'export {};' }, /registers no function/],
  [
    'an app that throws while it loads',
    { 'index.ts': `throw new Error('KEYVOUCH_X is missing');` },
    /KEYVOUCH_X is missing/,
  ],
  ['an app without an entry', {}, /functions\/index\.ts/],
])('%s does not build', async (_, files, reason) => {
  const { at, out } = tree(files);
  await expect(buildFunctions(at, out)).rejects.toThrow(reason);
});

test('the bot SDKs load with their heaviest parts left out, and using such a part says so', async () => {
  const { at, out } = tree({
    'index.ts': `
      import { app } from '@azure/functions';
      import { Application, GPTTokenizer } from '@microsoft/teams-ai';
      import { CloudAdapter } from 'botbuilder';
      let said = '';
      try { new GPTTokenizer().encode('words'); } catch (error) { said = (error as Error).message; }
      const works = typeof Application === 'function' && typeof CloudAdapter === 'function';
      if (!works || !said.includes('gpt-tokenizer is not in this bundle')) throw new Error('said: ' + said);
      app.http('messages', { methods: ['POST'], handler: async () => ({}) });`,
  });
  await expect(buildFunctions(at, out)).resolves.toEqual(['messages']);
  expect(statSync(join(out, 'main.cjs')).size).toBeLessThan(5_000_000);
}, 60_000);

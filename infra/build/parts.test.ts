import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleInParts } from './parts';
import { without } from './without';

let at: string;
beforeEach(() => {
  at = mkdtempSync(join(tmpdir(), 'keyvouch-parts-'));
  mkdirSync(join(at, 'src'));
  symlinkSync(join(__dirname, '../../node_modules'), join(at, 'node_modules'));
});
afterEach(() => rmSync(at, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(at, 'src', name), text);
}

/** Builds `src/main.ts`, runs it with plain node and gives what it prints. */
async function built(...args: string[]): Promise<{ out: string; code: string }> {
  const { code } = await bundleInParts({ root: at, entry: 'src/main.ts', external: ['beside'], plugins: [without] });
  writeFileSync(join(at, 'main.cjs'), code);
  const away = { cwd: at, encoding: 'utf8' } as const;
  return { out: execFileSync(process.execPath, ['main.cjs', ...args], away), code };
}

test('a part runs when it is asked for, once, and knows the parts that it shares', async () => {
  write({
    'main.ts': `
      import { log } from './log';
      log.push('main');
      async function main() {
        if (process.argv[2] === 'late') { await import('./late'); await import('./late'); (await import('./later')).run(); }
        console.log(log.join());
      }
      void main();`,
    'log.ts': 'export const log: string[] = [];',
    'late.ts': `import { log } from './log'; log.push('late'); export const word = 'shared';`,
    'later.ts': `import { log } from './log'; import { word } from './late'; export const run = () => log.push(word);`,
  });
  expect((await built('late')).out).toBe('main,late,shared\n');
  expect((await built()).out).toBe('main\n');
});

test('what is not asked for is not even read as code; what is broken in it is seen when it is', async () => {
  write({
    'main.ts': `if (process.argv[2]) void import('./late'); else console.log('fine');`,
    'late.ts': 'console.log(1)',
  });
  const { out, code } = await built();
  expect(out).toBe('fine\n');
  writeFileSync(join(at, 'main.cjs'), code.replace('console.log(1)', 'console.log(1'));
  const run = (...args: string[]) => execFileSync(process.execPath, ['main.cjs', ...args], { cwd: at, stdio: 'pipe' });
  expect(run().toString()).toBe('fine\n');
  expect(() => run('late')).toThrow('SyntaxError');
});

test('a large part is packed, and comes out as it was', async () => {
  const words = Array.from({ length: 30_000 }, (_, n) => `'w${n}'`).join();
  write({
    'main.ts': `void import('./large').then(({ words }) => console.log(words.length, words.at(-1)));`,
    'large.ts': `export const words: string[] = [${words}];`,
  });
  const { out, code } = await built();
  expect(out).toBe('30000 w29999\n');
  expect(code.length).toBeLessThan(200_000);
});

test('packages beside the program are required from there, and built-in modules from Node', async () => {
  mkdirSync(join(at, 'out/node_modules/beside'), { recursive: true });
  writeFileSync(join(at, 'out/node_modules/beside/index.js'), `exports.name = 'beside'; exports.Class = class {};`);
  write({
    'main.ts': `
      import { basename } from 'node:path';
      void import('beside').then((it) => console.log(basename('/a/b'), it.name, it.default.name, typeof it.Class));`,
  });
  const { code } = await bundleInParts({ root: at, entry: 'src/main.ts', external: ['beside'] });
  writeFileSync(join(at, 'out/main.cjs'), code);
  const out = execFileSync(process.execPath, [join(at, 'out/main.cjs')], { encoding: 'utf8' });
  expect(out).toBe('b beside beside function\n');
});

test('commander and cbor-x do without what they would only look for', async () => {
  write({
    'main.ts': `
      import { Command } from 'commander';
      import { decode, encode, isNativeAccelerationEnabled } from 'cbor-x';
      new Command().action(() => console.log(decode(encode({ a: 'b' })).a, isNativeAccelerationEnabled)).parse();
      console.log((process as never as { moduleLoadList: string[] }).moduleLoadList.includes('NativeModule child_process'));`,
  });
  expect((await built()).out).toBe('b false\nfalse\n');
});

/** V8's own header begins with a magic number and the hash of its version, four bytes each. */
function ofAnotherNode(cache: Buffer): Buffer {
  const start = 4 + cache.readUInt32LE(0);
  for (const [, at] of JSON.parse(cache.toString('latin1', 4, start)) as [string, number][])
    cache.writeUInt32LE(cache.readUInt32LE(start + at + 4) ^ 1, start + at + 4);
  return cache;
}

describe('what V8 compiled before', () => {
  const sources = {
    'main.ts': `const say = (word: string) => console.log(word + process.argv[2]); void import('./late').then((late) => late.run(say));`,
    'late.ts': `export const run = (say: (word: string) => void) => say('late ');`,
  };
  const program = () => join(at, 'main.cjs');
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: tmpdir(), encoding: 'utf8' });

  async function withCache(): Promise<string> {
    write(sources);
    await built('x');
    run(join(__dirname, 'code-cache.cjs'), program(), 'once');
    return `${program()}.cache`;
  }

  test('is taken, wherever the program lies', async () => {
    const cache = await withCache();
    expect(run(program(), 'a')).toBe('late a\n');
    const taken = `
      const vm = require('node:vm'); const { Script } = vm; const rejected = [];
      vm.Script = class extends Script { constructor(...given) { super(...given); rejected.push(this.cachedDataRejected); } };
      process.on('exit', () => console.log(JSON.stringify(rejected))); require(${JSON.stringify(join(at, 'moved.cjs'))})`;
    renameSync(program(), join(at, 'moved.cjs'));
    renameSync(cache, join(at, 'moved.cjs.cache'));
    expect(run('-e', taken)).toContain('[false,false]');
  });

  test.each<[string, (cache: Buffer) => Buffer | undefined]>([
    ['is missing', () => undefined],
    ['is cut short', (cache) => cache.subarray(0, 100)],
    ['is of another Node', ofAnotherNode],
    ['is nothing that we know', () => Buffer.from('garbage')],
  ])('is passed over when it %s', async (_, change) => {
    const cache = await withCache();
    const changed = change(readFileSync(cache));
    if (changed) writeFileSync(cache, changed);
    else rmSync(cache);
    expect(run(program(), 'a')).toBe('late a\n');
  });
});

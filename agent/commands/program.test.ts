import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { completionScript } from './completion/script';
import { completionTree } from './completion/tree';
import { EXIT, EXIT_WORDS, exitStatus } from './exit-status';
import { agentProgram } from './program';
import { refusePinArgument } from './refuse-pin-argument';
import { DOCUMENTS } from './shapes/documents';
import { everySchema } from './shapes/json-schema';

const ROOT = resolve(__dirname, '../..');

/** The files that are loaded at once when this one is: what is imported late does not count. */
async function loadedBy(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    external: ['node-hid', 'koffi', '@napi-rs/keyring'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const imports = metafile.inputs[path]?.imports ?? [];
    for (const { kind, path: next } of imports) if (kind !== 'dynamic-import') visit(next);
  };
  visit(entry);
  return [...seen];
}

describe('what starts quickly', () => {
  it('the program itself loads nothing but commander', async () => {
    const files = await loadedBy('agent/main.ts');
    const foreign = files.filter((file) => file.includes('node_modules/') && !file.includes('/commander/'));
    expect(foreign).toEqual([]);
    expect(files.filter((file) => /^agent\/(ctap|operations\/key|commands\/(actions|shapes))/.test(file))).toEqual([]);
  }, 30_000);

  it('"keys" loads neither the service nor the USB library', async () => {
    const files = await loadedBy('agent/commands/actions/keys.ts');
    for (const heavy of ['jose', 'undici', 'node-hid', 'koffi', '@napi-rs/keyring', 'zod/v4']) {
      expect(files.filter((file) => file.includes(`node_modules/${heavy}/`) || file === heavy)).toEqual([]);
    }
  }, 30_000);
});

describe('each command', () => {
  const tree = completionTree(agentProgram());
  const leaves = tree.filter(({ commands }) => commands.length === 0).map(({ path }) => path.join(' '));

  it('prints JSON of a shape that is written down, but for those that print something else', () => {
    const withJson = tree.filter(({ options }) => options.some(({ word }) => word === '--json'));
    expect(withJson.map(({ path }) => path.join(' ')).sort()).toEqual(Object.keys(DOCUMENTS).sort());
    expect(leaves.filter((name) => !(name in DOCUMENTS)).sort()).toEqual(['broker', 'completion', 'schema']);
    expect(Object.keys(everySchema())).toEqual(Object.keys(DOCUMENTS));
  });

  it.each(leaves)('%s has help with an example', (name) => {
    let help = '';
    const command = name
      .split(' ')
      .reduce((parent, word) => parent.commands.find((each) => each.name() === word)!, agentProgram());
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toContain(`$ keyvouch-agent ${name}`);
  });
});

describe('completion', () => {
  it('offers commands, options and fixed words to bash', () => {
    const script = completionScript('bash', agentProgram());
    const complete = (...words: string[]) => {
      const typed = words.map((word) => JSON.stringify(word)).join(' ');
      const call = `COMP_WORDS=(keyvouch-agent ${typed}); COMP_CWORD=${words.length}; _keyvouch_agent; echo "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['--norc', '-c', `${script}\n${call}`], { encoding: 'utf8' })
        .trim()
        .split(' ');
    };
    expect(complete('pass')).toEqual(['passkeys']);
    expect(complete('passkeys', '')).toEqual(expect.arrayContaining(['list', 'delete', 'rename']));
    expect(complete('passkeys', 'list', '--si')).toEqual(['--site']);
    expect(complete('config', 'set', 'always')).toEqual(['always-verify']);
    expect(complete('info', '--device', '/dev/hidraw0', '--j')).toEqual(['--json']);
    expect(complete('completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
  });

  it.each(['zsh', 'fish'] as const)('names every command and option to %s', (shell) => {
    const script = completionScript(shell, agentProgram());
    for (const { path, options } of completionTree(agentProgram())) {
      for (const word of path) expect(script).toContain(word);
      for (const { word } of options) expect(script).toContain(word.replace(/^--/, ''));
    }
  });
});

describe('exit statuses', () => {
  it.each<[string, number]>([
    ['key-cancelled', EXIT.cancelled],
    ['declined', EXIT.cancelled],
    ['pin-on-command-line', EXIT.usage],
    ['service-unreachable', EXIT.service],
    ['key-not-found', EXIT.key],
    ['key-not-expected', EXIT.key],
    ['key-holds-more', EXIT.key],
    ['key-store-unavailable', EXIT.notPaired],
    ['not-paired', EXIT.notPaired],
    ['remote-session', EXIT.refused],
    ['key-pin-wrong', EXIT.pin],
    ['key-pin-unsupported', EXIT.unsupported],
    ['key-access-denied', EXIT.access],
    ['confirm-needed', EXIT.noAnswer],
    ['something-new', EXIT.failed],
  ])('%s is %i', (code, status) => expect(exitStatus({ code })).toBe(status));

  it('are each explained once, under numbers that stay', () => {
    expect(EXIT_WORDS.map(([status]) => status)).toEqual(Object.values(EXIT));
    expect(EXIT).toMatchObject({ done: 0, failed: 1, usage: 2, service: 3, key: 4, notPaired: 5, refused: 6 });
  });

  it('know every Fault that has to do with a key', () => {
    const files = execFileSync(
      'git',
      ['ls-files', '-co', '--exclude-standard', 'agent/hid', 'agent/ctap', 'agent/operations'],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    );
    const sources = files.split('\n').filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file));
    const codes = sources.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\bcode: '([a-z0-9-]+)'/g)].map(([, code]) => code!),
    );
    expect(codes.length).toBeGreaterThan(50);
    expect([...new Set(codes)].filter((code) => exitStatus({ code }) === EXIT.failed)).toEqual([]);
  });
});

describe('a PIN on the command line', () => {
  it.each([
    [['pin', 'set', '--pin', '1234']],
    [['info', '--pin=1234']],
    [['passkeys', 'list', '-pin', '1234']],
    [['pin', 'change', '--new-pin', '1234']],
    [['pin', 'check', '1234']],
    [['pin', 'set', '--password=x']],
  ])('is refused in %j', (args) => expect(() => refusePinArgument(args)).toThrow('pin-on-command-line'));

  it.each([
    [['pin', 'set', '--pin-fd', '3']],
    [['pin', 'check', '--pin-fd=3', '--json']],
    [['passkeys', 'delete', '--', '-pinABC']],
    [['pin', 'change', '--device', 'tcp:127.0.0.1:1']],
    [['pin', '--help']],
  ])('is not seen in %j', (args) => expect(() => refusePinArgument(args)).not.toThrow());
});

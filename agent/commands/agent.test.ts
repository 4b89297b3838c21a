import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Writable } from 'node:stream';
import Ajv from 'ajv/dist/2020';
import { buildSync } from 'esbuild';
import { version } from '../../package.json';
import { NUMBER, startService, type TestService } from '../../bot/workstations/service.fixture';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { type AgentEvent } from '../service/agent-event';
import { type DocumentName } from './shapes/documents';
import { schemaOf } from './shapes/json-schema';

const ROOT = resolve(__dirname, '../..');
const PIN = '314159';

// Bundled once, as it is shipped: starting it from its sources takes ten times as long. Beside node_modules, because its
// native parts stay outside.
const built = join(ROOT, 'node_modules/.cache', `keyvouch-agent-test-${process.pid}`);
const PROGRAM = join(built, 'keyvouch-agent.cjs');
beforeAll(() => {
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['agent/main.ts'],
    outfile: PROGRAM,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['node-hid', 'koffi', '@napi-rs/keyring'],
    logLevel: 'silent',
  });
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

let home: string;
let service: TestService;
let key: VirtualKey;
const running: ChildProcessWithoutNullStreams[] = [];
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'keyvouch-cli-'));
  service = await startService();
  key = await startVirtualKey({ touch: 'auto' });
  service.switches.roots = [key.attestationRootPem];
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await key.close();
  await service.close();
  rmSync(home, { recursive: true, force: true });
});

/** The program as a person at a workstation, or a program, starts it. */
function agent(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: home,
    // A fourth pipe, for `--pin-fd 3`.
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      KEYVOUCH_AGENT_DATA: join(home, 'data'),
      KEYVOUCH_KEY_STORE: 'file',
      ...env,
    },
  });
  running.push(child);
  let err = '';
  let out = '';
  const events: AgentEvent[] = [];
  const listeners = new Set<(event: AgentEvent) => void>();
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    out += `${line}\n`;
    if (!line.startsWith('{"event"')) return;
    const event = JSON.parse(line) as AgentEvent;
    events.push(event);
    for (const listener of listeners) listener(event);
  });
  return {
    events,
    type: (line: string, fd = 0) => void (child.stdio[fd] as Writable).write(`${line}\n`),
    interrupt: () => void child.kill('SIGINT'),
    said: (words: RegExp) =>
      new Promise<void>((found) => {
        const look = () => {
          if (words.test(err)) found();
        };
        child.stderr.on('data', look);
        look();
      }),
    until: <K extends AgentEvent['event']>(kind: K) =>
      new Promise<Extract<AgentEvent, { event: K }>>((found) => {
        const look = (event: AgentEvent) => {
          if (event.event === kind) found(event as Extract<AgentEvent, { event: K }>);
        };
        events.forEach(look);
        listeners.add(look);
      }),
    ended: new Promise<{ status: number | null; out: string; err: string }>((done) =>
      child.once('close', (status) => done({ status, out, err })),
    ),
  };
}

/** What a command printed with `--json`, when it keeps to its schema. */
async function documentOf(name: DocumentName, run: ReturnType<typeof agent>): Promise<unknown> {
  const document: unknown = JSON.parse((await run.ended).out);
  const check = new Ajv({ strict: false }).compile(schemaOf(name));
  if (!check(document)) throw new Error(`${name}: ${JSON.stringify(check.errors)}`);
  return document;
}

async function pairHere(): Promise<string> {
  const program = agent(['pair', '--service', service.url, '--name', 'desk 7', '--json-lines']);
  await program.until('need-code');
  program.type((await service.newCode()).code.reveal().toLowerCase().replaceAll('-', ' '));
  const { workstation, words } = await program.until('words');
  expect(words).toHaveLength(3);
  await service.settle(workstation, 'active');
  await program.until('paired');
  expect((await program.ended).status).toBe(0);
  return workstation;
}

it('is paired, shown, run and unpaired by a program that reads its lines and answers on its input', async () => {
  const workstation = await pairHere();
  const status = await agent(['status', '--json']).ended;
  expect(JSON.parse(status.out)).toMatchObject({ state: 'active', workstation, name: 'desk 7', service: service.url });

  await service.offer(workstation);
  const device = `tcp:127.0.0.1:${key.port}`;
  const run = agent(['run', '--once', '--device', device, '--json-lines']);
  const { text } = await run.until('job');
  expect(text[0]).toContain('Ada Lovelace (ada@contoso.com)');
  await run.until('need-number');
  run.type(NUMBER);
  await run.until('need-pin');
  run.type(PIN);
  run.type(PIN);
  const ended = await run.ended;
  expect(run.events.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['touch', 'made', 'registered', 'ended']),
  );
  expect(ended.status).toBe(0);
  expect(ended.out + ended.err).not.toContain(PIN);

  const thumbprint = async () => (await service.store.get(workstation))?.value.thumbprint;
  const before = await thumbprint();
  expect(await documentOf('pair', agent(['pair', '--rotate', '--json']))).toMatchObject({ paired: { workstation } });
  expect(await thumbprint()).not.toBe(before);

  const unpaired = await agent(['unpair', '--yes', '--json']).ended;
  expect([JSON.parse(unpaired.out), unpaired.status]).toEqual([{ unpaired: true }, 0]);
  expect(JSON.parse((await agent(['status', '--json']).ended).out)).toMatchObject({ state: 'not-paired' });
}, 30_000);

it('prints one document for each command that has to do with the service', async () => {
  const { code } = await service.newCode();
  const pair = agent(['pair', '--service', service.url, '--code', code.reveal(), '--name', 'desk 8', '--json']);
  await pair.said(/confirm in the chat/);
  const waiting = await documentOf('status', agent(['status', '--json']));
  expect(waiting).toMatchObject({ state: 'pairing', keyIn: 'file' });
  await service.settle((waiting as { workstation: string }).workstation, 'active');
  expect(await documentOf('pair', pair)).toMatchObject({ paired: { name: 'desk 8', kind: 'own' } });
  expect(await documentOf('run', agent(['run', '--until-idle', '0.2', '--json']))).toEqual({ jobs: [] });
  expect(await documentOf('unpair', agent(['unpair', '--yes', '--json']))).toEqual({ unpaired: true });
  expect(await documentOf('run', agent(['run', '--json']))).toMatchObject({ error: { code: 'not-paired' } });
  const device = `tcp:127.0.0.1:${key.port}`;
  expect(await documentOf('doctor', agent(['doctor', '--device', device, '--json']))).toHaveProperty('verdict');
}, 30_000);

it('tells the service when it is interrupted at a question, and ends', async () => {
  const workstation = await pairHere();
  await service.offer(workstation);
  const run = agent(['run', '--device', `tcp:127.0.0.1:${key.port}`, '--json-lines']);
  await run.until('need-number');
  run.interrupt();
  const { status, err } = await run.ended;
  expect(status).toBe(130);
  expect(err).not.toMatch(/^\s+at /m);
  expect(service.results).toMatchObject([{ outcome: 'failed', code: 'key-cancelled', orphan: false }]);
}, 30_000);

it('asks again for a code that was mistyped, and gives up after the third', async () => {
  const pairing = agent(['pair', '--service', service.url, '--json-lines']);
  const code = (await service.newCode()).code.reveal();
  const last = code.at(-1) === '2' ? '3' : '2';
  await pairing.until('need-code');
  pairing.type(code.slice(0, -1) + last);
  await pairing.said(/wrong.* type it again/);
  pairing.type(code);
  const { workstation } = await pairing.until('words');
  await service.settle(workstation, 'active');
  expect((await pairing.ended).status).toBe(0);
  const guessing = agent(['pair', '--yes', '--service', service.url, '--json']);
  for (const wrong of ['AAAA-BBBB-CCCC', 'AAAA-BBBB-DDDD', 'AAAA-BBBB-EEEE']) guessing.type(wrong);
  const { status, out } = await guessing.ended;
  expect([status, JSON.parse(out)]).toMatchObject([5, { error: { code: 'pairing-code-wrong' } }]);
}, 30_000);

it('ends by itself when it has been quiet for long enough', async () => {
  await pairHere();
  expect((await agent(['run', '--until-idle', '0.3']).ended).status).toBe(0);
}, 30_000);

it.each<[string, string[], Record<string, string>, number, RegExp]>([
  ['its help', ['--help'], {}, 0, /pair .*run/s],
  ['its version', ['--version'], {}, 0, new RegExp(version.replaceAll('.', '\\.'))],
  ['an unknown command', ['dance'], {}, 2, /unknown command/],
  ['a slip in a command', ['passkeys', 'lits'], {}, 2, /Did you mean list\?/],
  ['a slip in an option', ['keys', '--devise', 'x'], {}, 2, /Did you mean --device\?/],
  ['its help with exit statuses', ['--help'], {}, 0, /Exit status:.* 7 {2}the PIN/s],
  [
    "a command's help with examples",
    ['passkeys', 'delete', '--help'],
    {},
    0,
    /Examples:\n {2}\$ keyvouch-agent passkeys/,
  ],
  ['a PIN among the arguments', ['pin', 'check', '--pin', '271828'], {}, 2, /every program here can read it/],
  ['a bare PIN among them', ['pin', 'change', '271828'], {}, 2, /\(pin-on-command-line\)/],
  ['a PIN with a program', ['info', '--json', '--pin=271828'], {}, 2, /"code": "pin-on-command-line"/],
  ['a wrong line with a program', ['keys', '--jsno', '--json'], {}, 2, /"code": "usage"/],
  ['two kinds of JSON', ['run', '--json', '--json-lines'], {}, 2, /cannot be used with/],
  ['a shape', ['schema', 'passkeys', 'list'], {}, 0, /"title": "keyvouch-agent passkeys list --json"/],
  ['no shape', ['schema', 'dance'], {}, 2, /no command "dance" that prints JSON/],
  ['an odd option', ['run', '--until-idle', 'soon'], {}, 2, /Not a number/],
  ['a run before pairing', ['run'], {}, 5, /not paired.*keyvouch-agent pair/s],
  ['a code that is none', ['pair', '--service', 'http://127.0.0.1:9', '--code', 'x'], {}, 5, /no pairing code/],
  ['a service in the clear', ['pair', '--service', 'http://keyvouch.example', '--code', 'x'], {}, 3, /https/],
  ['a remote session', ['run'], { SSH_CONNECTION: 'a b c d' }, 6, /remote session \(SSH\)/],
])('answers %s with its exit status and one clear line', async (_, args, env, status, words) => {
  const ended = await agent(args, env).ended;
  expect(ended.out + ended.err).toMatch(words);
  expect(ended.err).not.toMatch(/^\s+at /m);
  expect(ended.out + ended.err).not.toContain('271828');
  expect(ended.status).toBe(status);
});

it.each([
  ['on its input', []],
  ['on another descriptor', ['--pin-fd', '3']],
])('is called off by Ctrl+C while it waits for a PIN %s, with one document for a program', async (_, where) => {
  const device = `tcp:127.0.0.1:${key.port}`;
  const set = agent(['pin', 'set', '--device', device, '--json', ...where]);
  await set.said(/Choose one now/);
  set.interrupt();
  const { status, out } = await set.ended;
  expect([status, JSON.parse(out)]).toMatchObject([130, { error: { code: 'key-cancelled' } }]);
});

it.each([
  ['its input', [], 0],
  ['another descriptor', ['--pin-fd', '3'], 3],
])('reads PINs line by line from a pipe on %s where nobody types, and never shows them', async (_, where, fd) => {
  const device = `tcp:127.0.0.1:${key.port}`;
  const set = agent(['pin', 'set', '--device', device, ...where]);
  await set.said(/Choose one now/);
  set.type(PIN, fd);
  await new Promise((later) => setTimeout(later, 200));
  set.type(PIN, fd);
  const { status, out, err } = await set.ended;
  expect(status).toBe(0);
  expect(err).toContain('The PIN is set.');
  expect(out + err).not.toContain(PIN);
});

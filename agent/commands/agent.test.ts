import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { version } from '../../package.json';
import { NUMBER, startService, type TestService } from '../../bot/workstations/service.fixture';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { type AgentEvent } from '../service/agent-event';

const ROOT = resolve(__dirname, '../..');
const PIN = '314159';

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
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'agent/main.ts'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, KEYVOUCH_AGENT_DATA: join(home, 'data'), ...env },
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
    type: (line: string) => void child.stdin.write(`${line}\n`),
    interrupt: () => void child.kill('SIGINT'),
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

  expect((await agent(['unpair', '--yes']).ended).status).toBe(0);
  expect(JSON.parse((await agent(['status', '--json']).ended).out)).toMatchObject({ state: 'not-paired' });
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

it('ends by itself when it has been quiet for long enough', async () => {
  await pairHere();
  expect((await agent(['run', '--until-idle', '0.3']).ended).status).toBe(0);
}, 30_000);

it.each<[string, string[], Record<string, string>, number, RegExp]>([
  ['its help', ['--help'], {}, 0, /pair .*run/s],
  ['its version', ['--version'], {}, 0, new RegExp(version.replaceAll('.', '\\.'))],
  ['an unknown command', ['dance'], {}, 2, /unknown command/],
  ['an odd option', ['run', '--until-idle', 'soon'], {}, 2, /Not a number/],
  ['a run before pairing', ['run'], {}, 5, /not paired.*keyvouch-agent pair/s],
  ['a code that is none', ['pair', '--service', 'http://127.0.0.1:9', '--code', 'x'], {}, 5, /no pairing code/],
  ['a service in the clear', ['pair', '--service', 'http://keyvouch.example', '--code', 'x'], {}, 3, /https/],
  ['a remote session', ['run'], { SSH_CONNECTION: 'a b c d' }, 6, /remote session \(SSH\)/],
])('answers %s with its exit status and one clear line', async (_, args, env, status, words) => {
  const ended = await agent(args, env).ended;
  expect(ended.out + ended.err).toMatch(words);
  expect(ended.err).not.toMatch(/^\s+at /m);
  expect(ended.status).toBe(status);
});

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { people } from './entra';
import { entraPort } from './page/adapters/entra-port';
import { keyPort } from './page/adapters/key-port';
import { mailPort } from './page/adapters/mail-port';
import { workstationPort } from './page/adapters/workstation-port';
import { startPage } from './page/server';
import { installApp, type Sandbox, startSandbox } from './sandbox/sandbox';

const ROOT = resolve(__dirname, '../..');
const PAGE_PORT = 4173;
const HELP = `Keyvouch's sandbox: the product, with stand-ins for Azure, Teams, Entra and a security key.

  npm start -- [options]
    --port N     port of the web page (default ${PAGE_PORT})
    --data DIR   where everything is kept (default .sandbox)
    --reset      begin anew: empties that folder first
    --built      run what "npm run build" made, instead of the sources
    --outer      another ticket system too, which is told by webhooks and gives numbers
    --verbose    every line that the product writes`;

interface Options {
  port: number;
  folder: string;
  reset: boolean;
  built: boolean;
  outer: boolean;
  verbose: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(PAGE_PORT) },
      data: { type: 'string', default: '.sandbox' },
      reset: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      outer: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a number up to 65535, not "${values.port}".`);
  if (values.built && !existsSync(join(ROOT, 'dist/functions/main.cjs'))) {
    throw new Error('There is no bundle yet. Run "npm run build" first.');
  }
  return {
    port,
    folder: resolve(values.data),
    reset: values.reset,
    built: values.built,
    outer: values.outer,
    verbose: values.verbose,
  };
}

/** The programs at the workstation, with the sandbox's service and key given, so that a person types only what matters. */
function commandsFor(sandbox: Sandbox) {
  const data = join(sandbox.folder, 'workstations', 'page');
  const device = `tcp:127.0.0.1:${sandbox.key.port}`;
  const agent = (...args: string[]): [string, ...string[]] => [
    process.execPath,
    '--import',
    'tsx',
    join(ROOT, 'agent/main.ts'),
    ...args,
  ];
  return [
    {
      id: 'pair',
      label: 'keyvouch-agent pair',
      run: agent(
        'pair',
        '--service',
        sandbox.host.url,
        '--name',
        'northwind-laptop-7',
        '--data',
        data,
        '--allow-remote',
        '--yes',
      ),
    },
    {
      id: 'run',
      label: 'keyvouch-agent run',
      run: agent('run', '--once', '--device', device, '--data', data, '--allow-remote'),
    },
    { id: 'info', label: 'keyvouch-agent info', run: agent('info', '--device', device) },
  ];
}

/** The way through the main job, in the words of the buttons. */
const GUIDE = [
  { title: 'Ada asks', text: 'Press “Sicherheitsschlüssel anfragen” (her Teams is in German), give a reason, send.' },
  {
    title: 'Mara vouches',
    text: 'Say how you recognised Ada, and approve. You get six digits for her ear, not for the chat.',
  },
  { title: 'Ada types the code', text: 'She chooses her workstation (pair it first: “Rechner verbinden”), or a pass.' },
  {
    title: 'The key is registered',
    text: 'Run the agent, type the two digits from the chat, set a PIN, touch the key when it blinks.',
  },
  { title: 'Ada signs in', text: 'In her account: “Sign in with this key”. Entra checks the signature.' },
];

const REAL = [
  'The bot: its rules, cards, storage and audit trail, and the check of every token',
  'The Azure Functions library, and the Tables protocol (Azurite)',
  'The workstation program, speaking CTAP2 to a key',
];

const STANDS_IN = [
  'The Functions host, Teams and the Bot Connector, with their limits and refusals',
  'Microsoft Entra ID and Microsoft Graph; they verify attestations and sign-ins for real',
  'The security key: a program that answers as one does, frame by frame',
];

interface Running {
  url: string;
  close(): Promise<void>;
}

async function bring(options: Options, again: () => void): Promise<Running> {
  const say = (text: string) => console.log(`  … ${text}`);
  const sandbox = await startSandbox({
    ...options,
    touch: 'manual',
    onProgress: say,
    onHostLine: (line) => {
      if (options.verbose || !line.startsWith('{')) console.log(line);
    },
  });
  if (sandbox.outerUrl) say(`the other ticket system shows what it was told at ${sandbox.outerUrl}`);
  await installApp(sandbox.teams);
  const workstation = workstationPort({ commands: commandsFor(sandbox), cwd: ROOT });
  const page = await startPage({
    port: options.port,
    teams: sandbox.teams,
    columns: [people.ada.id, people.mara.id, people.jonas.id],
    entra: entraPort(sandbox.entra, `tcp:127.0.0.1:${sandbox.key.port}`),
    key: keyPort(sandbox.key, 'Keyvouch Virtual Key'),
    mail: mailPort(sandbox.entra),
    workstation,
    guide: GUIDE,
    real: REAL,
    standsIn: STANDS_IN,
    onReset: async () => {
      setTimeout(again, 100);
      await Promise.resolve();
    },
  });
  return {
    url: page.url,
    async close() {
      await workstation.close();
      await page.close();
      await sandbox.close();
    },
  };
}

async function main(): Promise<void> {
  const options = readOptions();
  console.log('Keyvouch: starting the sandbox');
  let running: Running | undefined;
  const again = () => {
    console.log('Beginning anew …');
    const before = running;
    running = undefined;
    void before
      ?.close()
      .then(() => bring({ ...options, reset: true, port: Number(new URL(before.url).port) }, again))
      .then((next) => {
        running = next;
        console.log('Ready again.');
      })
      .catch(fail);
  };
  running = await bring(options, again);
  console.log(`\nOpen  ${running.url}\n`);
  console.log(
    'There: Ada asks for a key, Mara approves and vouches, and Ada registers it at her workstation, or by a pass.',
  );
  console.log(
    `Kept in ${options.folder}. Ctrl+C saves and stops; killed hard, the tables lose their last five seconds.`,
  );
  const stop = () => {
    console.log('\nSaving …');
    void Promise.resolve(running?.close()).then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(error: unknown): void {
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const say = busy
    ? 'That port is taken. Give another one with "npm start -- --port N".'
    : error instanceof Error
      ? error.message
      : String(error);
  console.error(say);
  process.exit(1);
}

main().catch(fail);

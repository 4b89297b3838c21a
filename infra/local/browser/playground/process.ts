import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '../eventually';
import { freePort } from '../../sandbox/host-process';
import { playgroundConfig } from './config';

const ROOT = resolve(__dirname, '../../../..');
const CLI = join(ROOT, 'node_modules/@microsoft/m365agentsplayground/cli.js');
const READY_WITHIN_MS = 60_000;

/** Microsoft's Agents Playground with one person at its screen. */
export interface Playground {
  /** Of its web page. */
  readonly url: string;
  close(): Promise<void>;
}

export interface PlaygroundOptions {
  folder: string;
  person: string;
  tenantId: string;
  botId: string;
  /** Where the bot takes activities. */
  botUrl: string;
}

/** Starts a Playground as its own process; it reads who is there from a file in the folder it runs in. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { folder, botUrl } = options;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.m365agentsplayground.yml'), playgroundConfig(options));
  const port = await freePort();
  const args = ['-e', botUrl, '-c', 'msteams', '-p', String(port), '--disable-telemetry'];
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, TEAMSAPPTESTER_BROWSER: 'none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await gone;
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await eventually(
      'the Playground to start',
      async () => {
        if (child.exitCode !== null) throw new Error(`the Playground ended:\n${lines.join('\n')}`);
        return fetch(url).then(
          ({ ok }) => ok,
          () => false,
        );
      },
      { ms: READY_WITHIN_MS, seen: () => lines.slice(-5) },
    );
  } catch (error) {
    await close();
    throw error;
  }
  return { url, close };
}

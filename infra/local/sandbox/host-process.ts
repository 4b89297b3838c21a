import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const ROOT = resolve(__dirname, '../../..');
const READY_WITHIN_MS = 60_000;

const Ready = z.object({ ready: z.literal(true), port: z.number(), functions: z.array(z.string()) });

export interface HostOptions {
  /** The settings of the product. */
  env: Readonly<Record<string, string>>;
  port: number;
  /** Runs dist/functions/main.cjs, what `npm run build` made, instead of the sources. */
  built: boolean;
  /** Every line that the host or the product writes. */
  onLine?: (line: string) => void;
}

/** The Functions host as a process of its own: it can be killed and started again while the rest lives. */
export interface HostProcess {
  readonly url: string;
  start(more?: Readonly<Record<string, string>>): Promise<void>;
  /** SIGKILL: as a power cut would. */
  kill(): Promise<void>;
  /** SIGTERM: what runs comes to its end. */
  stop(): Promise<void>;
  alive(): boolean;
  /** Resolves when the process has ended by itself or by a signal. */
  ended(): Promise<void>;
}

/** Below those that systems give out by themselves (Linux from 32768, macOS and Windows from 49152). */
const OWN_PORTS = { from: 15_000, to: 32_000 };
const given = new Set<number>();

/**
 * A port of loopback that is free now, for something that must come back on the same one: no connection and no server
 * that lets the system choose takes it meanwhile, and it is given once in this process.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(OWN_PORTS.from, OWN_PORTS.to);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

/** Whether a port of loopback can be listened on now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer().once('error', () => answer(false));
    server.listen(port, '127.0.0.1', () => server.close(() => answer(true)));
  });
}

export function createHostProcess(options: HostOptions): HostProcess {
  const { port, built } = options;
  let child: ChildProcess | undefined;
  let end = Promise.resolve();

  async function start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const main = join(ROOT, 'infra/local/host/main.ts');
    const entry = join(ROOT, built ? 'dist/functions/main.cjs' : 'functions/index.ts');
    const started = spawn(process.execPath, ['--import', 'tsx', main, '--entry', entry, '--port', String(port)], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...options.env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    end = new Promise((resolveEnd) => started.once('exit', () => resolveEnd()));
    await new Promise<void>((ready, failed) => {
      const late = setTimeout(() => failed(new Error('the Functions host did not start in time')), READY_WITHIN_MS);
      const onLine = (line: string) => {
        options.onLine?.(line);
        if (!line.startsWith('{"ready"')) return;
        Ready.parse(JSON.parse(line));
        clearTimeout(late);
        ready();
      };
      createInterface({ input: started.stdout }).on('line', onLine);
      createInterface({ input: started.stderr }).on('line', (line) => options.onLine?.(line));
      started.once('exit', (code, signal) => {
        clearTimeout(late);
        failed(new Error(`the Functions host ended (${signal ?? code ?? 'unknown'})`));
      });
    });
  }

  async function signal(name: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (child?.exitCode === null && child.signalCode === null) child.kill(name);
    await end;
  }

  return {
    url: `http://127.0.0.1:${port}`,
    start,
    kill: () => signal('SIGKILL'),
    stop: () => signal('SIGTERM'),
    alive: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    ended: () => end,
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type HostProcess } from '../../local/sandbox/host-process';
import { hostOf } from './apps';

const READY_WITHIN_MS = 60_000;

export interface AppHostOptions {
  /** The app: a bundle as `buildFunctions` makes it. */
  entry: string;
  env: Readonly<Record<string, string>>;
  port: number;
  /** Every line that the host or the product writes. */
  onLine: (line: string) => void;
}

/** The Functions host with an app of the proof's choice: also one in which a guard was taken out. */
export function createAppHost({ entry, env, port, onLine }: AppHostOptions): HostProcess {
  const args = [hostOf(entry), '--entry', entry, '--port', String(port)];
  let child: ChildProcess | undefined;
  let end = Promise.resolve();

  async function start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const started = spawn(process.execPath, args, {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    end = new Promise((ended) => started.once('exit', () => ended()));
    createInterface({ input: started.stderr }).on('line', onLine);
    await new Promise<void>((ready, failed) => {
      const late = setTimeout(() => failed(new Error('the Functions host did not start in time')), READY_WITHIN_MS);
      createInterface({ input: started.stdout }).on('line', (line) => {
        onLine(line);
        if (!line.startsWith('{"ready"')) return;
        clearTimeout(late);
        ready();
      });
      started.once('exit', (code, signal) => {
        clearTimeout(late);
        failed(new Error(`the Functions host ended (${signal ?? code ?? 'unknown'})`));
      });
    });
  }

  const alive = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  async function signal(name: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (alive()) child?.kill(name);
    await end;
  }

  return {
    url: `http://127.0.0.1:${port}`,
    start,
    kill: () => signal('SIGKILL'),
    stop: () => signal('SIGTERM'),
    alive,
    ended: () => end,
  };
}

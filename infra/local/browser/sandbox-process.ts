import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(__dirname, '../../..');
const READY_WITHIN_MS = 120_000;
const END_WITHIN_MS = 20_000;
const KEPT_LINES = 60;

/** The sandbox as a person starts it: `npm start`, with the bundle that `npm run build` made. */
export interface SandboxProcess {
  /** Of its web page. */
  readonly url: string;
  /** The last that it said. */
  said(): readonly string[];
  /** Ctrl+C; if that does not help, the whole group of processes is ended. */
  close(): Promise<void>;
}

/** @param folder A new folder, where everything is kept. */
export async function startSandboxProcess(folder: string): Promise<SandboxProcess> {
  const args = ['--import', 'tsx', join(ROOT, 'infra/local/start.ts')];
  const options = ['--port', '0', '--data', folder, '--reset', '--built', '--verbose'];
  // A group of its own: what it has started ends with it, whatever happens.
  const child = spawn(process.execPath, [...args, ...options], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
  };
  createInterface({ input: child.stderr }).on('line', keep);
  const url = new Promise<string>((found, failed) => {
    const late = setTimeout(() => failed(new Error('the sandbox did not start in time')), READY_WITHIN_MS);
    createInterface({ input: child.stdout }).on('line', (line) => {
      keep(line);
      const address = /^Open {2}(http:\/\/\S+)$/.exec(line)?.[1];
      if (address === undefined) return;
      clearTimeout(late);
      found(address);
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      failed(new Error(`the sandbox ended (${code ?? 'by a signal'}):\n${lines.join('\n')}`));
    });
  });
  try {
    return { url: await url, said: () => lines, close: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function end(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const over = child.exitCode !== null || child.signalCode !== null;
  const gone = over ? Promise.resolve() : new Promise((resolveGone) => child.once('exit', resolveGone));
  child.kill('SIGTERM');
  const late = setTimeout(() => killGroup(pid), END_WITHIN_MS);
  await gone;
  clearTimeout(late);
  killGroup(pid);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}

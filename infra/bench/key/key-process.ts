import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const START_MS = 60_000;

/** A virtual key in a process of its own, as a real key is a processor of its own. */
export interface KeyProcess {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a virtual key that touches itself and forgets everything when it stops. */
export async function startKeyProcess(): Promise<KeyProcess> {
  const main = join(ROOT, 'infra/local/key/main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--touch', 'auto'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  const port = await new Promise<number>((done, failed) => {
    const timer = setTimeout(() => failed(new Error('the virtual key does not start')), START_MS);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /^virtual key \S+ on \S+:(\d+),/m.exec(output);
      if (!found) return;
      clearTimeout(timer);
      done(Number(found[1]));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      failed(new Error(`the virtual key ended with ${code ?? 'a signal'}`));
    });
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { port, stop };
}

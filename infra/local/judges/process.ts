import { spawn } from 'node:child_process';

/** How a program ended. `code` is -1 if it could not be started or was stopped for taking too long. */
export interface Ended {
  readonly code: number;
  /** Both streams, as they came. */
  readonly output: string;
  /** Standard output alone: prompts and complaints are not in it. */
  readonly stdout: string;
  readonly missing: boolean;
}

export interface RunOptions {
  /** What is typed; then the input ends. */
  readonly input?: string;
  /** Default 60 000. */
  readonly timeoutMs?: number;
  /** Without a terminal, whatever this process has: programs that ask for a PIN then read their input. */
  readonly ownSession?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end. Never rejects: what went wrong is in the result. */
export function runProgram(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { input = '', timeoutMs = 60_000, ownSession = false, env = process.env } = options;
  return new Promise((resolve) => {
    const child = spawn(file, args, { detached: ownSession, env, stdio: 'pipe' });
    let output = '';
    let stdout = '';
    let missing = false;
    const limit = setTimeout(() => {
      output += `\nstopped after ${timeoutMs} ms`;
      child.kill('SIGKILL');
    }, timeoutMs);
    const collect = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
      collect(chunk);
    });
    child.stderr.on('data', collect);
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error: NodeJS.ErrnoException) => {
      missing = error.code === 'ENOENT';
      clearTimeout(limit);
      resolve({ code: -1, output, stdout, missing });
    });
    child.on('close', (code) => {
      clearTimeout(limit);
      resolve({ code: code ?? -1, output, stdout, missing });
    });
  });
}

/** Gives what a program printed; rejects with that and its complaints if it did not end well. */
export async function needRun(file: string, args: readonly string[], options?: RunOptions): Promise<string> {
  const { code, output, stdout, missing } = await runProgram(file, args, options);
  if (missing) throw new Error(`${file} is not installed`);
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}: ${output.trim()}`);
  return stdout;
}

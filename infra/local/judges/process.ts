import { execFile } from 'node:child_process';

/** How a program ended. `code` is -1 if it could not be started or was stopped for taking too long. */
export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly missing: boolean;
}

/** Runs a program to its end. Never rejects: what went wrong is in the result. */
export function runProgram(file: string, args: readonly string[], timeoutMs = 60_000): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 8 << 20 } as const;
    execFile(file, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output: stdout + stderr, missing: error?.code === 'ENOENT' });
    });
  });
}

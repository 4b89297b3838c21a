import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(__dirname, '../../..');

export interface AgentProcess {
  /** Every line so far, and whether it came from the error stream. */
  lines(): readonly { text: string; error: boolean }[];
  onLine(listener: (line: string, error: boolean) => void): () => void;
  /** A line for the agent's input. */
  write(text: string): void;
  /** Waits for a line that matches. @throws Error with what was said, when the time is over or the agent ends before. */
  waitFor(pattern: RegExp, ms?: number): Promise<RegExpExecArray>;
  /** The exit code; null: ended by a signal. */
  ended: Promise<number | null>;
  kill(signal?: NodeJS.Signals): void;
}

/** Runs the workstation agent as its own process, as at a workstation. */
export function runAgent(
  args: readonly string[],
  options: { data: string; env?: Readonly<Record<string, string>> },
): AgentProcess {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'agent/main.ts'), ...args], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      KEYVOUCH_AGENT_DATA: options.data,
      NO_COLOR: '1',
      ...options.env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: { text: string; error: boolean }[] = [];
  const listeners = new Set<(line: string, error: boolean) => void>();
  const take = (text: string, error: boolean) => {
    lines.push({ text, error });
    for (const listener of listeners) listener(text, error);
  };
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => take(line, false));
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => take(line, true));
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));

  return {
    lines: () => lines,
    onLine: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    write: (text) => child.stdin?.write(`${text}\n`),
    waitFor: (pattern, ms = 15_000) =>
      new Promise((found, failed) => {
        const said = () => lines.map(({ text }) => text).join('\n');
        const look = (line: string) => {
          const match = pattern.exec(line);
          if (match) settle(() => found(match));
        };
        const settle = (finish: () => void) => {
          clearTimeout(late);
          listeners.delete(look);
          finish();
        };
        const late = setTimeout(
          () => settle(() => failed(new Error(`the agent did not say ${String(pattern)}:\n${said()}`))),
          ms,
        );
        void ended.then((code) =>
          settle(() =>
            failed(new Error(`the agent ended (${code ?? 'signal'}) before ${String(pattern)}:\n${said()}`)),
          ),
        );
        listeners.add(look);
        for (const { text } of lines) look(text);
      }),
    ended,
    kill: (signal = 'SIGTERM') => child.kill(signal),
  };
}

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program that answers each line of JSON with lines of JSON. One request at a time. */
export interface JsonLines {
  /**
   * @param onNote lines that come before the answer: objects with `note`
   * @throws Error with what the program gave as `error`
   */
  ask(request: object, onNote?: (note: string) => void): Promise<unknown>;
  close(): Promise<void>;
}

const ANSWER_MS = 90_000;

export function startJsonLines(name: string, command: readonly string[], env = process.env): JsonLines {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  child.once('error', () => undefined);
  child.stdin.on('error', () => undefined);

  const answer = async (onNote?: (note: string) => void): Promise<unknown> => {
    for (;;) {
      const line = await lines.next();
      if (line.done === true) throw new Error(`${name} ended`);
      const message = JSON.parse(line.value) as { ok?: unknown; error?: string; note?: string };
      if (message.note !== undefined) onNote?.(message.note);
      else if (message.error !== undefined) throw new Error(message.error);
      else return message.ok;
    }
  };
  return {
    ask: async (request, onNote) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const limit = setTimeout(() => child.kill('SIGKILL'), ANSWER_MS);
      try {
        return await answer(onNote);
      } finally {
        clearTimeout(limit);
      }
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { type Contestant } from './contestant';

/**
 * A contestant that is a program: it prints "0" when it has the key open, then reads one operation a line and answers
 * with milliseconds, or with "error WHY".
 *
 * @param command the program and its arguments
 */
export async function harness(name: string, command: readonly string[], env = process.env): Promise<Contestant> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  child.once('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const answer = async (to: string): Promise<number> => {
    const line = await lines.next();
    const text = line.done === true ? 'it ended' : line.value;
    const ms = Number(text);
    if (!Number.isFinite(ms)) throw new Error(`${name}, ${to}: ${text}`);
    return ms;
  };
  // Whoever opens a key reads getInfo, and a key forgets a list that another one is reading when it is asked that.
  await answer('open');
  return {
    name,
    run: async (operation, bare = false) => {
      child.stdin.write(`${bare ? 'bare ' : ''}${operation}\n`);
      return answer(operation);
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

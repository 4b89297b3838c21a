import { createInterface } from 'node:readline/promises';
import { Fault } from '../../agent/protocol/fault';

/** Where a command speaks to a person. Tests put their own in. */
export interface Terminal {
  /** One line. */
  say(line: string): void;
  /** For a person who waits; not part of the result. */
  hint(line: string): void;
  /** @throws Fault `confirm-needed` where nobody is there to answer */
  ask(question: string): Promise<string>;
}

// Rows that somebody else wrote may hold what moves a cursor or turns text around.
const ODD = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text that cannot steer a terminal. */
export function printable(text: string): string {
  return text.replace(ODD, '\ufffd');
}

export const processTerminal: Terminal = {
  say: (line) => console.log(printable(line)),
  hint: (line) => console.error(printable(line)),
  async ask(question) {
    if (!process.stdin.isTTY) {
      throw new Fault({
        code: 'confirm-needed',
        say: 'This needs a confirmation, and nobody is there to type it.',
        todo: 'Give it with --confirm.',
      });
    }
    const reader = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return (await reader.question(printable(question))).trim();
    } finally {
      reader.close();
    }
  },
};

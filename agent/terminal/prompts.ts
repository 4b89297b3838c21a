import { type ReadStream } from 'node:tty';
import { keyCancelled } from '../hid/faults';
import { type PinQuestion, type Prompts } from '../operations/prompts';
import { Fault } from '../protocol/fault';
import { Secret } from '../protocol/secret';
import { inert } from './inert';
import { readHidden } from './read-hidden';
import { readLine } from './read-line';

/** Where the person sits. */
export interface TerminalOptions {
  /** File descriptor from which PINs are read, one a line, instead of the keyboard. */
  pinFd?: number | undefined;
  /**
   * How often `pinFd` is read for the PIN that the key has. Default `many`, for a program that listens to what is asked.
   * `once` for a list written beforehand: the line after a wrong PIN may be meant for another question.
   */
  pinTries?: 'once' | 'many';
  input?: ReadStream | (NodeJS.ReadableStream & { isTTY?: boolean; fd?: number });
  /** Default stderr: stdout belongs to what a program reads (`--json`). */
  output?: NodeJS.WritableStream & { isTTY?: boolean };
  env?: NodeJS.ProcessEnv;
}

const FRAMES = ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'];
const CLEAR_LINE = '\r\x1b[K';

/** Speaks with the person on a terminal; without one, prints plain lines and reads answers from the input. */
export function terminalPrompts(options: TerminalOptions = {}): Prompts {
  const { env = process.env, pinFd, pinTries = 'many' } = options;
  // Opened when first needed: most commands that only look say nothing here, and opening them takes its time.
  const input = () => options.input ?? process.stdin;
  const output = () => options.output ?? process.stderr;
  const write = (text: string) => void output().write(text);
  const live = () => output().isTTY === true && env['TERM'] !== 'dumb';
  const bold = (text: string) => (live() && !env['NO_COLOR'] ? `\x1b[1;36m${text}\x1b[0m` : text);
  const line = (text: string) => write(`${live() ? CLEAR_LINE : ''}${inert(text)}\n`);
  let pinGiven = false;

  return {
    say: line,
    progress(text) {
      if (!live()) {
        line(text);
        return { done: () => undefined };
      }
      let frame = 0;
      let shown = text;
      const draw = () => write(`${CLEAR_LINE}${FRAMES[frame++ % FRAMES.length] ?? ''} ${inert(shown)}`);
      draw();
      const timer = setInterval(draw, 120);
      return {
        update(next) {
          shown = next;
          draw();
        },
        done() {
          clearInterval(timer);
          write(CLEAR_LINE);
        },
      };
    },
    touch(words) {
      const text = inert(words);
      // The bell: the person may be looking elsewhere.
      write(live() ? `${CLEAR_LINE}\x07${bold(`>> ${text}`)}\n` : `>> ${text}\n`);
    },
    touchDone: () => undefined,
    async askPin(question, signal) {
      const label = pinLabel(question);
      if (pinFd !== undefined) {
        if (question.purpose === 'enter' && pinTries === 'once' && pinGiven) throw wrongPinGiven();
        pinGiven ||= question.purpose === 'enter';
        return new Secret(await readLine(pinFd, signal));
      }
      const terminal = input();
      if (!isTerminal(terminal)) throw noTerminal();
      write(bold(label));
      try {
        return await readHidden(terminal, signal);
      } finally {
        write('\n');
      }
    },
    async confirm(question, signal) {
      const answer = await ask(`${question} [y/N] `, signal);
      return /^y(es)?$/i.test(answer.trim());
    },
    ask: (question, signal) => ask(`${question} `, signal),
  };

  async function ask(question: string, signal?: AbortSignal): Promise<string> {
    const terminal = input();
    if (!isTerminal(terminal)) {
      line(question);
      return readLine('fd' in terminal && typeof terminal.fd === 'number' ? terminal.fd : 0, signal);
    }
    const { createInterface } = await import('node:readline/promises');
    const reader = createInterface({ input: terminal, output: output() });
    try {
      return await reader.question(bold(inert(question)), signal ? { signal } : {});
    } catch (cause) {
      write('\n');
      throw keyCancelled(cause);
    } finally {
      reader.close();
    }
  }
}

function isTerminal(input: TerminalOptions['input']): input is ReadStream {
  return input?.isTTY === true && 'setRawMode' in input;
}

function pinLabel({ purpose, minimum, retriesLeft }: PinQuestion): string {
  if (purpose === 'new') return `New PIN (at least ${minimum} characters): `;
  if (purpose === 'repeat') return 'The new PIN again: ';
  return retriesLeft === undefined ? 'PIN of the key: ' : `PIN of the key (${retriesLeft} tries left): `;
}

function wrongPinGiven(): Fault {
  return new Fault({
    code: 'key-pin-wrong',
    say: 'The PIN that was given does not open the key.',
    todo: 'Find the right PIN first: each wrong one costs a try. No second one was tried.',
  });
}

function noTerminal(): Fault {
  return new Fault({
    code: 'no-terminal',
    say: 'The PIN cannot be typed here: this is no terminal.',
    todo: 'Run the agent in a terminal, or give the PIN on a file descriptor with --pin-fd N.',
  });
}

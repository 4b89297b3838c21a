import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { type WorkstationPort } from '../ports';
import { createTerminalLines } from './terminal-lines';

/** A program that can be started at the workstation. */
export interface WorkstationCommand {
  id: string;
  /** On its button. */
  label: string;
  /** What to run, and with what. */
  run: readonly [program: string, ...args: string[]];
}

export interface WorkstationOptions {
  commands: readonly WorkstationCommand[];
  /** Default: this process' own. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Gives the program a terminal, so that it can ask for a PIN as it does for a person. Default: where `script` is, on Linux. */
  terminal?: boolean;
}

/** How long a stopped program may tidy up. */
const STOP_MS = 2000;

/** A workstation's terminal over a child process. One program at a time. */
export function workstationPort(options: WorkstationOptions): WorkstationPort & { close(): Promise<void> } {
  const { commands, terminal = process.platform === 'linux' } = options;
  const events = new EventEmitter();
  const screen = createTerminalLines();
  let child: ChildProcess | undefined;
  const changed = () => void events.emit('changed');

  const stop = async (): Promise<void> => {
    const running = child;
    if (!running) return;
    const gone = new Promise((resolve) => running.once('close', resolve));
    signal(running, 'SIGTERM');
    const timer = setTimeout(() => signal(running, 'SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(timer);
  };

  return {
    state: () => {
      const prompt = child && screen.prompt();
      return {
        lines: screen.lines(),
        running: child !== undefined,
        commands: commands.map(({ id, label }) => ({ id, label })),
        ...(prompt && { prompt }),
      };
    },
    start: async (id) => {
      const command = commands.find((candidate) => candidate.id === id);
      if (!command || child) return;
      screen.print('note', `$ ${command.label}`);
      const [program, ...args] = terminal ? inTerminal(command.run) : command.run;
      const started = spawn(program, args, {
        cwd: options.cwd,
        // A plain terminal: questions and hidden fields, but no spinners and colours.
        env: { ...(options.env ?? process.env), TERM: 'dumb', NO_COLOR: '1' },
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
      });
      child = started;
      for (const stream of [started.stdout, started.stderr]) {
        stream.setEncoding('utf8').on('data', (piece: string) => {
          screen.feed(piece);
          changed();
        });
      }
      started.once('error', (error) => screen.print('note', `Cannot be started: ${error.message}`));
      // A program that ended meanwhile reads nothing any more.
      started.stdin.on('error', () => undefined);
      started.once('close', (code) => {
        child = undefined;
        screen.end();
        screen.print('note', code === 0 || code === null ? 'Ended.' : `Ended with ${code}.`);
        changed();
      });
      changed();
    },
    write: (text) => {
      if (!child?.stdin) return;
      const masked = screen.prompt()?.masked === true;
      // On a terminal the program itself shows what is typed openly; what is hidden is never shown, here neither.
      if (masked) screen.answered(undefined);
      else if (!terminal) screen.answered(text);
      child.stdin.write(`${text}${terminal ? '\r' : '\n'}`);
      changed();
    },
    stop,
    close: stop,
    subscribe: (listener) => {
      events.on('changed', listener);
      return () => void events.off('changed', listener);
    },
  };
}

/** The whole group: a terminal's program is a child of the child. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // It was gone already.
  }
}

/**
 * util-linux `script` runs a command line in a pseudo-terminal and passes its exit code on. The terminal itself echoes
 * nothing: a PIN that is typed before the program has hidden its field would be seen.
 */
function inTerminal([program, ...args]: WorkstationCommand['run']): [string, ...string[]] {
  const line = [program, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return ['script', '--quiet', '--return', '--flush', '--echo', 'never', '--command', line, '/dev/null'];
}

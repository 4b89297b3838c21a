import { Fault } from '../protocol/fault';
import { teller } from '../service/agent-event';
import { toldPrompts } from '../service/told-prompts';
import { inert, inertJson } from '../terminal/inert';
import { isInteractive } from '../terminal/interactive';
import { keptPin } from '../terminal/kept-pin';
import { print } from '../terminal/print';
import { terminalPrompts } from '../terminal/prompts';
import { EXIT, exitStatus } from './exit-status';
import { type Session } from './session';
import { type DocumentName, type DocumentOf } from './shapes/documents';

/** Options that every command understands which has them. */
export interface RunOptions {
  /** Print one JSON document on stdout. */
  json?: true | undefined;
  /** Print events on stdout while it goes on. */
  jsonLines?: true | undefined;
  pinFd?: number | undefined;
}

/** What a command found or did. */
export interface Outcome<K extends DocumentName> {
  /** For `--json`. */
  document: DocumentOf<K>;
  /** For a person, on stdout; nothing where all was said already. */
  text?: string | undefined;
  /** Default 0. */
  status?: number;
}

/**
 * Runs a command: gives it the terminal, lets Ctrl+C call it off, prints what it did as text or as JSON, and sets the
 * exit status. A Fault becomes its sentence and its mend on stderr, the error document with `--json`, an event with
 * `--json-lines`, and the exit status of its kind. Without a terminal, PINs are read where answers are: from the input.
 */
export async function runCommand<K extends DocumentName>(
  name: K,
  options: RunOptions,
  work: (session: Session) => Promise<Outcome<K>>,
): Promise<void> {
  const { json = false, jsonLines = false } = options;
  const tell = teller(jsonLines);
  const stop = new AbortController();
  const pinFd = options.pinFd ?? (isInteractive() ? undefined : 0);
  // A program that hears each question may answer again; a list written beforehand gets one try.
  const pinTries = jsonLines ? 'many' : 'once';
  const { prompts, keep } = keptPin(toldPrompts(terminalPrompts({ pinFd, pinTries }), tell));
  const onSignal = () => {
    // Whoever presses it twice does not want to wait for anything.
    if (stop.signal.aborted) process.exit(EXIT.cancelled);
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  let status: number;
  try {
    const interactive = isInteractive();
    const outcome = await work({ prompts, tell, signal: stop.signal, interactive, pinWasRight: keep });
    if (json) {
      const { documentOf } = await import('./shapes/documents');
      print(inertJson(documentOf(name, outcome.document)));
    } else if (outcome.text !== undefined && !jsonLines) {
      print(inert(outcome.text));
    }
    status = outcome.status ?? EXIT.done;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, say, todo } = error;
    if (code !== 'key-cancelled') prompts.say(`${say}\n${todo} (${code})`);
    tell({ event: 'failed', code, say, todo });
    if (json) print(inertJson({ error: { code, say, todo } }));
    status = exitStatus(error);
  }
  tell({ event: 'ended' });
  if (stop.signal.aborted) {
    // A question that nobody answers still reads from a pipe, and would keep the process.
    await new Promise<void>((flushed) => void process.stdout.write('', () => flushed()));
    process.exit(EXIT.cancelled);
  }
  process.exitCode = status;
  process.off('SIGINT', onSignal);
  process.off('SIGTERM', onSignal);
}

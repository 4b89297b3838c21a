import { type Prompts } from '../operations/prompts';
import { Fault } from '../protocol/fault';
import { type Tell, teller } from '../service/agent-event';
import { toldPrompts } from '../service/told-prompts';
import { terminalPrompts } from '../terminal/prompts';
import { EXIT, exitStatus } from './exit-status';

/** One run of a command that speaks with a person: how, and how it is called off. */
export interface Session {
  prompts: Prompts;
  tell: Tell;
  signal: AbortSignal;
}

/**
 * Runs a command that a person can call off with Ctrl+C. A Fault becomes its sentence, its mend and the exit status of
 * its kind; with `jsonLines`, an event too. Without a terminal, PINs are read where answers are: from the input.
 */
export async function withSession(
  { jsonLines = false, pinFd }: { jsonLines?: boolean | undefined; pinFd?: number | undefined },
  work: (session: Session) => Promise<number | void>,
): Promise<void> {
  const tell = teller(jsonLines);
  const stop = new AbortController();
  const fromInput = process.stdin.isTTY ? undefined : 0;
  const prompts = toldPrompts(terminalPrompts({ pinFd: pinFd ?? fromInput }), tell);
  const onSignal = () => {
    // Whoever presses it twice does not want to wait for anything.
    if (stop.signal.aborted) process.exit(EXIT.cancelled);
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  let status: number;
  try {
    status = (await work({ prompts, tell, signal: stop.signal })) ?? EXIT.done;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, say, todo } = error;
    if (code !== 'key-cancelled') prompts.say(`${say}\n${todo} (${code})`);
    tell({ event: 'failed', code, say, todo });
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

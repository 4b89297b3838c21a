import { Fault } from '../protocol/fault';

/** Runs what a command does; a Fault becomes its sentence and its mend on stderr, and exit status 1. */
export async function runCommand(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    process.exitCode = 1;
    console.error(`${error.say}\n${error.todo} (${error.code})`);
  }
}

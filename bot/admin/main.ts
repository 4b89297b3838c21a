import { CommanderError } from 'commander';
import { Fault } from '../../agent/protocol/fault';
import { EXIT } from './exit-status';
import { openAdmin } from './open';
import { adminProgram } from './program';
import { printable, processTerminal } from './terminal';

const USAGE = /^(usage|settings-.*|keys-missing)$/;

/** Says what went wrong, and gives the exit status. */
function failed(error: unknown): number {
  // Commander has told the person already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (!(error instanceof Fault)) {
    console.error(printable(error instanceof Error ? error.message : String(error)));
    return EXIT.failed;
  }
  console.error(printable(error.say));
  console.error(printable(`${error.todo} (${error.code})`));
  return USAGE.test(error.code) ? EXIT.usage : EXIT.failed;
}

async function main(): Promise<void> {
  // Whoever reads our output may leave before we are done: `… | head -1`.
  process.stdout.on('error', () => process.exit(EXIT.done));
  const exit = (status: number) => void (process.exitCode = status);
  const parts = { open: openAdmin, terminal: processTerminal, stdout: process.stdout, env: process.env, exit };
  try {
    await adminProgram(parts).parseAsync(process.argv);
  } catch (error) {
    process.exitCode = failed(error);
  }
}

void main();

import { CommanderError } from 'commander';
import { EXIT, exitStatus } from './commands/exit-status';
import { agentProgram } from './commands/program';
import { refusePinArgument } from './commands/refuse-pin-argument';
import { Fault } from './protocol/fault';
import { inert, inertJson } from './terminal/inert';
import { print } from './terminal/print';

async function main(args: readonly string[]): Promise<void> {
  // Whoever reads our output may leave before we are done: `keyvouch-agent info | head -1`.
  process.stdout.on('error', () => process.exit(EXIT.done));
  try {
    refusePinArgument(args);
    await agentProgram(args[0]).parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = failed(error, args.includes('--json'));
  }
}

/** Says what went wrong where no command has said it, and gives the exit status. */
function failed(error: unknown, json: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
  const { code, say, todo, status } = wordsOf(error);
  // Commander has told the person already.
  if (!(error instanceof CommanderError)) console.error(inert(`${say}\n${todo} (${code})`));
  if (json) print(inertJson({ error: { code, say, todo } }));
  return status;
}

function wordsOf(error: unknown): { code: string; say: string; todo: string; status: number } {
  if (error instanceof Fault) {
    const { code, say, todo } = error;
    return { code, say, todo, status: exitStatus(error) };
  }
  if (error instanceof CommanderError) {
    const say = error.message.replace(/^error: /, '');
    return { code: 'usage', say, todo: 'Look at the help of the command: --help.', status: EXIT.usage };
  }
  // A stack only on request: a person cannot do anything with it.
  const debug = process.env['KEYVOUCH_DEBUG'] === '1';
  const text = error instanceof Error ? ((debug ? error.stack : undefined) ?? error.message) : String(error);
  return {
    code: 'agent-failed',
    say: `Something went wrong in the agent: ${text.split('\n', debug ? 50 : 1).join('\n')}`,
    todo: debug ? 'Please report this.' : 'Please try again; KEYVOUCH_DEBUG=1 shows more for a report.',
    status: EXIT.failed,
  };
}

void main(process.argv.slice(2));

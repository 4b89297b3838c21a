import { Command, CommanderError } from 'commander';
import { EXIT } from './commands/exit-status';
import { addInfo } from './commands/info';
import { addKeys } from './commands/keys';
import { addPair } from './commands/pair';
import { addRun } from './commands/run';
import { addStatus } from './commands/status';
import { addUnpair } from './commands/unpair';
import { agentVersion } from './commands/version';

async function main(): Promise<void> {
  const program = new Command('keyvouch-agent')
    .description('Sets up security keys on this workstation, for Keyvouch. It only ever dials out.')
    .version(agentVersion())
    .showSuggestionAfterError()
    .exitOverride();
  for (const add of [addPair, addRun, addStatus, addUnpair, addKeys, addInfo]) add(program);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = statusOf(error);
  }
}

/** Commander has said what is wrong with the command line; anything else gets one line here, a stack only on request. */
function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const debug = process.env['KEYVOUCH_DEBUG'] === '1';
  const text = error instanceof Error ? ((debug ? error.stack : undefined) ?? error.message) : String(error);
  console.error(`Something went wrong in the agent: ${text.split('\n', debug ? 50 : 1).join('\n')}`);
  if (!debug) console.error('Please try again; KEYVOUCH_DEBUG=1 shows more for a report.');
  return EXIT.failed;
}

void main();

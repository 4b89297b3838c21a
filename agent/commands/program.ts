import { Command } from 'commander';
import { addBlobs } from './blobs';
import { addBroker } from './broker';
import { addCompletion } from './completion';
import { addConfig } from './config';
import { addDoctor } from './doctor';
import { EXIT_WORDS } from './exit-status';
import { addFingerprints } from './fingerprints';
import { addInfo } from './info';
import { addKeys } from './keys';
import { addPair } from './pair';
import { addPasskeys } from './passkeys';
import { addPin } from './pin';
import { addReset } from './reset';
import { addRun } from './run';
import { addSchema } from './schema';
import { addStatus } from './status';
import { addUnpair } from './unpair';
import { agentVersion } from './version';
import { addWink } from './wink';

/** By the name of each, so that it can be found without setting up the others. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, (program: Command) => void>>>> = {
  'Security keys:': {
    keys: addKeys,
    info: addInfo,
    pin: addPin,
    passkeys: addPasskeys,
    fingerprints: addFingerprints,
    config: addConfig,
    blobs: addBlobs,
    reset: addReset,
    wink: addWink,
  },
  'Keyvouch:': { pair: addPair, run: addRun, status: addStatus, unpair: addUnpair },
  'Other:': { doctor: addDoctor, broker: addBroker, completion: addCompletion, schema: addSchema },
};

/** Completion writes down every command. */
const NEEDS_ALL = 'completion';

/**
 * The program with all its commands. Nothing heavy is loaded before a command runs: `keys` must start at once.
 * @param asked The first word of the command line: where it names a command, the others are not set up
 */
export function agentProgram(asked?: string): Command {
  const program = new Command('keyvouch-agent')
    .description('Sets up security keys on this workstation, by hand or for Keyvouch. It only ever dials out.')
    .version(agentVersion())
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', () => `\nExit status:\n${EXIT_WORDS.map(exitLine).join('\n')}`);
  const groups = Object.entries(GROUPS);
  const named = groups.some(([, commands]) => Object.hasOwn(commands, asked ?? '')) && asked !== NEEDS_ALL;
  for (const [title, commands] of groups) {
    program.commandsGroup(title);
    for (const [name, add] of Object.entries(commands)) if (!named || name === asked) add(program);
  }
  return program;
}

const exitLine = ([status, means]: readonly [number, string]) => `  ${String(status).padStart(3)}  ${means}`;

import { type Command } from 'commander';
import { jsonOption, withExamples } from './options';
import { runCommand } from './run-command';
import { addServiceOptions, type ServiceOptions } from './service-options';

export interface PairOptions extends ServiceOptions {
  service?: string;
  name?: string;
  code?: string;
  yes?: true;
  rotate?: true;
}

/** Adds `pair`: ties this workstation to a person's account in the service. */
export function addPair(program: Command): void {
  const command = program
    .command('pair')
    .description('pair this workstation with Keyvouch, by the code that the chat gives')
    .option('--service <url>', 'address of the Keyvouch service (KEYVOUCH_SERVICE)')
    .option('--name <name>', 'what this workstation is called in the chat (default: its host name)')
    .option('--code <code>', 'the pairing code; asked for when it is not given')
    .option('--yes', 'take the place of an older pairing without asking')
    .option('--rotate', 'give this workstation a new key and keep the pairing')
    .addOption(jsonOption().conflicts('jsonLines'));
  addServiceOptions(command).action((options: PairOptions) =>
    runCommand('pair', options, async (session) =>
      options.rotate
        ? (await import('./actions/rotate')).rotateHere(options, session)
        : (await import('./actions/pair')).pairHere(options, session),
    ),
  );
  withExamples(
    command,
    ['pair --service https://keyvouch.example', 'asks for the code; type "pair" in the chat for one'],
    ['pair --rotate', 'a new key at once; the agent does so by itself every 90 days'],
  );
}

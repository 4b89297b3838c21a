import { type Command } from 'commander';
import { confirmOption, type KeyOptions, withExamples, withKeyOptions } from './options';
import { runCommand } from './run-command';

export interface ResetCommandOptions extends KeyOptions {
  confirm?: string;
}

/** Adds `reset`: erases the FIDO2 part of a key. */
export function addReset(program: Command): void {
  const command = withKeyOptions(
    program
      .command('reset')
      .description('erase every passkey, the PIN and the fingerprints on a security key, for ever'),
  )
    .addOption(confirmOption('the address of the key, as "keys" shows it'))
    .addHelpText(
      'after',
      '\nThe key must be unplugged, plugged in again and touched: it hears a reset only in the first seconds.\n' +
        'What else is on the key (one-time passwords, smart card) stays.',
    )
    .action((options: ResetCommandOptions) =>
      runCommand('reset', options, async (session) => (await import('./actions/reset')).resetHere(options, session)),
    );
  withExamples(
    command,
    ['reset', 'offers to list what will be gone, then asks for a word'],
    ['reset --confirm /dev/hidraw3', 'without asking; somebody must still touch it'],
  );
}

import { type Command } from 'commander';
import { type KeyOptions, deviceOption, jsonOption, withExamples } from './options';
import { runCommand } from './run-command';

/** Adds `keys`: which security keys are plugged in, and whether they have a PIN. */
export function addKeys(program: Command): void {
  const command = program
    .command('keys')
    .description('list the security keys that are plugged in')
    .addOption(deviceOption())
    .addOption(jsonOption())
    .action((options: KeyOptions) =>
      runCommand('keys', options, async () => (await import('./actions/keys')).keys(options)),
    );
  withExamples(command, ['keys', 'each key, its model and the state of its PIN'], ['keys --json', 'for a program']);
}

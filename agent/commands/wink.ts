import { type Command } from 'commander';
import { deviceOption, jsonOption, type KeyOptions, withExamples } from './options';
import { runCommand } from './run-command';

/** Adds `wink`: lets a key blink, to find out which one it is. */
export function addWink(program: Command): void {
  const command = program
    .command('wink')
    .description('let each security key blink, or the ones that --device names')
    .addOption(deviceOption())
    .addOption(jsonOption())
    .action((options: KeyOptions) =>
      runCommand('wink', options, async () => (await import('./actions/wink')).winkKeys(options)),
    );
  withExamples(command, ['wink --device /dev/hidraw3', 'which of the keys is this one?']);
}

import { type Command } from 'commander';
import { deviceOption, jsonOption, type KeyOptions, withExamples } from './options';
import { runCommand } from './run-command';

/** Adds `info`: everything that one security key says of itself. */
export function addInfo(program: Command): void {
  const command = program
    .command('info')
    .description('show what a security key can do and how it is set up; needs no PIN')
    .addOption(deviceOption())
    .addOption(jsonOption())
    .action((options: KeyOptions) =>
      runCommand('info', options, async (session) => (await import('./actions/info')).info(options, session)),
    );
  withExamples(
    command,
    ['info', 'asks for a touch when several keys are plugged in'],
    ['info --json', 'for a program'],
  );
}

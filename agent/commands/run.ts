import { type Command, InvalidArgumentError } from 'commander';
import { deviceOption, jsonOption, pinFdOption, withExamples } from './options';
import { runCommand } from './run-command';
import { addServiceOptions, type ServiceOptions } from './service-options';

export interface RunCommandOptions extends ServiceOptions {
  once?: true;
  untilIdle?: number;
  device: string[];
  pinFd?: number;
}

/** Adds `run`: fetches the jobs of this workstation and runs them with the person who is there. */
export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('run the jobs that Keyvouch has for this workstation, while you wait')
    .option('--once', 'end after one job')
    .option('--until-idle <seconds>', 'end after so long without a job', seconds)
    .addOption(deviceOption())
    .addOption(pinFdOption())
    .addOption(jsonOption().conflicts('jsonLines'));
  addServiceOptions(command).action((options: RunCommandOptions) =>
    runCommand('run', options, async (session) => (await import('./actions/run')).runHere(options, session)),
  );
  withExamples(command, ['run', 'until Ctrl+C'], ['run --once', 'one job, then its exit status']);
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('Not a number of seconds.');
  return value;
}

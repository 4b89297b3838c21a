import { type Command } from 'commander';
import { deviceOption, jsonOption, withExamples } from './options';
import { runCommand } from './run-command';
import { dataOption } from './service-options';

export interface DoctorCommandOptions {
  device: string[];
  service?: string;
  data?: string;
  ca?: string;
  allowRemote?: true;
  json?: true;
}

/** Adds `doctor`: what stands in the way of registering a key here, and what to do about it. */
export function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('find out what stands in the way on this computer, and how to mend it; changes nothing')
    .option('--service <url>', 'address of the Keyvouch service (KEYVOUCH_SERVICE; default: the one it is paired with)')
    .addOption(deviceOption())
    .addOption(dataOption())
    .option('--ca <file>', 'trust the certificates in this PEM file too')
    .option('--allow-remote', 'do not mind an SSH session')
    .addOption(jsonOption())
    .action((options: DoctorCommandOptions) =>
      runCommand('doctor', options, async () => (await import('./actions/doctor')).doctor(options)),
    );
  withExamples(command, ['doctor', 'every check, its reason and its mend'], ['doctor --json', 'for a program']);
}

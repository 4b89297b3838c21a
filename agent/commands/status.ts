import { type Command } from 'commander';
import { jsonOption, withExamples } from './options';
import { runCommand } from './run-command';
import { dataOption } from './service-options';

export interface StatusOptions {
  data?: string;
  json?: true;
}

/** Adds `status`: with whom this workstation is paired. Asks nobody. */
export function addStatus(program: Command): void {
  const command = program
    .command('status')
    .description('show whether this workstation is paired, with which service and under which words')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action((options: StatusOptions) =>
      runCommand('status', options, async () => (await import('./actions/status')).status(options)),
    );
  withExamples(command, ['status', 'needs no key and no service'], ['status --json', 'for a program']);
}

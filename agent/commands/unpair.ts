import { type Command } from 'commander';
import { jsonOption, withExamples } from './options';
import { runCommand } from './run-command';
import { dataOption } from './service-options';

export interface UnpairOptions {
  data?: string;
  yes?: true;
  json?: true;
}

/** Adds `unpair`: forgets the pairing and its key on this workstation. */
export function addUnpair(program: Command): void {
  const command = program
    .command('unpair')
    .description('forget the pairing on this workstation and destroy its key')
    .addOption(dataOption())
    .option('--yes', 'do not ask: it can be paired again at any time')
    .addOption(jsonOption())
    .action((options: UnpairOptions) =>
      runCommand('unpair', options, async (session) => (await import('./actions/unpair')).unpair(options, session)),
    );
  withExamples(command, ['unpair', 'asks first']);
}

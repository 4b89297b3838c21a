import { type Command } from 'commander';
import { deviceOption, withExamples } from './options';

/** Adds `broker`: run by an administrator, opens security keys for one user of this computer. */
export function addBroker(program: Command): void {
  const command = program
    .command('broker')
    .description('open security keys for one user who may not; run by an administrator, ends with Ctrl+C')
    .requiredOption('--for <user>', 'the user who may use the keys, and nobody else')
    .addOption(deviceOption())
    .action(async (options: { for: string; device: string[] }) => {
      const { serveUser } = await import('./actions/broker');
      await serveUser(options);
    });
  withExamples(
    command,
    ['broker --for ada', "as root, or as administrator on Windows: ada's agent finds it by itself"],
    ['keys --device broker:', 'as ada: the keys that the broker opens for her'],
  );
}

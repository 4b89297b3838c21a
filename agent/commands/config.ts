import { Argument, type Command } from 'commander';
import { confirmOption, deviceOption, jsonOption, type KeyOptions, withExamples, withKeyOptions } from './options';
import { runCommand } from './run-command';

export interface ConfigSetOptions extends KeyOptions {
  yes?: true;
  confirm?: string;
}

/** What `config set` can set. */
export const SETTINGS = [
  'always-verify',
  'minimum-pin',
  'minimum-pin-sites',
  'force-pin-change',
  'enterprise-attestation',
] as const;
export type Setting = (typeof SETTINGS)[number];

const SETTINGS_HELP = `
Settings:
  always-verify on|off        ask for PIN or fingerprint at every use, also where a site does not
  minimum-pin N               the least number of characters of a PIN; can only grow, only a reset lowers it
  minimum-pin-sites a,b       the sites that may ask the key for that number; replaces the ones before
  force-pin-change            the PIN must be changed before the key does anything else
  enterprise-attestation on   attestations that name this very key, for sites it was made for; only a reset ends it
--yes is enough for what can be taken back; the others need --confirm with the name of the setting.`;

/** Adds `config show` and `config set`. */
export function addConfig(program: Command): void {
  const config = program.command('config').description('show or change the settings of a security key');
  const show = config
    .command('show')
    .description('show the settings; needs no PIN')
    .addOption(deviceOption())
    .addOption(jsonOption())
    .action((options: KeyOptions) =>
      runCommand('config show', options, async (session) => (await import('./actions/config')).show(options, session)),
    );
  const set = withKeyOptions(config.command('set').description('change one setting; needs the PIN'))
    .addArgument(new Argument('<setting>', 'what to set').choices(SETTINGS))
    .argument('[value]', 'what to set it to')
    .option('--yes', 'do not ask, where it can be taken back')
    .addOption(confirmOption('the name of the setting'))
    .addHelpText('after', SETTINGS_HELP)
    .action((setting: Setting, value: string | undefined, options: ConfigSetOptions) =>
      runCommand('config set', options, async (session) =>
        (await import('./actions/config')).set({ setting, value }, options, session),
      ),
    );
  withExamples(show, ['config show', 'what is set, and what this model can set']);
  withExamples(
    set,
    ['config set always-verify on', 'says what it will do, and asks'],
    ['config set minimum-pin 6 --confirm minimum-pin', 'without asking, for a program'],
  );
}

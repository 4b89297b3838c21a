import { type Command } from 'commander';
import { confirmOption, type KeyOptions, withExamples, withKeyOptions } from './options';
import { runCommand } from './run-command';

export interface PasskeyListOptions extends KeyOptions {
  site?: string;
}
export interface PasskeyDeleteOptions extends KeyOptions {
  confirm?: string;
}
export interface PasskeyRenameOptions extends KeyOptions {
  name?: string;
  displayName?: string;
}

const ID = 'its id, or the beginning of it as "list" shows it';

/** Adds `passkeys list`, `passkeys delete` and `passkeys rename`. */
export function addPasskeys(program: Command): void {
  const passkeys = program.command('passkeys').description('list, delete or rename the passkeys on a security key');
  addList(passkeys);
  addDelete(passkeys);
  addRename(passkeys);
}

function addList(passkeys: Command): void {
  const command = withKeyOptions(passkeys.command('list').description('list the passkeys by site; needs the PIN'))
    .option('--site <domain>', 'only those of this site')
    .action((options: PasskeyListOptions) =>
      runCommand('passkeys list', options, async (session) =>
        (await import('./actions/passkeys')).list(options, session),
      ),
    );
  withExamples(
    command,
    ['passkeys list', 'all of them'],
    ['passkeys list --site login.microsoft.com', 'those of Microsoft Entra'],
  );
}

function addDelete(passkeys: Command): void {
  const command = withKeyOptions(passkeys.command('delete').description('delete one passkey for ever; needs the PIN'))
    .argument('<id>', ID)
    .addOption(confirmOption('the passkey\'s whole id, as "list --json" gives it'))
    .action((id: string, options: PasskeyDeleteOptions) =>
      runCommand('passkeys delete', options, async (session) =>
        (await import('./actions/passkeys')).remove(id, options, session),
      ),
    );
  withExamples(command, ['passkeys delete 3f9a0c12', 'shows which one it is and asks']);
}

function addRename(passkeys: Command): void {
  const command = withKeyOptions(
    passkeys.command('rename').description("change a passkey's user name on the key; the account stays as it is"),
  )
    .argument('<id>', ID)
    .option('--name <name>', 'the user name')
    .option('--display-name <name>', 'the name that people read')
    .action((id: string, options: PasskeyRenameOptions) =>
      runCommand('passkeys rename', options, async (session) =>
        (await import('./actions/passkeys')).rename(id, options, session),
      ),
    );
  withExamples(command, ['passkeys rename 3f9a0c12 --display-name "Ada, work"', 'needs the PIN']);
}

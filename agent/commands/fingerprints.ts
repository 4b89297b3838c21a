import { type Command } from 'commander';
import { confirmOption, type KeyOptions, withExamples, withKeyOptions } from './options';
import { runCommand } from './run-command';

export interface FingerprintAddOptions extends KeyOptions {
  name?: string;
}
export interface FingerprintRemoveOptions extends KeyOptions {
  confirm?: string;
}

const WHICH = 'its id or its name, as "list" shows them';

/** Adds `fingerprints list`, `add`, `rename` and `remove`. */
export function addFingerprints(program: Command): void {
  const fingerprints = program
    .command('fingerprints')
    .description('list, add, rename or remove the fingerprints on a security key with a reader');
  addList(fingerprints);
  addAdd(fingerprints);
  addRename(fingerprints);
  addRemove(fingerprints);
}

function addList(fingerprints: Command): void {
  const command = withKeyOptions(
    fingerprints.command('list').description('list the enrolled fingerprints; needs the PIN'),
  ).action((options: KeyOptions) =>
    runCommand('fingerprints list', options, async (session) =>
      (await import('./actions/fingerprints')).list(options, session),
    ),
  );
  withExamples(command, ['fingerprints list', 'ids and names']);
}

function addAdd(fingerprints: Command): void {
  const command = withKeyOptions(
    fingerprints.command('add').description('enrol a finger, with guidance for each sample; needs the PIN'),
  )
    .option('--name <name>', 'what to call it')
    .action((options: FingerprintAddOptions) =>
      runCommand('fingerprints add', options, async (session) =>
        (await import('./actions/fingerprints')).add(options, session),
      ),
    );
  withExamples(command, ['fingerprints add --name "right index"', 'Ctrl+C leaves nothing behind']);
}

function addRename(fingerprints: Command): void {
  const command = withKeyOptions(fingerprints.command('rename').description('rename a fingerprint; needs the PIN'))
    .argument('<fingerprint>', WHICH)
    .argument('<name>', 'its new name')
    .action((which: string, name: string, options: KeyOptions) =>
      runCommand('fingerprints rename', options, async (session) =>
        (await import('./actions/fingerprints')).rename({ which, name }, options, session),
      ),
    );
  withExamples(command, ['fingerprints rename 0001 "left thumb"', 'by its id']);
}

function addRemove(fingerprints: Command): void {
  const command = withKeyOptions(fingerprints.command('remove').description('remove a fingerprint; needs the PIN'))
    .argument('<fingerprint>', WHICH)
    .addOption(confirmOption("the fingerprint's whole id or name"))
    .action((which: string, options: FingerprintRemoveOptions) =>
      runCommand('fingerprints remove', options, async (session) =>
        (await import('./actions/fingerprints')).remove(which, options, session),
      ),
    );
  withExamples(command, ['fingerprints remove "left thumb"', 'shows which one it is and asks']);
}

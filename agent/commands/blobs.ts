import { type Command } from 'commander';
import { confirmOption, type KeyOptions, withExamples, withKeyOptions } from './options';
import { runCommand } from './run-command';

export interface BlobReadOptions extends KeyOptions {
  out?: string;
}
export interface BlobChangeOptions extends KeyOptions {
  confirm?: string;
}

const ID = 'id of the passkey, or the beginning of it as "passkeys list" shows it';
const WHOLE_ID = "the passkey's whole id";

/** Adds `blobs list`, `read`, `write` and `delete`. */
export function addBlobs(program: Command): void {
  const blobs = program
    .command('blobs')
    .description('list, read, write or delete the data that passkeys keep on a security key (large blobs)');
  addList(blobs);
  addRead(blobs);
  addWrite(blobs);
  addDelete(blobs);
}

function addList(blobs: Command): void {
  const command = withKeyOptions(blobs.command('list').description('list the blobs; needs the PIN')).action(
    (options: KeyOptions) =>
      runCommand('blobs list', options, async (session) => (await import('./actions/blobs')).list(options, session)),
  );
  withExamples(command, ['blobs list', 'whose they are, and how long']);
}

function addRead(blobs: Command): void {
  const command = withKeyOptions(blobs.command('read').description('read the blob of a passkey; needs the PIN'))
    .argument('<id>', ID)
    .option('--out <file>', 'write it to this new file')
    .action((id: string, options: BlobReadOptions) =>
      runCommand('blobs read', options, async (session) =>
        (await import('./actions/blobs')).read(id, options, session),
      ),
    );
  withExamples(command, ['blobs read 3f9a0c12 --out cert.pem', 'a file that is there already stays as it is']);
}

function addWrite(blobs: Command): void {
  const command = withKeyOptions(blobs.command('write').description('store a file for a passkey; needs the PIN'))
    .argument('<id>', ID)
    .argument('<file>', 'what to store')
    .addOption(confirmOption(`${WHOLE_ID}; needed where a blob is replaced`))
    .action((id: string, file: string, options: BlobChangeOptions) =>
      runCommand('blobs write', options, async (session) =>
        (await import('./actions/blobs')).write({ id, file }, options, session),
      ),
    );
  withExamples(command, ['blobs write 3f9a0c12 cert.pem', 'asks before it replaces one']);
}

function addDelete(blobs: Command): void {
  const command = withKeyOptions(blobs.command('delete').description('delete the blob of a passkey; needs the PIN'))
    .argument('<id>', ID)
    .addOption(confirmOption(WHOLE_ID))
    .action((id: string, options: BlobChangeOptions) =>
      runCommand('blobs delete', options, async (session) =>
        (await import('./actions/blobs')).remove(id, options, session),
      ),
    );
  withExamples(command, ['blobs delete 3f9a0c12', 'the passkey itself stays']);
}

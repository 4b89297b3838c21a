import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command } from 'commander';
import { dataDirectory } from '../service/data-directory';
import { fileKeyStore } from '../service/file-key-store';
import { pairingStore } from '../service/pairing-file';
import { takeRunLock } from '../service/run-lock';
import { EXIT } from './exit-status';
import { dataOption } from './service-options';
import { type Session, withSession } from './with-session';

/** Adds `unpair`: forgets the pairing and its key on this workstation. */
export function addUnpair(program: Command): void {
  program
    .command('unpair')
    .description('forget the pairing on this workstation and destroy its key')
    .addOption(dataOption())
    .option('--yes', 'do not ask')
    .action((options: { data?: string; yes?: true }) => withSession({}, (session) => unpair(options, session)));
}

async function unpair({ data, yes }: { data?: string; yes?: true }, { prompts, signal }: Session): Promise<number> {
  const directory = dataDirectory(data);
  const sure = yes ?? (await prompts.confirm('Forget the pairing here and destroy its key?', signal));
  if (!sure) return EXIT.cancelled;
  const unlock = await takeRunLock(directory);
  try {
    const pairings = pairingStore(directory);
    // A damaged file is no reason to stay paired.
    const { candidate, pairing } = await pairings.read().catch(() => ({ candidate: undefined, pairing: undefined }));
    const keys = fileKeyStore(directory);
    for (const thumbprint of [candidate, pairing?.thumbprint]) if (thumbprint) await keys.remove(thumbprint);
    await pairings.remove();
    await rm(join(directory, 'jobs.json'), { force: true });
  } finally {
    await unlock();
  }
  prompts.say('This workstation has forgotten its pairing. Remove it in the chat too: type "workstations" there.');
  return EXIT.done;
}

import { Fault } from '../../protocol/fault';
import { type Act } from '../../protocol/job';
import { type JournalEntry, type Writing } from '../job-journal';
import { type Good } from './act';
import { type Again, withKeyAgain } from './key-again';

type Note<W extends Writing['what']> = Extract<Writing, { what: W }>;

/**
 * Finds out what became of a job that a crash or a power cut left in the middle. It looks, with the person and the key
 * where that is needed, and writes nothing: an old yes is no yes.
 *
 * @returns the result that the job came to after all
 * @throws Fault `agent-stopped` and the like where it came to nothing, or nobody can tell; `key-cancelled` leaves it open
 */
export async function recover({ writing }: JournalEntry, again: Again): Promise<Good<Act>> {
  switch (writing?.what) {
    case undefined:
      throw agentStopped();
    case 'setting-pin':
      return lookForPin(writing, again);
    case 'erasing':
      return (await import('./look-whether-erased')).lookWhetherErased(writing, again);
    case 'removing':
      return lookWhetherRemoved(writing, again);
    case 'enrolling':
      if (writing.added === 0) throw agentStopped();
      return { outcome: 'enrolled', added: writing.added, aaguid: writing.aaguid };
    case 'configuring':
      return lookAtSettings(writing, again);
  }
}

async function lookForPin({ how, aaguid }: Note<'setting-pin'>, again: Again): Promise<Good<'set-pin'>> {
  // Which PIN a key has only a try would show, and tries are the person's own.
  if (how === 'changed')
    throw agentStopped('Whether the PIN of the key was changed is not known: try the new one first.');
  const { hasPin } = await import('../../operations/set-pin');
  again.prompts.say('The agent stopped while a PIN was set.');
  const question = 'Is the key that is plugged in the very one that was to get a PIN?';
  const set = await withKeyAgain(again, { aaguid, question }, async (key) => hasPin(key) === true);
  if (set !== true) throw agentStopped();
  return { outcome: 'pin-set', how, aaguid };
}

async function lookWhetherRemoved(note: Note<'removing'>, again: Again): Promise<Good<'remove-passkey'>> {
  const { aaguid, credentialId } = note;
  const { passkeysOnKey } = await import('./passkeys-on-key');
  again.prompts.say('The agent stopped while a passkey was taken off a key.');
  const question = 'Is the key that is plugged in the very one from which it was to be taken?';
  const left = await withKeyAgain(again, { aaguid, question }, (key) =>
    passkeysOnKey(key, [credentialId], again.signal),
  );
  if (left === undefined || left === 'unknown') throw agentStopped();
  if (left.length > 0) throw agentStopped('The passkey is still on the key.');
  return { outcome: 'removed', passkey: 'removed', aaguid };
}

async function lookAtSettings({ aaguid, wanted }: Note<'configuring'>, again: Again): Promise<Good<'config'>> {
  const { settingsNow } = await import('./config');
  again.prompts.say("The agent stopped while a key's settings were changed.");
  const question = 'Is the key that is plugged in the very one that was to be set?';
  const now = await withKeyAgain(again, { aaguid, question }, settingsNow);
  const reached =
    now !== undefined &&
    now.alwaysUv >= wanted.alwaysUv &&
    now.minimumPin >= wanted.minimumPin &&
    now.forcePinChange >= wanted.forcePinChange;
  if (!reached) throw agentStopped('Not all of the settings were made.');
  return { outcome: 'configured', now, aaguid };
}

function agentStopped(what = ''): Fault {
  return new Fault({
    code: 'agent-stopped',
    say: `The agent stopped in the middle of this job. ${what}`.trim(),
    todo: 'Start it again from your request in the chat with Keyvouch.',
  });
}

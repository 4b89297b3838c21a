import { hasPin } from '../../operations/set-pin';
import { Fault } from '../../protocol/fault';
import { type Writing } from '../job-journal';
import { type Good } from './act';
import { type Again, withKeyAgain } from './key-again';
import { passkeysOnKey } from './passkeys-on-key';

export type ErasingNote = Extract<Writing, { what: 'erasing' }>;

/**
 * Looks whether a key was erased, after the moment of erasing was interrupted. It is never erased again for that.
 *
 * @returns `unknown` where nobody can tell for certain
 * @throws Fault `reset-not-done` where it still holds what it held
 */
export async function lookWhetherErased(note: ErasingNote, again: Again): Promise<Good<'reset'>> {
  const { aaguid, matched, matchedBy, hadPin } = note;
  const unknown: Good<'reset'> = { outcome: 'erased', erased: 'unknown', aaguid, matched, matchedBy };
  again.prompts.say('Erasing the key was interrupted. It is not erased a second time; only looked at.');
  if (again.signal?.aborted) return unknown;
  const question = 'Is the key that is plugged in the very one that was to be erased?';
  const found = await withKeyAgain(again, { aaguid, question }, async (key): Promise<Good<'reset'> | 'not-done'> => {
    const answered = await passkeysOnKey(key, matched, again.signal);
    if (answered !== 'unknown' && answered.length > 0) return 'not-done';
    // An erased key has no PIN; one that never had any shows nothing by that.
    const told = hadPin || (matched.length > 0 && answered !== 'unknown');
    return told && hasPin(key) !== true ? { ...unknown, erased: true, matchedBy: 'person' } : unknown;
  });
  if (found === 'not-done') throw notDone();
  return found ?? unknown;
}

function notDone(): Fault {
  return new Fault({
    code: 'reset-not-done',
    say: 'The key was not erased: it still holds the passkey that it held before.',
    todo: 'Start it again from your request in the chat with Keyvouch.',
  });
}

import { credentialManagementCommand } from '../../ctap/credential-management';
import { type Key } from '../../operations/key';
import { listPasskeys } from '../../operations/passkeys';
import { printable } from '../../operations/printable';
import { type Dialogue, hasPin } from '../../operations/set-pin';
import { Fault } from '../../protocol/fault';
import { type ActEnd, type Good, type Started } from './act';
import { eraseInTime } from './erase-in-time';
import { type ErasingNote, lookWhetherErased } from './look-whether-erased';
import { passkeysOnKey } from './passkeys-on-key';
import { refuseOtherKey } from './refuse-other-key';
import { isUnclear } from './unclear';
import { askYes } from './yes';

const WORD = 'ERASE';

/**
 * Erases the key with its person: which of the subject's passkeys it takes along is found silently before, and another
 * key than the job expects is left alone; what else goes is told to the person alone. Erasing is noted on disk right
 * before the key is asked to, and never asked twice.
 * @throws Fault `key-not-expected`, `key-holds-more`, `job-declined`, `reset-declined`, `reset-too-late`,
 *   `reset-not-done`, `key-not-found`, `key-no-touch` …
 */
export async function resetForJob(started: Started<'reset'>): Promise<ActEnd<'reset'>> {
  const { key, job, prompts, signal, devices } = started;
  const answered = await passkeysOnKey(key, job.credentialIds, signal);
  refuseOtherKey(job.expected, { aaguid: key.info.aaguid, answered });
  const matched = answered === 'unknown' ? [] : answered;
  const name = printable(job.subject.name);
  if (matched.length > 0)
    prompts.say(`This key holds ${counted(matched.length, `passkey of ${name} that`)} will be gone.`);
  else {
    const why = answered === 'unknown' ? 'This key does not tell whether it holds' : 'This key answers for none of';
    await askYes(prompts, `${why} the passkeys of ${name}. Are you sure that it is their key?`, signal);
  }
  await tellWhatElseGoes(key, matched.length, { prompts, signal });

  const note: ErasingNote = {
    what: 'erasing',
    aaguid: key.info.aaguid,
    hadPin: hasPin(key) === true,
    matched,
    matchedBy: matched.length > 0 ? 'silent' : 'person',
  };
  const agreed = (await prompts.ask(`Type ${WORD} to erase this key, anything else to leave it:`, signal)).trim();
  if (agreed !== WORD) throw declined();
  const noted = { erasing: false };
  const before = async () => {
    await started.writing(note);
    noted.erasing = true;
  };
  try {
    started.holds(await eraseInTime(key, { prompts, signal, devices, asked: job.credentialIds, matched, before }));
  } catch (error) {
    if (!noted.erasing || !isUnclear(error)) throw error;
    return { result: await lookWhetherErased(note, { prompts, signal, devices }) };
  }
  const { aaguid, matchedBy } = note;
  const result: Good<'reset'> = { outcome: 'erased', erased: true, aaguid, matched, matchedBy };
  return { result };
}

/** What of other sites is on the key: for the eyes of the person here, where the PIN is known and the key can list. */
async function tellWhatElseGoes(key: Key, known: number, dialogue: Dialogue): Promise<void> {
  const { prompts, signal } = dialogue;
  if (credentialManagementCommand(key.info) === undefined || hasPin(key) !== true) {
    prompts.say('What else is on this key cannot be listed. Whatever it is will be gone too.');
    return;
  }
  if (await prompts.confirm('List first all that is on the key? That takes its PIN: do not guess it.', signal)) {
    try {
      const passkeys = await listPasskeys(key, dialogue);
      prompts.say(`On this key: ${counted(passkeys.length, 'passkey')}.`);
      for (const { rpId, user } of passkeys) {
        prompts.say(`  - ${printable(rpId)} (${printable(user.displayName ?? user.name ?? 'no name')})`);
      }
      return;
    } catch (error) {
      // A PIN that is locked is why keys are erased; a key that is gone is another matter.
      if (!(error instanceof Fault) || isUnclear(error)) throw error;
      prompts.say(`${error.say} So its passkeys cannot be listed.`);
    }
  }
  prompts.say(`Whatever is on the key${known > 0 ? ' besides' : ''}, for other sites too, will be gone.`);
}

function counted(count: number, noun: string): string {
  const [first = '', ...rest] = noun.split(' ');
  return [String(count), count === 1 ? first : `${first}s`, ...rest].join(' ');
}

function declined(): Fault {
  return new Fault({
    code: 'reset-declined',
    say: 'The key was not erased: it was declined at the workstation.',
    todo: 'Start it again from your request in the chat with Keyvouch if it should be erased after all.',
  });
}

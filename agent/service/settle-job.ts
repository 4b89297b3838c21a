import { findKey } from '../operations/find-key';
import { removeCredential } from '../operations/remove-credential';
import { refuseClosedHid } from '../platform/closed-hid';
import { Fault } from '../protocol/fault';
import { deliverResult, type Settled } from './deliver-result';
import { type JobDeps } from './job-deps';
import { type JournalEntry } from './job-journal';

/** How long a person who called it off still waits for the service to hear of it. */
const PARTING_MS = 10_000;

export interface Ending {
  /** Takes the passkey off the key that is still open. */
  remove?: () => Promise<void>;
  /** What went wrong here. */
  why?: Fault;
}

/**
 * Brings a job to its end: the result to the service, its answer to the person, and off the key what the service could
 * not keep.
 * @throws Fault where the service cannot be asked now; the result then stays for the next start
 */
export async function settleJob(deps: JobDeps, entry: JournalEntry, { remove, why }: Ending): Promise<Settled> {
  const { prompts, tell } = deps;
  const signal = deps.signal?.aborted ? AbortSignal.timeout(PARTING_MS) : deps.signal;
  const waiting = prompts.progress('Telling the service …');
  const onRetry = ({ say }: Fault) => prompts.say(`${say} The result is kept, and sent again …`);
  const settled = await deliverResult({ ...deps, signal, onRetry }, entry)
    .catch((error: unknown) => {
      // Why it failed here matters more than that the service cannot hear of it now.
      if (why && error instanceof Fault) tellFailure(deps, entry, why);
      throw why ?? error;
    })
    .finally(() => waiting.done());

  if (settled.state === 'registered') {
    tell({ event: 'registered', job: entry.id });
    prompts.say('Your key is ready: Entra has taken the passkey. You can sign in with it now.');
    return settled;
  }
  if (settled.state === 'done') {
    tell({ event: 'done', job: entry.id, act: entry.act });
    prompts.say(doneWords(entry));
    return settled;
  }
  tellFailure(deps, entry, why ?? settled.said ?? refusedBy(settled.code));
  if (settled.removeCredential) await takeOff(deps, entry, remove);
  return settled;
}

/** What was done here, for the person who saw it happen. */
function doneWords({ result }: JournalEntry): string {
  switch (result?.outcome) {
    case 'inspected':
      return 'Your request in the chat with Keyvouch now says how this key is. Nothing was written to it.';
    case 'pin-set':
      return result.how === 'set'
        ? 'The key has its PIN, and your request says so.'
        : 'The PIN is changed, and your request says so.';
    case 'erased':
      return result.erased === true
        ? 'The key is empty. Your request in the chat with Keyvouch says what comes next.'
        : 'Whether the key was erased is not known. Your request in the chat with Keyvouch says what to do.';
    case 'removed':
      return result.passkey === 'removed'
        ? 'The passkey is gone from the key, and your request says so.'
        : 'The passkey was not on this key, and your request says so.';
    case 'enrolled':
      return `${result.added === 1 ? 'One fingerprint is' : `${result.added} fingerprints are`} enrolled.`;
    case 'configured':
      return 'The key is set as was asked.';
    case 'approved':
      return 'Your approval is signed, and the request has it. Go back to the chat with Keyvouch for what comes next.';
    case 'made':
    case 'failed':
    case undefined:
      return 'This job is over.';
  }
}

function tellFailure({ prompts, tell }: JobDeps, entry: JournalEntry, { code, say, todo }: Fault): void {
  tell({ event: 'failed', job: entry.id, code, say, todo });
  prompts.say(`${say} ${todo} (${code})`);
}

async function takeOff(deps: JobDeps, entry: JournalEntry, remove: Ending['remove']): Promise<void> {
  const { prompts, tell } = deps;
  try {
    if (remove) await remove();
    else if (entry.result?.outcome === 'made') await removeLater(deps, entry.result.credentialId);
    else {
      prompts.say('The key may hold a passkey that Entra does not know. It is harmless and cannot be used to sign in.');
      return;
    }
    tell({ event: 'removed-credential', job: entry.id });
    prompts.say('The passkey that was just made is off the key again.');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const left = 'The passkey that was just made could not be taken off the key; it is harmless.';
    prompts.say(`${left} ${error.say} ${error.todo}`);
  }
}

/** After a restart the key has to be found again, and its PIN asked for. */
async function removeLater({ prompts, devices, signal }: JobDeps, credentialId: string): Promise<void> {
  prompts.say('Entra did not take the passkey that was made before; it will be taken off the key again.');
  await refuseClosedHid({ addresses: devices });
  const key = await findKey({ prompts, signal, addresses: devices });
  try {
    await removeCredential(key, Uint8Array.from(Buffer.from(credentialId, 'base64url')), { prompts, signal });
  } finally {
    await key.close();
  }
}

function refusedBy(code = 'job-over'): Fault {
  return new Fault({
    code,
    say: 'Keyvouch did not take the result of this job.',
    todo: 'Your request in the chat with Keyvouch says why and what to do.',
  });
}

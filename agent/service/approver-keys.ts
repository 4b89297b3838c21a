import { fingerprintWords } from '../protocol/fingerprint';
import { Fault } from '../protocol/fault';
import { printable } from '../operations/printable';
import { type Prompts } from '../operations/prompts';
import { type SignedApproval } from '../protocol/signed-approval';
import { type KnownApprovers, type PairingStore } from './pairing-file';

const WORD = 'YES';
/** Keys of one approver; the oldest are forgotten. */
const MOST_KEYS = 8;

/**
 * Holds the keys of a job's approvers against those that this workstation remembers. The first key of an approver is
 * remembered as it comes; another one, later, is told, and taken only when the person here types their yes.
 * @param approvals of a job whose signatures hold
 * @throws Fault `approver-key-refused`
 */
export async function agreeToApprovers(
  approvals: readonly SignedApproval[],
  { pairings, prompts, signal }: { pairings: PairingStore; prompts: Prompts; signal?: AbortSignal | undefined },
): Promise<void> {
  for (const { statement, publicKey } of approvals) {
    const file = await pairings.read();
    if (!file.pairing) return;
    const { id, name } = statement.approver;
    const { calculateJwkThumbprint } = await import('jose');
    const thumbprint = await calculateJwkThumbprint(publicKey);
    const known = file.pairing.approvers?.[id] ?? [];
    if (known.includes(thumbprint)) continue;
    const words = fingerprintWords(thumbprint).join(' ');
    if (known.length === 0) {
      prompts.say(`This workstation will remember the key of ${printable(name)}: ${words}.`);
    } else {
      prompts.say(`Careful: ${printable(name)} has signed with another security key than before: ${words}.`);
      prompts.say('If they have not told you of a new key, ask them, by phone or in person, before you go on.');
      const answer = await prompts.ask(
        `Type ${WORD} if ${printable(name)} has a new key, anything else to stop:`,
        signal,
      );
      if (answer.trim() !== WORD) throw refused();
    }
    const approvers: KnownApprovers = {
      ...file.pairing.approvers,
      [id]: [...known, thumbprint].slice(-MOST_KEYS),
    };
    await pairings.write({ ...file, pairing: { ...file.pairing, approvers } });
  }
}

function refused(): Fault {
  return new Fault({
    code: 'approver-key-refused',
    say: 'The job was stopped: its approver signed with a key that this workstation does not know.',
    todo: 'Ask the approver whether they have a new key; then start it again from your request in the chat.',
  });
}

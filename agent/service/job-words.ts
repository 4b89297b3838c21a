import { printable } from '../operations/printable';
import { type Job, type JobOf, type KeySettings } from '../protocol/job';
import { approvalWords, signedByWords } from './approval-words';

/**
 * A job in the agent's own words, made from what is signed and from nothing else that came with it.
 * @param kind A desk workstation is run by somebody else than the one whose key it is.
 * @returns lines for the person
 */
export function jobWords(job: Job, kind: 'own' | 'desk'): string[] {
  if (job.act === 'approve') return approvalWords(job.statement);
  const { subject, requestedBy, approvedBy, ticket, approvals = [] } = job;
  const who = `${printable(subject.name)} (${printable(subject.userPrincipalName)})`;
  const approvers = approvedBy.map((name) => printable(name)).join(' and ');
  const none = job.act === 'inspect' ? 'which needs no approval' : 'approved by rule';
  const named = approvers === '' ? none : `approved by ${approvers}`;
  const approved = approvals.length > 0 ? signedByWords(approvals) : named;
  return [
    ...taskWords(job, who),
    `Asked by ${printable(requestedBy)}, ${approved}, request ${printable(ticket)}.`,
    ...(kind === 'desk' ? [`This is a desk workstation: make sure that the key you plug in is for ${who}.`] : []),
  ];
}

function taskWords(job: Exclude<Job, { act: 'approve' }>, who: string): string[] {
  switch (job.act) {
    case 'register':
      return [`Register a new passkey for ${who} on a security key at this workstation.`];
    case 'inspect':
      return [
        `Look at a security key of ${who}: how it is, and which of their passkeys it holds.`,
        'Nothing is written to it, and nothing of other sites is told.',
      ];
    case 'set-pin':
      return [
        `Set the PIN of a security key of ${who}, or change the one it has.`,
        'The PIN is chosen here and never leaves this workstation.',
      ];
    case 'reset':
      return [
        `Erase a security key of ${who}.`,
        expectedWords(job),
        'Every passkey on it, of every site, its PIN and its fingerprints will be gone for ever.',
      ];
    case 'remove-passkey':
      return [
        `Take one passkey of ${who} off a security key: the one for ${job.rpId} whose id ends in ${tailOf(job.credentialId)}.`,
        'Everything else on the key stays.',
      ];
    case 'fingerprints':
      return [
        `Enrol ${job.most === 1 ? 'one fingerprint' : `up to ${job.most} fingerprints`} on a security key of ${who}.`,
        'Fingerprints never leave the key.',
      ];
    case 'config':
      return [
        `Make a security key of ${who} stricter:`,
        ...settingWords(job.settings).map((line) => `  - ${line}`),
        'Some of it can be taken back only by erasing the key.',
      ];
  }
}

/** The settings that a job asks for, a line each. */
export function settingWords({ alwaysUv, minimumPin, forcePinChange }: KeySettings): string[] {
  return [
    ...(alwaysUv ? ['it asks for the PIN or a fingerprint at every use'] : []),
    ...(minimumPin === undefined ? [] : [`its PIN has at least ${minimumPin} characters`]),
    ...(forcePinChange ? ['its PIN must be changed before the next use'] : []),
  ];
}

/** By what the key that may be erased is known. */
function expectedWords({ expected: { answered }, rpId }: JobOf<'reset'>): string {
  const tails = answered.map(tailOf).join(' and ');
  if (tails === '')
    return 'Only the key that was looked at is erased. It showed none of the passkeys of this account: a key that shows one, or is of another model, is refused.';
  const which = answered.length === 1 ? `passkey for ${rpId} whose id ends` : `passkeys for ${rpId} whose ids end`;
  return `Only the key that holds the ${which} in ${tails} is erased: any other is refused.`;
}

/** Enough of an id for two people to see that they mean the same one. */
function tailOf(id: string): string {
  return id.replace(/=+$/, '').slice(-8);
}

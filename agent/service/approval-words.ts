import { printable } from '../operations/printable';
import { type ApprovalStatement } from '../protocol/approval-statement';
import { type SignedApproval } from '../protocol/signed-approval';

const GIVES: Readonly<Record<ApprovalStatement['flow'], string>> = {
  onboarding: 'they get a first way to sign in, by a security key or a Temporary Access Pass',
  'lost-key': 'they get a new way to sign in, by a security key or a Temporary Access Pass',
  'locked-pin': 'their security key is erased and set up anew',
  'spare-key': 'they get one more way to sign in, by a security key or a Temporary Access Pass',
  pass: 'they get a Temporary Access Pass, with which they can sign in',
  'return-key': 'nobody gets anything',
};

const RECOGNISED: Readonly<Record<ApprovalStatement['how'], string>> = {
  'in-person': 'in person',
  video: 'on video',
  'called-back': "by calling back on the directory's number",
};

/** A statement in the agent's own words: what the approver signs, whole, and made of nothing but the statement. */
export function approvalWords(statement: ApprovalStatement): string[] {
  const { subject, approver, insteadOf, requester, hander, ticket, flow, how, vouch, removes, workstations, exp } =
    statement;
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => `"${printable(name)}"`).join(', ');
  return [
    `Sign your approval for ${account(subject)}: ${GIVES[flow]}.`,
    `You are ${account(approver)}, and say that you have recognised ${printable(subject.name)} ${RECOGNISED[how]}.`,
    ...(insteadOf ? [`You decide in the place of ${printable(insteadOf.name)}, who is away.`] : []),
    `Asked by ${printable(requester.name)}, request ${printable(ticket)}.`,
    ...(hander ? [`${printable(hander.name)} receives it for them.`] : []),
    ...(removes.length > 0
      ? [`These passkeys go from their account, and it is signed out everywhere: ${names(removes)}.`]
      : []),
    ...(workstations.length > 0 ? [`Keys can be set up at: ${names(workstations)}.`] : []),
    vouch
      ? 'They still need the code that you get in the chat afterwards.'
      : 'No code is needed afterwards: your approval is enough.',
    `It can be used until ${moment(exp)}.`,
    'Your key signs this approval and nothing else. The signature signs nobody in anywhere.',
  ];
}

/** By whom a job was approved with their own key; its signatures were checked before (check-approvals.ts). */
export function signedByWords(approvals: readonly SignedApproval[]): string {
  const names = approvals.map(({ statement }) => printable(statement.approver.name));
  return `approved by ${names.join(' and ')} with ${names.length === 1 ? 'their security key' : 'their security keys'}`;
}

function account({ name, userPrincipalName }: ApprovalStatement['subject']): string {
  return `${printable(name)} (${printable(userPrincipalName)})`;
}

function moment(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

import { printable } from '../operations/printable';
import { type Job } from '../protocol/job';

/**
 * A job in the agent's own words, made from what is signed and from nothing else that came with it.
 * @returns lines for the person
 */
export function jobWords({ subject, requestedBy, approvedBy, ticket }: Job): string[] {
  const who = `${printable(subject.name)} (${printable(subject.userPrincipalName)})`;
  const approvers = approvedBy.map(printable).join(' and ');
  const approved = approvers === '' ? 'approved by rule' : `approved by ${approvers}`;
  return [
    `Register a new passkey for ${who} on a security key at this workstation.`,
    `Asked by ${printable(requestedBy)}, ${approved}, ticket ${printable(ticket)}.`,
  ];
}

import { type SignedApproval } from '../../agent/protocol/signed-approval';
import { verifyApproval } from '../../agent/protocol/verify-approval';
import { type Ticket } from '../tickets/ticket';
import { digestOf } from '../workstations/digest';
import { changed } from './signature-bad';

/** What a decision says of one signature: a digest of all of it, under which nothing can be exchanged afterwards. */
export function proofDigest({ statement, publicKey, ...assertion }: SignedApproval): string {
  return digestOf(
    JSON.stringify([assertion.credentialId, assertion.authenticatorData, assertion.signature, publicKey, statement]),
  );
}

/**
 * What travels in a job, so that the subject's agent needs nobody's word for it that the approvers have signed. Nothing
 * in a job that comes before the decision, and only looks.
 */
export function approvalClaims(ticket: Ticket): { stepUp?: true; approvals?: SignedApproval[] } {
  const { rule, approvals, decision } = ticket;
  if (rule.stepUp !== true || decision === undefined) return {};
  return { stepUp: true, approvals: approvals.flatMap(({ proof }) => (proof ? [proof] : [])) };
}

/**
 * Holds the approvals of a ticket against its rule, before each effect: where step-up is on, each is signed, by the one
 * who is said to have given it, for this ticket and subject. For a pass this is the only check, since no agent of the
 * subject's is there to make it.
 * @throws Fault `signature-bad`, `approval-not-signed`
 */
export function verifyApprovals({ rule, approvals, shortId, subject, flow }: Ticket): void {
  if (rule.stepUp !== true) return;
  for (const { by, how, proof } of approvals) {
    if (!proof) throw changed();
    const { statement } = proof;
    const same = statement.ticket === shortId && statement.flow === flow && statement.how === how;
    if (!same || statement.subject.id !== subject.id || statement.approver.id !== by.id) throw changed();
    verifyApproval(proof);
  }
}

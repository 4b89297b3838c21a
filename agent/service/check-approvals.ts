import { createPublicKey } from 'node:crypto';
import { type ApprovalStatement } from '../protocol/approval-statement';
import { Fault } from '../protocol/fault';
import { type Act, type Job } from '../protocol/job';
import { CLOCK_SKEW_SECONDS } from '../protocol/request-proof';
import { type ApprovalKey, type SignedApproval } from '../protocol/signed-approval';
import { verifyApproval } from '../protocol/verify-approval';

/**
 * What an approval of each flow lets be done to a key: no more than its approver was told (approval-words.ts). Looking at
 * a key, and setting it up, goes along with getting it.
 */
const SET_UP: readonly Act[] = ['inspect', 'set-pin', 'fingerprints', 'config'];
const ACTS_OF: Readonly<Record<ApprovalStatement['flow'], readonly Act[]>> = {
  onboarding: [...SET_UP, 'register'],
  'spare-key': [...SET_UP, 'register'],
  'lost-key': [...SET_UP, 'register'],
  'locked-pin': [...SET_UP, 'register', 'reset'],
  pass: [],
  'return-key': [],
};

/** What the decision of a job that rests on signed approvals must say. */
export interface ApprovedBy {
  /** The rule asks for signatures. */
  stepUp: boolean;
  /** How many must have approved. */
  needed: number;
}

/**
 * Holds the approvals that travel in a job against the job: signed, by as many different people and keys as the rule
 * needs, each of them about this very ticket, subject, kind of work and workstation, and still valid. A job that says nothing of
 * signatures is let through without: whether there must be any, the service's signed decision says, not the job alone.
 * So whoever has taken the service over could leave the demand out; an approval of somebody else they could not make.
 * @throws Fault `approval-not-signed`, `job-not-approved`
 */
export function checkApprovals(job: Job, { stepUp, needed }: ApprovedBy, now: Date): void {
  if (job.act === 'approve') return checkRequest(job.statement, job, now);
  const { approvals = [] } = job;
  if (!stepUp && job.stepUp !== true && approvals.length === 0) return;
  const approvers = new Set<string>();
  const keys = new Set<string>();
  for (const approval of approvals) {
    checkOne(approval, job, now);
    verifyApproval(approval);
    approvers.add(approval.statement.approver.id);
    keys.add(bytesOf(approval.publicKey));
  }
  if (Math.min(approvers.size, keys.size) < Math.max(1, needed))
    throw notApproved('its approvers have not signed it with their keys');
}

/** A key in its one form: the same numbers can be written in several ways in a JWK. */
function bytesOf(key: ApprovalKey): string {
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' }).toString('base64');
}

function checkOne({ statement }: SignedApproval, job: Job, now: Date): void {
  checkRequest(statement, job, now);
  const { approver, requester, subject, hander, workstations, flow } = statement;
  if (!ACTS_OF[flow].includes(job.act)) throw notApproved('something else was approved');
  if ([subject.id, requester.id, hander?.id].includes(approver.id)) throw notApproved('its approver asked for it');
  if (workstations.length > 0 && !workstations.some(({ id }) => id === job.aud)) {
    throw notApproved('another workstation was approved');
  }
}

/** What holds of a statement before it is signed, and after. */
function checkRequest(statement: ApprovalStatement, job: Job, now: Date): void {
  const seconds = Math.floor(now.getTime() / 1000);
  const { subject } = statement;
  const same = subject.id === job.subject.id && subject.userPrincipalName === job.subject.userPrincipalName;
  if (statement.ticket !== job.ticket) throw notApproved('another request was approved');
  if (!same) throw notApproved('somebody else was approved');
  if (statement.audience !== job.iss) throw notApproved('it was approved for another service');
  if (statement.exp <= seconds || statement.iat > seconds + CLOCK_SKEW_SECONDS) throw notApproved('it is over');
  if (job.act === 'approve' && statement.job !== job.jti) throw notApproved('it belongs to another job');
}

function notApproved(why: string): Fault {
  return new Fault({
    code: 'job-not-approved',
    say: `A job that came for this workstation was refused: ${why}.`,
    todo: 'Nothing was done. Please tell your security team.',
    facts: { why },
  });
}

import { approverKey, STATEMENT } from '../protocol/approval.fixture';
import { type ApprovalStatement } from '../protocol/approval-statement';
import { type Fault } from '../protocol/fault';
import { Job } from '../protocol/job';
import { type ApprovalKey } from '../protocol/signed-approval';
import { checkApprovals } from './check-approvals';

const NOW = new Date((STATEMENT.iat + 60) * 1000);
const key = approverKey();

function job(change: Record<string, unknown> = {}): Job {
  const claims = {
    ...{ iss: STATEMENT.audience, aud: 'ws-ada', jti: 'job-2', iat: STATEMENT.iat, exp: STATEMENT.iat + 600 },
    ...{ act: 'register', ticket: STATEMENT.ticket, subject: STATEMENT.subject, requestedBy: 'Ada Lovelace' },
    ...{ approvedBy: ['Grace Hopper'], rpId: 'login.microsoft.com', decision: 'signed', stepUp: true },
    ...change,
  };
  // As it comes over the wire: without what is undefined.
  return Job.parse(JSON.parse(JSON.stringify(claims)));
}
/** The same key in other letters: the last of 43 has two bits that say nothing. */
function otherwise(publicKey: ApprovalKey): ApprovalKey {
  if (publicKey.kty !== 'EC') throw new Error('an EC key');
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = letters[letters.indexOf(publicKey.x.slice(-1)) ^ 1] ?? '';
  return { ...publicKey, x: `${publicKey.x.slice(0, -1)}${last}` };
}
const signedWith = (change: Partial<ApprovalStatement>, by = key) => by.sign({ ...STATEMENT, ...change });

function verdict(offered: Job, stepUp = true, needed = 1, now = NOW): string {
  try {
    checkApprovals(offered, { stepUp, needed }, now);
    return 'runs';
  } catch (error) {
    return `${(error as Fault).code}: ${String((error as Fault).facts['why'])}`;
  }
}

describe('a job under step-up', () => {
  it.each(['register', 'set-pin'])('to %s runs on a signed approval of exactly this', (act) => {
    expect(verdict(job({ act, approvals: [key.sign(STATEMENT)] }))).toBe('runs');
  });

  const NOBODY = 'job-not-approved: its approvers have not signed it with their keys';
  it.each<[string, Record<string, unknown>, string]>([
    ['no approval', {}, NOBODY],
    ['an empty list', { approvals: [] }, NOBODY],
    [
      'another ticket',
      { approvals: [signedWith({ ticket: 'KV-AAAA-AA' })] },
      'job-not-approved: another request was approved',
    ],
    [
      'another subject',
      { approvals: [signedWith({ subject: { ...STATEMENT.subject, id: 'eve' } })] },
      'job-not-approved: somebody else was approved',
    ],
    [
      'another account under the same id',
      { approvals: [signedWith({ subject: { ...STATEMENT.subject, userPrincipalName: 'x@contoso.com' } })] },
      'job-not-approved: somebody else was approved',
    ],
    [
      'another service',
      { approvals: [signedWith({ audience: 'https://evil.example' })] },
      'job-not-approved: it was approved for another service',
    ],
    [
      'an approval that is over',
      { approvals: [signedWith({ exp: STATEMENT.iat + 30 })] },
      'job-not-approved: it is over',
    ],
    ['one of the future', { approvals: [signedWith({ iat: STATEMENT.iat + 3600 })] }, 'job-not-approved: it is over'],
    [
      'another workstation',
      { approvals: [signedWith({ workstations: [{ id: 'ws-eve', name: 'Laptop' }] })] },
      'job-not-approved: another workstation was approved',
    ],
    ['a pass only', { approvals: [signedWith({ flow: 'pass' })] }, 'job-not-approved: something else was approved'],
    [
      'a returned key',
      { approvals: [signedWith({ flow: 'return-key' })] },
      'job-not-approved: something else was approved',
    ],
    [
      'the requester as approver',
      { approvals: [signedWith({ requester: { id: 'grace', name: 'Grace' } })] },
      'job-not-approved: its approver asked for it',
    ],
    [
      'the subject as approver',
      { approvals: [signedWith({ approver: STATEMENT.subject })] },
      'job-not-approved: its approver asked for it',
    ],
    [
      'a signature over something else',
      { approvals: [{ ...signedWith({ ticket: 'KV-AAAA-AA' }), statement: STATEMENT }] },
      'approval-not-signed: the signature is not over this statement by this key',
    ],
    [
      'one good approval and one bad',
      { approvals: [key.sign(STATEMENT), { ...key.sign(STATEMENT), signature: 'AAAA' }] },
      'approval-not-signed: the signature is not over this statement by this key',
    ],
  ])('is refused with %s', (_, change, why) => {
    expect(verdict(job(change))).toBe(why);
  });

  it('is refused whether the job or the decision says that signatures are asked for', () => {
    const { stepUp: _, ...silent } = job() as Job & { stepUp?: true };
    expect(verdict(silent, true)).toBe(NOBODY);
    expect(verdict(job(), false)).toBe(NOBODY);
    expect(verdict(silent, false)).toBe('runs');
  });

  it('is refused where an approval that nobody asked for does not hold', () => {
    const { stepUp: _, ...silent } = job({ approvals: [{ ...key.sign(STATEMENT), signature: 'AAAA' }] }) as Job & {
      stepUp?: true;
    };
    expect(verdict(silent, false)).toMatch(/^approval-not-signed/);
  });

  it('needs as many different approvers as the rule does', () => {
    const other = approverKey();
    const mira = { id: 'mira', name: 'Mira', userPrincipalName: 'mira@contoso.com' };
    const [first, second] = [key.sign(STATEMENT), other.sign({ ...STATEMENT, approver: mira, job: 'job-7' })];
    expect(verdict(job({ approvals: [first] }), true, 2)).toBe(NOBODY);
    expect(verdict(job({ approvals: [first, first] }), true, 2)).toBe(NOBODY);
    expect(verdict(job({ approvals: [first, other.sign(STATEMENT)] }), true, 2)).toBe(NOBODY);
    expect(verdict(job({ approvals: [first, second] }), true, 2)).toBe('runs');
    const oneKey = key.sign({ ...STATEMENT, approver: mira, job: 'job-7' });
    expect(verdict(job({ approvals: [first, oneKey] }), true, 2)).toBe(NOBODY);
    expect(verdict(job({ approvals: [first, { ...oneKey, publicKey: otherwise(oneKey.publicKey) }] }), true, 2)).toBe(
      NOBODY,
    );
  });

  it.each<[ApprovalStatement['flow'], string, boolean]>([
    ['onboarding', 'reset', false],
    ['spare-key', 'remove-passkey', false],
    ['lost-key', 'register', true],
    ['lost-key', 'reset', false],
    ['locked-pin', 'reset', true],
    ['return-key', 'reset', false],
    ['return-key', 'register', false],
  ])('an approval of %s lets a job to %s run: %s', (flow, act, runs) => {
    const expected = { aaguid: 'cb69481e-8ff7-4039-93ec-0a2729a154a8', answered: [] };
    const about = { reset: { credentialIds: [], expected }, 'remove-passkey': { credentialId: 'AAAA' } }[act];
    const offered = job({ act, ...about, approvals: [signedWith({ flow })] });
    expect(verdict(offered) === 'runs').toBe(runs);
  });
});

describe('a job that asks for a signature', () => {
  const asking = (change: Record<string, unknown> = {}) =>
    job({
      ...{ act: 'approve', decision: '', stepUp: undefined, approvedBy: [], jti: STATEMENT.job },
      ...{ statement: STATEMENT, credentialIds: ['AAAA'] },
      ...change,
    });

  it('runs where its statement is about the job', () => {
    expect(verdict(asking(), false)).toBe('runs');
  });

  it.each<[string, Record<string, unknown>]>([
    ['another ticket', { ticket: 'KV-AAAA-AA' }],
    ['somebody else', { subject: { id: 'eve', name: 'Eve', userPrincipalName: 'eve@contoso.com' } }],
    ['another service', { iss: 'https://evil.example' }],
    ['another job', { jti: 'job-9' }],
  ])('is refused where its statement is about %s', (_, change) => {
    expect(verdict(asking(change), false)).toMatch(/^job-not-approved/);
  });

  it('cannot carry a challenge, client data or a decision', () => {
    for (const more of [
      { challenge: 'AAAA' },
      { clientDataJSON: 'AAAA' },
      { clientDataHash: 'AAAA' },
      { decision: 'x' },
    ]) {
      expect(() => asking(more)).toThrow();
    }
  });
});

import { approverKey, STATEMENT } from '../../agent/protocol/approval.fixture';
import { type ApprovalStatement } from '../../agent/protocol/approval-statement';
import { type Fault } from '../../agent/protocol/fault';
import { ADA, BOB, decisionBy, person, story } from '../tickets/testing/story';
import { type Approval, type Ticket } from '../tickets/ticket';
import { approvalClaims, proofDigest, verifyApprovals } from './step-up-claims';

const key = approverKey();
const waiting = story().ticket;
const statement: ApprovalStatement = {
  ...STATEMENT,
  ticket: waiting.shortId,
  subject: { id: ADA.id, name: ADA.name, userPrincipalName: ADA.userPrincipalName },
  approver: { id: BOB.id, name: BOB.name, userPrincipalName: BOB.userPrincipalName },
};
const approval: Approval = { by: BOB, at: waiting.openedAt, how: 'video', proof: key.sign(statement) };
const ticket = (change: Partial<Ticket> = {}): Ticket => ({
  ...waiting,
  rule: { ...waiting.rule, stepUp: true },
  decision: 'signed',
  approvals: [approval],
  ...change,
});

const verdict = (one: Ticket) => {
  try {
    verifyApprovals(one);
    return 'holds';
  } catch (error) {
    return (error as Fault).code;
  }
};

describe('before each effect of a ticket under step-up', () => {
  const { proof: _, ...unsigned } = approval;
  test.each<[string, Ticket, string]>([
    ['signed by its approver', ticket(), 'holds'],
    ['an approval without a signature', ticket({ approvals: [unsigned] }), 'signature-bad'],
    ['one signed and one not', ticket({ approvals: [approval, { ...unsigned, by: ADA }] }), 'signature-bad'],
    ['a signature of somebody else', ticket({ approvals: [{ ...approval, by: ADA }] }), 'signature-bad'],
    [
      'another way of recognising than was signed',
      ticket({ approvals: [{ ...approval, how: 'in-person' }] }),
      'signature-bad',
    ],
    ['a signature for another ticket', ticket({ shortId: 'KV-AAAA-AA' }), 'signature-bad'],
    ['a signature for another flow', ticket({ flow: 'lost-key' }), 'signature-bad'],
    ['a signature for another subject', ticket({ subject: { id: 'eve', name: 'Eve' } }), 'signature-bad'],
    [
      'a signature that does not hold',
      ticket({ approvals: [{ ...approval, proof: { ...key.sign(statement), signature: 'AAAA' } }] }),
      'approval-not-signed',
    ],
  ])('%s', (_name, one, expected) => {
    expect(verdict(one)).toBe(expected);
  });

  test('without step-up nothing of it is asked', () => {
    const click = { kind: 'approve', how: 'video', facts: decisionBy(BOB) } as const;
    expect(verdict(story().then(person(BOB), click).ticket)).toBe('holds');
  });
});

test('the approvals travel in jobs that rest on a decision, and in no others', () => {
  expect(approvalClaims(ticket())).toEqual({ stepUp: true, approvals: [approval.proof] });
  const { decision: _, ...undecided } = ticket();
  expect(approvalClaims(undecided)).toEqual({});
  expect(approvalClaims(ticket({ rule: waiting.rule }))).toEqual({});
});

test('the digest in the decision is of every part of a signature', () => {
  const signed = key.sign(statement);
  const others = [
    { ...signed, signature: 'AAAA' },
    { ...signed, credentialId: 'AAAA' },
    { ...signed, authenticatorData: 'AAAA' },
    { ...signed, publicKey: approverKey().publicKey },
    { ...signed, statement: { ...statement, vouch: false } },
  ];
  expect(new Set([signed, ...others].map(proofDigest)).size).toBe(others.length + 1);
});

import { AT_BOBS, AT_CAROLS, begin, CAROLS, code, proofOf, sign, started } from '../testing/signing';
import { BOB, CAROL, decisionBy, OWN, person, RULE, story, type Story } from '../testing/story';
import { type PersonFacts } from '../people';

describe('of several approvers', () => {
  const circles = [[{ kind: 'manager' as const }, { kind: 'managers-manager' as const }]];
  const two = { ...RULE, stepUp: true, needed: 2, circles };
  const candidates = [
    { person: BOB, circle: 0, via: 'manager' as const },
    { person: CAROL, circle: 0, via: 'managers-manager' as const },
  ];
  const facts = (who: PersonFacts, workstations = [OWN]) => decisionBy(who, { candidates, workstations });
  const both = () => story({ rule: two, candidates });
  const carolSigns = (one: Story, now = [OWN]) =>
    one
      .then(person(CAROL), begin({ facts: facts(CAROL, now), job: 'job-c', workstation: CAROLS }))
      .then(AT_CAROLS, { kind: 'approval-started', job: 'job-c', facts: facts(CAROL, now) })
      .then(AT_CAROLS, { kind: 'sign-approval', job: 'job-c', facts: facts(CAROL, now), proof: proofOf(one, CAROL) });
  const bobSigns = (one: Story) => {
    one.then(person(BOB), begin({ facts: facts(BOB) })).then(AT_BOBS, started({ facts: facts(BOB) }));
    return one.then(AT_BOBS, sign(one, { facts: facts(BOB) }));
  };

  test('each signs at their own workstation, and the last one decides', () => {
    const one = bobSigns(both());
    expect(one.ticket.status).toBe('waiting');
    carolSigns(one);
    expect(one.ticket).toMatchObject({ status: 'approved', approvedFor: [OWN] });
    expect(one.ticket.approvals.map(({ proof }) => proof?.statement.approver.id)).toEqual([BOB.id, CAROL.id]);
  });

  test('a workstation that the first did not sign for is not named by the decision', () => {
    const other = { ...OWN, id: 'ws-new', name: 'New' };
    const one = carolSigns(bobSigns(both()), [OWN, other]);
    expect(one.ticket.approvedFor).toEqual([OWN]);
    const gone = bobSigns(both());
    const command = begin({ facts: facts(CAROL, [other]), job: 'job-c', workstation: CAROLS });
    expect(code(gone.tell(person(CAROL), command))).toBe('step-up-other-workstation');
  });

  test('a delegate signs that they decide in the place of another', () => {
    const place = { id: BOB.id, name: BOB.name, until: '2026-03-05T00:00:00.000Z' };
    const either = [
      { person: BOB, circle: 0, via: 'manager' as const },
      { person: CAROL, circle: 0, via: 'manager' as const, for: place },
    ];
    const about = decisionBy(CAROL, { candidates: either });
    const one = story({ rule: { ...RULE, stepUp: true }, candidates: either })
      .then(person(CAROL), begin({ facts: about, job: 'job-c', workstation: CAROLS }))
      .then(AT_CAROLS, { kind: 'approval-started', job: 'job-c', facts: about });
    expect(proofOf(one, CAROL).statement.insteadOf).toEqual({ id: BOB.id, name: BOB.name });
    const signed = { kind: 'sign-approval', job: 'job-c', proof: proofOf(one, CAROL) } as const;
    // Bob is back: she would decide in her own right, which is not what she signed.
    const own = decisionBy(CAROL, { candidates: [either[0]!, { ...either[1]!, for: undefined as never }] });
    expect(code(one.tell(AT_CAROLS, { ...signed, facts: own }))).toBe('step-up-changed');
    const again = story({ rule: { ...RULE, stepUp: true }, candidates: either })
      .then(person(CAROL), begin({ facts: about, job: 'job-c', workstation: CAROLS }))
      .then(AT_CAROLS, { kind: 'approval-started', job: 'job-c', facts: about })
      .then(AT_CAROLS, { ...signed, facts: about });
    expect(again.ticket.approvals).toMatchObject([{ by: { id: CAROL.id }, for: { id: BOB.id } }]);
  });

  test('it may be used no longer than any of them has signed for', () => {
    const one = bobSigns(both());
    const exp = one.ticket.approvals[0]!.proof!.statement.exp;
    carolSigns(one.wait(3600));
    expect(Date.parse(one.ticket.expiresAt) / 1000).toBeLessThanOrEqual(exp);
  });
});

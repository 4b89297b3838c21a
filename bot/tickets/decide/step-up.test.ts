import { dueTimes } from '../due';
import { wantedOf } from '../reactions';
import { stepUpOf } from '../step-up';
import { asked, AT_BOBS, AT_CAROLS, begin, begun, code, proofOf, sign, started, typed } from '../testing/signing';
import { ADA, BOB, CAROL, decisionBy, FINE, OWN, person, RULE, story, type Story, tick } from '../testing/story';
import { viewOf } from '../view';

describe('under step-up', () => {
  test('nobody approves by a click alone', () => {
    const one = asked();
    const click = { kind: 'approve', how: 'video', facts: decisionBy(BOB) } as const;
    expect(code(one.tell(person(BOB), click))).toBe('step-up-needed');
    expect(one.ticket.approvals).toEqual([]);
  });

  test('the click gives a job out, the number starts it, the signature approves and decides', () => {
    const one = begun();
    expect(one.kinds().slice(1)).toEqual(['approval-begun']);
    expect(one.ticket).toMatchObject({
      status: 'waiting',
      approvals: [],
      stepUps: [{ state: 'offered', job: 'job-b' }],
    });
    one.then(AT_BOBS, started());
    expect(one.ticket.stepUps).toMatchObject([{ state: 'started' }]);
    const proof = proofOf(one);
    one.then(AT_BOBS, sign(one, { proof }));
    expect(one.kinds().slice(-2)).toEqual(['approved', 'decided']);
    expect(one.ticket).toMatchObject({
      status: 'approved',
      approvals: [{ by: { id: BOB.id }, how: 'video', proof }],
      stepUps: [{ state: 'signed' }],
    });
  });

  test('the statement says all that follows from the approval', () => {
    const removes = [{ methodId: 'old-1', name: 'Blue key' }];
    const lost = { flow: 'lost-key', passkeysBefore: ['old-1'], removes, strongMethods: 1 } as const;
    const one = story({ ...lost, rule: { ...RULE, stepUp: true } });
    one.then(person(BOB), begin({ facts: decisionBy(BOB, { workstations: [OWN] }) }));
    expect(stepUpOf(one.ticket, BOB.id)?.statement).toEqual({
      audience: 'https://keyvouch.example',
      job: 'job-b',
      salt: '01JNGZ0000000000000000S4LT',
      ticket: one.ticket.shortId,
      flow: 'lost-key',
      subject: { id: ADA.id, name: 'ada', userPrincipalName: 'ada@contoso.example' },
      approver: { id: BOB.id, name: 'bob', userPrincipalName: 'bob@contoso.example' },
      requester: { id: ADA.id, name: 'ada' },
      how: 'video',
      vouch: true,
      removes: [{ id: 'old-1', name: 'Blue key' }],
      workstations: [{ id: OWN.id, name: OWN.name }],
      iat: Date.parse(one.at) / 1000,
      exp: Date.parse(one.at) / 1000 + (RULE.useWithin + 15) * 60,
    });
  });

  test.each<[string, ReturnType<typeof begin>, string]>([
    ['without a key that came through Keyvouch', begin({ keys: 0 }), 'step-up-no-key'],
    ['without a workstation', begin({ workstation: undefined }), 'step-up-no-workstation'],
    ['with several, none chosen', begin({ workstation: undefined, several: true }), 'step-up-choose-workstation'],
    ['by somebody who was not asked', begin({}, CAROL), 'not-an-approver'],
    ['by the subject', begin({}, ADA), 'is-subject'],
    [
      'for a privileged subject',
      begin({ facts: decisionBy(BOB, { standing: { ...FINE, privileged: true } }) }),
      'subject-privileged',
    ],
    [
      'called back without a number',
      begin({ how: 'called-back', facts: decisionBy(BOB, { hasPhone: false }) }),
      'recognition-missing',
    ],
  ])('no job is given out %s', (_, command, why) => {
    const one = asked();
    expect(code(one.tell(person(command.facts.actor), command))).toBe(why);
    expect(one.kinds()).toEqual(['opened']);
  });

  test('where the rule asks for no signatures, none is begun', () => {
    expect(story().tell(person(BOB), begin())).toEqual({ events: [] });
  });
});

describe('everything is asked again when the signature comes', () => {
  const changed = { kind: 'approval-failed', job: 'job-b' };
  test.each<[string, object, string]>([
    [
      'the subject has become privileged',
      { facts: decisionBy(BOB, { standing: { ...FINE, privileged: true } }) },
      'subject-privileged',
    ],
    ['the approver is no longer in the rule', { facts: decisionBy(BOB, { candidates: [] }) }, 'not-in-rule'],
    ['the approver was switched off', { facts: decisionBy({ ...BOB, enabled: false }) }, 'disabled'],
    ['the subject has another workstation', { facts: decisionBy(BOB, { workstations: [OWN] }) }, 'step-up-changed'],
    [
      'the subject goes by another account name',
      {
        facts: decisionBy(BOB, {
          standing: { ...FINE, subject: { ...ADA, userPrincipalName: 'adb@contoso.example' } },
        }),
      },
      'step-up-changed',
    ],
    ['it is about another person than was asked', { facts: decisionBy(CAROL) }, 'step-up-changed'],
  ])('%s: it is no approval, and the card says why', (_, more, why) => {
    const one = typed();
    const answer = one.tell(AT_BOBS, sign(one, more));
    expect(code(answer)).toBe(why);
    expect(one.events.at(-1)).toMatchObject({ ...changed, code: why });
    expect(one.ticket).toMatchObject({ status: 'waiting', approvals: [], stepUps: [{ state: 'failed', code: why }] });
    expect(one.tell(AT_BOBS, sign(one)).refusal).toMatchObject({ code: 'job-over' });
  });

  test('the same when the number is typed, before the key is asked', () => {
    const one = begun();
    const facts = decisionBy(BOB, { standing: { ...FINE, stops: ['passkey-policy-off'] } });
    expect(code(one.tell(AT_BOBS, started({ facts })))).toBe('flow-stopped');
    expect(one.ticket.stepUps).toMatchObject([{ state: 'failed' }]);
  });

  test('a signature over another statement is none', () => {
    const one = typed();
    const proof = { ...proofOf(one), statement: { ...proofOf(one).statement, vouch: false } };
    expect(code(one.tell(AT_BOBS, sign(one, { proof })))).toBe('step-up-changed');
  });

  test('a signature for which no number was typed is none', () => {
    const one = begun();
    expect(one.tell(AT_BOBS, sign(one)).refusal).toMatchObject({ code: 'job-over', facts: { code: 'number-missing' } });
  });

  test('nor is one of another workstation', () => {
    const one = typed();
    expect(code(one.tell(AT_CAROLS, sign(one)))).toBe('workstation-not-yours');
    expect(code(begun().tell(AT_CAROLS, started()))).toBe('workstation-not-yours');
  });

  test('sent twice it counts once', () => {
    const one = typed();
    const command = sign(one);
    one.then(AT_BOBS, command);
    expect(one.tell(AT_BOBS, command)).toEqual({ events: [] });
  });
});

describe('what ends it meanwhile', () => {
  test.each<[string, (one: Story) => Story, string]>([
    [
      'denied',
      (one) => one.then(person(BOB), { kind: 'deny', reason: 'I do not know them', facts: decisionBy(BOB) }),
      'denied',
    ],
    ['cancelled', (one) => one.then(person(ADA), { kind: 'cancel', helpdesk: false }), 'cancelled'],
    ['expired', (one) => one.wait(600 * 60).then({ kind: 'service' }, tick), 'expired'],
  ])('%s: the signature comes too late', (_, end, why) => {
    const one = typed();
    const command = sign(one);
    end(one);
    expect(code(one.tell(AT_BOBS, command))).toBe(why);
    expect(one.ticket.approvals).toEqual([]);
    expect(viewOf(one.ticket, { ...BOB, helpdesk: false }, one.at)?.stepUp).toEqual({});
  });

  test('it lapses after ten minutes, and the approver may begin again', () => {
    const one = begun();
    const lapse = '2026-03-02T08:10:00.000Z';
    expect(dueTimes(one.ticket)).toContain(lapse);
    one.wait(600).then({ kind: 'service' }, tick);
    expect(one.events.at(-1)).toMatchObject({ kind: 'approval-failed', code: 'job-lapsed' });
    expect(one.tell(AT_BOBS, started()).refusal).toMatchObject({ code: 'job-over', facts: { code: 'job-lapsed' } });
    one.then(person(BOB), begin({ job: 'job-c' }));
    expect(one.ticket.stepUps).toMatchObject([{ job: 'job-c', state: 'offered' }]);
  });

  test('one that was started has five minutes more for the touch', () => {
    const one = typed().wait(14 * 60);
    expect(one.tell({ kind: 'service' }, tick).events).toEqual([]);
    one.then(AT_BOBS, sign(one));
    expect(one.ticket.status).toBe('approved');
  });

  test('pressed again before the number was typed: the new job takes the place of the old one', () => {
    const one = begun();
    const old = sign(one);
    one.then(person(BOB), begin({ job: 'job-c' }));
    expect(one.ticket.stepUps).toMatchObject([{ job: 'job-c' }]);
    expect(code(one.tell(AT_BOBS, started()))).toBe('job-unknown');
    expect(code(one.tell(AT_BOBS, old))).toBe('job-unknown');
  });

  test('pressed again after it: the key is being asked already', () => {
    expect(code(typed().tell(person(BOB), begin({ job: 'job-c' })))).toBe('step-up-runs');
  });

  test('a failure at the workstation is told, once', () => {
    const one = typed().then(AT_BOBS, { kind: 'approval-failed', job: 'job-b', code: 'key-no-touch' });
    expect(one.ticket.stepUps).toMatchObject([{ state: 'failed', code: 'key-no-touch' }]);
    expect(one.tell(AT_BOBS, { kind: 'approval-failed', job: 'job-b', code: 'other' })).toEqual({ events: [] });
    const by = AT_CAROLS;
    expect(code(begun().tell(by, { kind: 'approval-failed', job: 'job-b', code: 'x' }))).toBe('workstation-not-yours');
  });
});

describe('who hears of it', () => {
  test("the approver's own card, and no other, while the key is asked", () => {
    const one = begun();
    const command = { ...begin(), at: one.at, by: person(BOB) };
    expect(wantedOf(one.ticket, one.events.slice(-1), command).map(({ effect }) => effect)).toEqual([
      { kind: 'offer-approval', job: 'job-b' },
      { kind: 'card', person: BOB.id, slot: 'approval', nudge: false },
    ]);
    expect(viewOf(one.ticket, { ...BOB, helpdesk: false }, one.at)?.stepUp?.mine).toMatchObject({ state: 'offered' });
    expect(viewOf(one.ticket, { ...ADA, helpdesk: false }, one.at)?.stepUp).toEqual({});
  });

  test('once it is decided the approver is told anew, for the code waits in the chat', () => {
    const one = typed();
    const command = { ...sign(one), at: one.at, by: AT_BOBS };
    one.then(AT_BOBS, sign(one));
    const wanted = wantedOf(one.ticket, one.events.slice(-2), command).map(({ effect }) => effect);
    expect(wanted).toContainEqual({ kind: 'card', person: BOB.id, slot: 'approval', nudge: true });
    const view = viewOf(one.ticket, { ...BOB, helpdesk: false }, one.at);
    expect(view).toMatchObject({ vouch: { codeStands: false } });
    expect(view?.can).toContain('show-vouch-code');
  });
});

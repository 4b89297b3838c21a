import { type DecisionFacts, type Open, type Standing } from '../commands';
import { SERVICE } from '../people';
import {
  ADA,
  approved,
  BOB,
  CANDIDATES,
  CAROL,
  decisionBy,
  DESK,
  facts,
  FINE,
  HELEN,
  HUGO,
  issue,
  jobStarted,
  MADE,
  opening,
  OWN,
  person,
  RULE,
  showing,
  type Story,
  story,
  tick,
  WORKSTATION,
} from '../testing/story';
import { decide } from './decide';

const approve = (who: typeof ADA, more: Partial<DecisionFacts> = {}) =>
  ({ kind: 'approve', how: 'video', facts: decisionBy(who, more) }) as const;
const deny = (who: typeof ADA, reason: string, more: Partial<DecisionFacts> = {}) =>
  ({ kind: 'deny', reason, facts: decisionBy(who, more) }) as const;
const cancel = (helpdesk = false) => ({ kind: 'cancel', helpdesk }) as const;
const BEHALF: Partial<Open> = { requester: HELEN, hander: HUGO, mayOpenForOthers: true };

describe('opening', () => {
  const standing = (more: Partial<Standing>): Partial<Open> => ({ standing: { ...FINE, ...more } });
  test.each<[string, Partial<Open>, string]>([
    ['by a guest', { requester: facts('guest', { external: true }) }, 'not-a-member'],
    ['by a disabled account', { requester: facts('gone', { enabled: false }) }, 'not-a-member'],
    ['for an emergency account', standing({ emergency: true }), 'subject-emergency'],
    ['for a guest', standing({ subject: { ...ADA, external: true } }), 'subject-external'],
    ['for a disabled account', standing({ subject: { ...ADA, enabled: false } }), 'subject-disabled'],
    ['for a privileged account', standing({ privileged: true }), 'subject-privileged'],
    ['where roles cannot be read', standing({ privileged: 'unknown' }), 'subject-privilege-unknown'],
    ['where the policy is off', standing({ stops: ['passkey-method-off'] }), 'flow-stopped'],
    ['without a reason', { reason: '   x   ' }, 'reason-missing'],
    ['with a novel for a reason', { reason: 'x'.repeat(501) }, 'reason-too-long'],
    ['a second time', { alreadyOpen: 'KV-AAAA-AA' }, 'duplicate-open'],
    ['for oneself with a hander', { hander: HUGO }, 'hander-not-allowed'],
    ['for oneself at a desk', { desk: OWN }, 'hander-not-allowed'],
    ['for another without the right', { ...BEHALF, mayOpenForOthers: false }, 'may-not-open-for-others'],
    [
      'for a privileged other without the right: nothing is told of roles',
      { ...BEHALF, mayOpenForOthers: false, ...standing({ privileged: true }) },
      'may-not-open-for-others',
    ],
    [
      'for another at a desk without a hander',
      { requester: HELEN, mayOpenForOthers: true, desk: DESK },
      'hander-missing',
    ],
    ['with the requester as hander', { ...BEHALF, hander: HELEN }, 'hander-not-allowed'],
    ['with the subject as hander', { ...BEHALF, hander: ADA }, 'hander-not-allowed'],
    ['with a disabled hander', { ...BEHALF, hander: facts('h', { enabled: false }) }, 'hander-not-allowed'],
  ])('%s is refused', (_, open, code) => {
    expect(decide(undefined, opening(open))).toMatchObject({ events: [], refusal: { code } });
  });

  test('finds those of the rule who may decide; nobody of the parties among them', () => {
    expect(story().ticket.approvers.map(({ name, circle }) => [name, circle])).toEqual([
      ['bob', 0],
      ['carol', 1],
    ]);
    const candidates = [...CANDIDATES, { person: HUGO, circle: 0, via: 'group' as const }];
    expect(story({ ...BEHALF, requester: BOB, candidates }).ticket.approvers.map(({ name }) => name)).toEqual([
      'carol',
    ]);
  });

  test('for another without a hander: the subject acts alone', () => {
    const one = story({ requester: HELEN, mayOpenForOthers: true });
    expect(one.ticket.hander).toBeUndefined();
    expect(one.tell(person(HELEN), { kind: 'choose', way: 'pass' }).refusal?.code).toBe('not-yours');
    expect(one.tell(person(ADA), { kind: 'choose', way: 'pass' }).refusal?.code).toBe('not-approved');
  });

  test.each([
    ['nobody', { candidates: [] }],
    ['too few', { rule: { ...RULE, needed: 3 } }],
  ])('where the rule finds %s it waits for the helpdesk, and says so at once', (_, open) => {
    const one = story(open);
    expect(one.kinds()).toEqual(['opened', 'parked']);
    expect(one.ticket).toMatchObject({ status: 'waiting', parked: { step: 'approve', code: 'nobody-may-approve' } });
  });

  test('with nobody in the first circle asks the second at once', () => {
    expect(story({ candidates: CANDIDATES.slice(1) }).ticket.askedCircle).toBe(1);
  });
});

describe('approving', () => {
  test('decides, names the workstations, and sets until when it may be used', () => {
    const one = story().wait(60);
    one.then(person(BOB), approve(BOB, { workstations: [OWN] }));
    expect(one.kinds()).toEqual(['opened', 'approved', 'decided']);
    expect(one.ticket).toMatchObject({
      status: 'approved',
      approvals: [{ by: { id: BOB.id }, how: 'video' }],
      approvedFor: [OWN],
      expiresAt: '2026-03-02T18:01:00.000Z',
    });
  });

  const admin = facts('adm-ada', { employeeId: 'E-other' });
  test.each<[string, Story, typeof ADA, Partial<DecisionFacts>, string]>([
    ['the requester', story(), ADA, {}, 'is-subject'],
    ['somebody whom nobody asked', story(), HELEN, {}, 'not-an-approver'],
    ['the next circle before its time', story(), CAROL, {}, 'not-an-approver'],
    ['one whom the rule no longer names', story(), BOB, { candidates: [] }, 'not-in-rule'],
    [
      'one whom the rule names only in a later circle',
      story(),
      BOB,
      { candidates: [{ ...CANDIDATES[0]!, circle: 1 }] },
      'not-in-rule',
    ],
    ['one who was disabled since', story(), { ...BOB, enabled: false }, {}, 'disabled'],
    ['one who turned out to be the subject', story(), { ...BOB, employeeId: ADA.employeeId! }, {}, 'is-same-person'],
    [
      'the subject by an admin account',
      story({ candidates: [{ person: admin, circle: 0, via: 'group' }] }),
      admin,
      { samePerson: { linkedAccounts: [], adminAccountPattern: '^adm-(.+)$' } },
      'is-same-person',
    ],
    [
      'somebody for a subject who was promoted',
      story(),
      BOB,
      { standing: { ...FINE, privileged: true } },
      'subject-privileged',
    ],
    [
      'somebody for a subject who was disabled',
      story(),
      BOB,
      { standing: { ...FINE, subject: { ...ADA, enabled: false } } },
      'subject-disabled',
    ],
    ['somebody where the policy closed', story(), BOB, { standing: { ...FINE, stops: ['x'] } }, 'flow-stopped'],
    ['somebody after its time', story().wait(600 * 60), BOB, {}, 'expired'],
  ])('%s: refused', (_, one, who, more, code) => {
    expect(one.tell(person(who), approve(who, more))).toMatchObject({ events: [], refusal: { code } });
    expect(one.ticket.status).toBe('waiting');
  });

  test('needs as many as the rule says, each once', () => {
    const one = story({ rule: { ...RULE, needed: 2 }, candidates: CANDIDATES.map((c) => ({ ...c, circle: 0 })) });
    const more = { candidates: CANDIDATES.map((c) => ({ ...c, circle: 0 })) };
    one.then(person(BOB), approve(BOB, more));
    expect(one.ticket.status).toBe('waiting');
    expect(one.tell(person(BOB), approve(BOB, more)).refusal?.code).toBe('already-approved');
    one.then(person(CAROL), approve(CAROL, more));
    expect(one.ticket.status).toBe('approved');
  });

  test('by the next circle, once it was asked', () => {
    const one = story()
      .wait(120 * 60)
      .then(SERVICE, tick);
    one.then(person(CAROL), approve(CAROL));
    expect(one.ticket.status).toBe('approved');
  });
});

describe('denying', () => {
  test('needs a reason, and ends the ticket', () => {
    const one = story();
    expect(one.tell(person(BOB), deny(BOB, ' no ')).refusal?.code).toBe('denial-needs-reason');
    expect(one.tell(person(BOB), deny(BOB, 'x'.repeat(501))).refusal?.code).toBe('reason-too-long');
    one.then(person(BOB), deny(BOB, '  unknown to me '));
    expect(one.ticket).toMatchObject({ status: 'denied', denial: { by: { id: BOB.id }, reason: 'unknown to me' } });
    expect(one.ticket.closedAt).toBe(one.at);
  });

  test('is possible for a subject in trouble: only an approval asks how they stand', () => {
    const one = story();
    one.then(person(BOB), deny(BOB, 'has been promoted', { standing: { ...FINE, privileged: true } }));
    expect(one.ticket.status).toBe('denied');
  });

  test.each([
    ['the subject', ADA, 'is-subject'],
    ['a stranger', HELEN, 'not-an-approver'],
  ])('by %s: refused', (_, who, code) => {
    expect(story().tell(person(who), deny(who, 'for no reason')).refusal?.code).toBe(code);
  });
});

describe('cancelling', () => {
  const CASES: [string, () => Story, string | undefined, string | undefined][] = [
    // What was done, what the requester gets, what the helpdesk gets.
    ['nothing yet', () => story(), undefined, undefined],
    ['approved', () => approved(), undefined, undefined],
    ['a pass being made', () => showing(), 'too-late-to-cancel', undefined],
    ['a pass shown', () => issue(showing()), 'too-late-to-cancel', undefined],
    ['a job started', () => jobStarted(), 'too-late-to-cancel', undefined],
    ['a key made', () => jobStarted().then(WORKSTATION, MADE), 'too-late-to-cancel', 'too-late-to-cancel'],
  ];
  test.each(CASES)('with %s', (_, make, requester, helpdesk) => {
    expect(make().tell(person(ADA), cancel()).refusal?.code).toBe(requester);
    expect(make().tell(person(HELEN), cancel(true)).refusal?.code).toBe(helpdesk);
    expect(make().tell(person(BOB), cancel()).refusal?.code).toBe('not-yours');
    expect(make().tell(SERVICE, cancel(true)).refusal?.code).toBe('not-yours');
  });

  test('twice is cancelled once', () => {
    const one = story().then(person(ADA), cancel());
    expect(one.tell(person(ADA), cancel())).toEqual({ events: [] });
  });

  test('takes an offered job back, and says of a started one that a credential may be left', () => {
    const offered = approved()
      .then(person(ADA), { kind: 'choose', way: 'workstation', workstation: OWN })
      .then(person(ADA), { kind: 'vouch', matches: true })
      .then(person(ADA), { kind: 'start-job', job: 'job-1', standing: FINE });
    offered.then(person(ADA), cancel());
    expect(offered.ticket.job).toMatchObject({ state: 'failed', code: 'cancelled', orphan: false });
    const started = jobStarted().then(person(HELEN), cancel(true));
    expect(started.ticket.job).toMatchObject({ state: 'failed', code: 'cancelled', orphan: true });
  });
});

describe('a decision that comes late is told the truth', () => {
  test.each<[string, Story, string]>([
    ['approved', approved(), 'already-decided'],
    ['denied', story().then(person(BOB), deny(BOB, 'unknown to me')), 'denied'],
    ['cancelled', story().then(person(ADA), cancel()), 'cancelled'],
    [
      'expired',
      story()
        .wait(600 * 60)
        .then(SERVICE, tick),
      'expired',
    ],
  ])('%s', (_, one, code) => {
    const version = one.ticket.version;
    expect(one.tell(person(CAROL), approve(CAROL)).refusal?.code).toBe(code);
    expect(one.tell(person(CAROL), deny(CAROL, 'unknown to me')).refusal?.code).toBe(code);
    expect(one.ticket.version).toBe(version);
  });
});

describe('time', () => {
  test('reminds three times, widens to each circle, ends', () => {
    const one = story();
    const at = (minutes: number) => {
      one.wait(minutes * 60 - (Date.parse(one.at) - Date.parse(one.ticket.openedAt)) / 1000);
      return one.tell(SERVICE, tick).events.map(({ kind }) => kind);
    };
    expect(at(59)).toEqual([]);
    expect(at(60)).toEqual(['reminded']);
    expect(at(61)).toEqual([]);
    expect(at(120)).toEqual(['widened', 'reminded']);
    expect(one.ticket.askedCircle).toBe(1);
    expect(at(121)).toEqual([]);
    expect(at(180)).toEqual(['reminded']);
    expect(at(599)).toEqual([]);
    expect(at(600)).toEqual(['expired']);
    expect(at(9999)).toEqual([]);
  });

  test('brings a forgotten ticket to its end by one tick', () => {
    expect(
      story()
        .wait(10 * 3600)
        .then(SERVICE, tick)
        .kinds(),
    ).toEqual(['opened', 'expired']);
  });

  test('skips a circle in which nobody was found', () => {
    const candidates = [CANDIDATES[0]!, { ...CANDIDATES[1]!, circle: 3 }];
    const one = story({ candidates })
      .wait(120 * 60)
      .then(SERVICE, tick);
    expect(one.ticket.askedCircle).toBe(3);
  });

  test('ends an approval that nobody used', () => {
    const one = approved()
      .wait(600 * 60)
      .then(SERVICE, tick);
    expect(one.ticket.status).toBe('expired');
  });
});

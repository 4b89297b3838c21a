import { type Actor, SERVICE } from '../people';
import {
  ADA,
  approved,
  BOB,
  decisionBy,
  DESK,
  facts,
  FINE,
  HELEN,
  HUGO,
  jobStarted,
  OTHER,
  OWN,
  person,
  RULE,
  showing,
  type Story,
  story,
  tick,
  vouched,
} from '../testing/story';

const toPass = { kind: 'choose', way: 'pass' } as const;
const to = (workstation: typeof OWN) => ({ kind: 'choose', way: 'workstation', workstation }) as const;
const approvedFor = (...workstations: (typeof OWN)[]): Story =>
  story().then(person(BOB), { kind: 'approve', how: 'video', facts: decisionBy(BOB, { workstations }) });
const code = (one: Story, command: Parameters<Story['tell']>[1], by: Actor = person(ADA)) =>
  one.tell(by, command).refusal?.code;

describe('choosing the way', () => {
  test.each<[string, Story, Parameters<Story['tell']>[1], string | undefined]>([
    ['a pass', approved(), toPass, undefined],
    ['any workstation, where none was paired at the decision', approved(), to(OTHER), undefined],
    ['a workstation that the decision names', approvedFor(OWN), to(OWN), undefined],
    ['another one', approvedFor(OWN), to(OTHER), 'workstation-not-approved'],
    ['none', approved(), { kind: 'choose', way: 'workstation' }, 'no-workstation'],
    ['before it is approved', story(), toPass, 'not-approved'],
    ['after its time', approved().wait(600 * 60), toPass, 'expired'],
    ['after a pass was begun', showing(), to(OWN), 'pass-under-way'],
    ['while a job runs', jobStarted(), toPass, 'job-runs'],
    ['in an ended ticket', story().then(person(ADA), { kind: 'cancel', helpdesk: false }), toPass, 'cancelled'],
  ])('%s', (_, one, command, expected) => {
    expect(code(one, command)).toBe(expected);
  });

  test('is the recipient’s: the hander’s where there is one, and nobody else’s', () => {
    const one = story({ requester: HELEN, hander: HUGO, mayOpenForOthers: true });
    one.then(person(BOB), {
      kind: 'approve',
      how: 'video',
      facts: decisionBy(BOB, { requester: HELEN, hander: HUGO }),
    });
    for (const who of [ADA, HELEN, BOB]) expect(code(one, toPass, person(who))).toBe('not-yours');
    expect(code(one, toPass, SERVICE)).toBe('not-yours');
    expect(code(one, toPass, person(HUGO))).toBeUndefined();
  });

  test('may be changed until something is done, and a workstation chosen before is then forgotten', () => {
    const one = approved().then(person(ADA), to(OWN)).then(person(ADA), toPass);
    expect(one.ticket).toMatchObject({ way: 'pass' });
    expect(one.ticket.workstation).toBeUndefined();
    one.then(person(ADA), to(OTHER));
    expect(one.ticket).toMatchObject({ way: 'workstation', workstation: OTHER });
  });

  test('of a ticket for a desk is made: no pass, no other workstation', () => {
    const open = { requester: HELEN, hander: HUGO, mayOpenForOthers: true, desk: DESK };
    const one = story(open);
    const facts = decisionBy(BOB, { requester: HELEN, hander: HUGO, workstations: [DESK] });
    one.then(person(BOB), { kind: 'approve', how: 'video', facts });
    expect(one.ticket).toMatchObject({ way: 'workstation', workstation: DESK });
    expect(one.ticket.done.choose).toBeDefined();
    expect(code(one, toPass, person(HUGO))).toBe('way-missing');
    expect(code(one, to(OWN), person(HUGO))).toBe('workstation-not-approved');
  });
});

describe('the vouch code', () => {
  const wrong = { kind: 'vouch', matches: false } as const;
  const right = { kind: 'vouch', matches: true } as const;
  const chosen = () => approved().then(person(ADA), toPass);

  test('has three tries', () => {
    const one = chosen();
    expect(one.tell(person(ADA), wrong).refusal).toEqual({ code: 'code-wrong', facts: { triesLeft: 2 } });
    expect(one.tell(person(ADA), wrong).refusal).toEqual({ code: 'code-wrong', facts: { triesLeft: 1 } });
    expect(one.tell(person(ADA), wrong).refusal).toEqual({ code: 'code-dead' });
    expect(one.kinds().slice(-2)).toEqual(['vouch-refused', 'parked']);
    expect(one.tell(person(ADA), right)).toEqual({ events: [], refusal: { code: 'code-dead' } });
    expect(code(one, { kind: 'prepare-show', standing: FINE })).toBe('code-dead');
  });

  test('is right at the third try as at the first', () => {
    const one = chosen();
    one.tell(person(ADA), wrong);
    one.tell(person(ADA), wrong);
    expect(one.tell(person(ADA), right).refusal).toBeUndefined();
    expect(one.ticket.vouchedAt).toBe(one.at);
  });

  test('a dead one is brought back by nothing, and the ticket ends when its time is over', () => {
    const one = chosen();
    for (let n = 0; n < 3; n += 1) one.tell(person(ADA), wrong);
    one.then(person(HELEN), { kind: 'take-over', helpdesk: true });
    expect(code(one, { kind: 'retry', helpdesk: true }, person(HELEN))).toBe('code-dead');
    one.wait(600 * 60).then(SERVICE, tick);
    expect(one.ticket.status).toBe('expired');
    expect(one.ticket.parked).toBeUndefined();
  });

  test.each<[string, () => Story, Actor, string | undefined]>([
    ['another person types it', chosen, person(HELEN), 'not-yours'],
    ['the approver types it', chosen, person(BOB), 'not-yours'],
    ['the way is not chosen', approved, person(ADA), 'way-missing'],
    ['it is not approved', () => story(), person(ADA), 'not-approved'],
    ['its time is over', () => chosen().wait(600 * 60), person(ADA), 'expired'],
  ])('is not taken where %s', (_, make, by, expected) => {
    const one = make();
    expect(one.tell(by, right)).toEqual({ events: [], refusal: { code: expected } });
    expect(one.ticket.vouchTries).toBe(0);
  });

  test('stays given when the way is changed', () => {
    const one = vouched('pass').then(person(ADA), to(OWN));
    expect(code(one, { kind: 'start-job', job: 'job-1', standing: FINE })).toBeUndefined();
  });

  test('is not asked for where the tenant relaxed it, and the plan then has no such step', () => {
    const one = approved({ rule: { ...RULE, vouch: false } }).then(person(ADA), toPass);
    expect(one.tell(person(ADA), wrong)).toEqual({ events: [] });
    expect(code(one, { kind: 'prepare-show', standing: FINE })).toBeUndefined();
  });

  test.each([
    ['pass', { kind: 'prepare-show', standing: FINE }],
    ['workstation', { kind: 'start-job', job: 'job-1', standing: FINE }],
  ] as const)('is owed before anything on the way %s', (way, command) => {
    const one = approved().then(person(ADA), way === 'pass' ? toPass : to(OWN));
    expect(code(one, command)).toBe('code-needed');
  });
});

test('nobody who was never in the ticket can do anything with it', () => {
  const stranger = person(facts('mallory'));
  for (const command of [toPass, to(OWN), { kind: 'vouch', matches: true } as const])
    expect(code(approved(), command, stranger)).toBe('not-yours');
});

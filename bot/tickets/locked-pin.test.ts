import { type Open } from './commands';
import { type Verdict } from './diagnosis';
import { dueTimes } from './due';
import { SERVICE } from './people';
import {
  AAGUID,
  began,
  BLUE,
  emptied,
  erasing,
  found,
  LOCKED,
  look,
  looked,
  PIN,
  RED,
  wantedFrom,
} from './testing/locked-story';
import {
  ADA,
  BOB,
  decisionBy,
  DESK,
  FINE,
  HELEN,
  HUGO,
  OLD_KEYS,
  OTHER,
  OWN,
  person,
  type Story,
  story,
  tick,
  WORKSTATION,
} from './testing/story';
import { plusSeconds } from './time';
import { type TicketView, viewOf } from './view';

const ada = person(ADA);
const approve = { kind: 'approve', how: 'video', facts: decisionBy(BOB, { workstations: [OWN] }) } as const;
const view = (one: Story, who = ADA, helpdesk = false): TicketView | undefined =>
  viewOf(one.ticket, { ...who, helpdesk }, one.at);
const can = (one: Story, who = ADA, helpdesk = false) => view(one, who, helpdesk)?.can ?? [];
const steps = (one: Story) => Object.fromEntries((view(one)?.steps ?? []).map(({ id, state }) => [id, state]));
const code = (one: Story, body: Parameters<Story['tell']>[1], by = ada) => one.tell(by, body).refusal?.code;
const STRANGER = { kind: 'workstation', id: OTHER.id, person: ADA.id } as const;

describe('before the key was looked at', () => {
  test('nobody is asked to decide, and nobody is reminded; the person is offered the look', () => {
    const one = story(LOCKED).wait(3 * 3600);
    expect(one.tell(SERVICE, tick).events).toEqual([]);
    expect(view(one)).toMatchObject({ approvers: [], status: 'waiting' });
    expect(view(one, BOB)).toBeUndefined();
    expect(can(one)).toEqual(expect.arrayContaining(['diagnose', 'cancel']));
    expect(steps(one)).toMatchObject({ diagnose: 'now', approve: 'later' });
    expect(code(one, { ...approve }, person(BOB))).toBe('not-an-approver');
  });

  test('the look is laid ready for the workstation that was chosen, and bound to it', () => {
    const one = story(LOCKED);
    expect(wantedFrom(one, ada, look())).toContainEqual({ kind: 'offer-inspect', job: 'look-1' });
    expect(one.ticket).toMatchObject({ workstation: OWN, job: { act: 'inspect', state: 'offered' } });
    expect(code(one, began('look-1'), STRANGER)).toBe('workstation-not-yours');
  });

  test.each<[string, object, string]>([
    ['no workstation', { workstation: undefined }, 'no-workstation'],
    ['several, and none chosen', { workstation: undefined, several: true }, 'choose-workstation-first'],
    ['a subject who was promoted', { standing: { ...FINE, privileged: true } }, 'subject-privileged'],
    [
      'a subject who was switched off',
      { standing: { ...FINE, subject: { ...ADA, enabled: false } } },
      'subject-disabled',
    ],
  ])('not with %s', (_, more, expected) => {
    const { workstation: _none, ...rest } = { ...look(), ...more };
    const body = 'workstation' in more ? rest : { ...look(), ...more };
    expect(code(story(LOCKED), body as ReturnType<typeof look>)).toBe(expected);
  });

  test('only the one who acts starts it, one at a time, and in no other flow', () => {
    expect(code(story(LOCKED), look(), person(BOB))).toBe('not-yours');
    expect(code(story(LOCKED).then(ada, look()), look('look-2'))).toBe('job-runs');
    expect(code(story(), look())).toBe('way-missing');
    expect(code(looked(PIN.blocked, { answered: ['old-1'] }), look('look-2'))).toBe('already-diagnosed');
  });

  test('a look that nobody fetches, or that falls silent, lapses, and another may start', () => {
    const one = story(LOCKED).then(ada, look()).wait(600).then(SERVICE, tick);
    expect(one.ticket.job).toMatchObject({ state: 'failed', code: 'job-lapsed', orphan: false });
    const silent = one.then(ada, look('look-2')).then(WORKSTATION, began('look-2'));
    expect(dueTimes(silent.ticket)).toContain(plusSeconds(silent.at, 600));
    silent.wait(600).then(SERVICE, tick);
    expect(can(silent)).toContain('diagnose');
  });

  test('on behalf it is the hander who is at the key, at the desk that was named', () => {
    const open: Partial<Open> = { ...LOCKED, requester: HELEN, hander: HUGO, desk: DESK, mayOpenForOthers: true };
    const one = story(open);
    expect(can(one, HUGO)).toContain('diagnose');
    expect(can(one)).not.toContain('diagnose');
    one.then(person(HUGO), look());
    expect(one.ticket.workstation).toEqual(DESK);
  });
});

describe('what the look finds', () => {
  test.each<[keyof typeof PIN, Verdict]>([
    ['blocked', 'blocked-for-ever'],
    ['replug', 'blocked-until-replug'],
    ['change', 'change-forced'],
    ['none', 'no-pin'],
    ['open', 'tries-left'],
  ])('%s: %s', (pin, verdict) => {
    expect(looked(PIN[pin]).ticket.diagnosis).toMatchObject({ verdict, aaguid: AAGUID });
  });

  test.each<keyof typeof PIN>(['replug', 'change', 'none', 'open'])(
    '%s: nobody is asked to approve; it is closed, or the PIN is forgotten and it goes on',
    (pin) => {
      const one = looked(PIN[pin], { answered: ['old-1'] });
      expect(view(one, BOB)).toBeUndefined();
      expect(can(one)).toEqual(expect.arrayContaining(['forgotten', 'not-needed', 'diagnose']));
      one.then(ada, { kind: 'forgotten' });
      expect(can(one, BOB)).toContain('approve');
      const other = looked(PIN[pin]).then(ada, { kind: 'not-needed' });
      expect(other.ticket).toMatchObject({ status: 'cancelled', cancellation: { by: { id: ADA.id } } });
      expect(view(other)?.notNeeded).toBe(true);
    },
  );

  test('where the person only goes back to work, it ends by itself, and says that nothing was needed', () => {
    const one = looked(PIN.replug);
    one.wait(600 * 60).then(SERVICE, tick);
    expect(one.ticket.status).toBe('expired');
    expect(view(one)?.notNeeded).toBe(true);
  });

  test('locked for ever, and the passkey has answered: the approvers are asked at once, from that moment on', () => {
    const one = story(LOCKED).wait(3000).then(ada, look()).then(WORKSTATION, began('look-1'));
    const effects = wantedFrom(one, WORKSTATION, found(PIN.blocked, { answered: ['old-1'] }));
    expect(effects).toContainEqual({ kind: 'card', person: BOB.id, slot: 'approval', nudge: false });
    expect(one.ticket).toMatchObject({ expiresAt: plusSeconds(one.at, 600 * 60), removals: [{ passkey: BLUE }] });
    expect(one.ticket.diagnosis?.matchedBy).toBe('silent');
    one.wait(60 * 60).then(SERVICE, tick);
    expect(one.kinds()).toContain('reminded');
  });

  test.each<[string, readonly string[] | undefined]>([
    ['nothing answers', []],
    ['the key answers no such question', undefined],
  ])('%s: its person picks, before anybody is asked; the approver reads that', (_, answered) => {
    const one = looked(PIN.blocked, answered ? { answered } : 'does not answer');
    expect(one.ticket.diagnosis?.answers).toBe(answered !== undefined);
    expect(view(one, BOB)).toBeUndefined();
    expect(can(one)).toContain('pick-passkey');
    expect(code(one, { kind: 'pick-passkey' })).toBe('passkey-choice-missing');
    expect(code(one, { kind: 'pick-passkey', methodId: 'of-another' })).toBe('passkey-not-there');
    one.then(ada, { kind: 'pick-passkey', methodId: 'old-2' });
    expect(view(one, BOB)).toMatchObject({ diagnosis: { matchedBy: 'person' }, removals: [{ passkey: RED }] });
  });

  test('none of them may be picked too: then nothing goes', () => {
    const one = looked(PIN.blocked).then(ada, { kind: 'pick-passkey', methodId: 'none' });
    expect(one.ticket).toMatchObject({ removals: [], diagnosis: { matchedBy: 'person' } });
    one.then(person(BOB), approve).then(ada, { kind: 'vouch', matches: true });
    erasing(one).then(WORKSTATION, emptied({ matched: [], matchedBy: 'person' }));
    expect(one.ticket.done.remove).toBe(one.at);
    expect(one.ticket.parked).toBeUndefined();
  });

  test('what answered cannot be picked away', () => {
    const one = looked(PIN.open, { answered: ['old-1'] });
    expect(one.tell(ada, { kind: 'pick-passkey', methodId: 'old-2' })).toEqual({ events: [] });
    expect(one.ticket.removals).toEqual([{ passkey: BLUE, state: 'named' }]);
  });

  test('a model that may not be registered again is not erased', () => {
    const one = looked(PIN.blocked, { answered: ['old-1'], modelAllowed: false });
    expect(view(one, BOB)).toBeUndefined();
    expect(can(one)).not.toContain('forgotten');
    expect(can(one)).toContain('not-needed');
    expect(code(looked(PIN.open, { modelAllowed: false }), { kind: 'forgotten' })).toBe('passkey-model-not-allowed');
  });

  test('looked at again: only what is found last counts', () => {
    const one = looked(PIN.open, { answered: ['old-1'] })
      .then(ada, look('look-2'))
      .then(WORKSTATION, began('look-2'))
      .then(WORKSTATION, found(PIN.blocked, { job: 'look-2', answered: ['old-2'] }));
    expect(one.ticket.removals).toEqual([{ passkey: RED, state: 'named' }]);
    expect(code(one, found(PIN.open, { job: 'look-1' }), WORKSTATION)).toBe('job-unknown');
  });

  test('while it is looked at again, no word on the last time counts', () => {
    const one = looked(PIN.open).then(ada, look('look-2'));
    for (const kind of ['forgotten', 'not-needed'] as const) expect(code(one, { kind })).toBe('diagnosis-missing');
    expect(can(one)).not.toContain('forgotten');
  });
});

test('of somebody without a passkey there is nothing to unlock', () => {
  expect(() => story({ flow: 'locked-pin', passkeysBefore: [] })).toThrow('no-passkeys');
  expect(OLD_KEYS).toHaveLength(2);
});

import { type Open } from './commands';
import { dueTimes } from './due';
import { SERVICE } from './people';
import {
  ADA,
  approved,
  BOB,
  decisionBy,
  FINE,
  HELEN,
  issue,
  MADE,
  OLD_KEYS,
  OWN,
  PASSKEY,
  person,
  type Story,
  story,
  tick,
  WORKSTATION,
} from './testing/story';
import { plusSeconds } from './time';
import { viewOf } from './view';

const [BLUE, RED] = OLD_KEYS;
const HAD = { passkeysBefore: ['old-1', 'old-2'], strongMethods: 2 } as const;
const LOST: Partial<Open> = { flow: 'lost-key', ...HAD, removes: [BLUE!] };
const PASS: Partial<Open> = { flow: 'pass' };
const RETURNED: Partial<Open> = {
  flow: 'return-key',
  ...HAD,
  removes: OLD_KEYS,
  requester: HELEN,
  mayOpenForOthers: true,
};

const approve = { kind: 'approve', how: 'video', facts: decisionBy(BOB) } as const;
const vouch = { kind: 'vouch', matches: true } as const;
const ada = person(ADA);
const removed = (methodId = 'old-1') => ({ kind: 'passkey-removed', methodId, how: 'deleted' }) as const;
const revoked = { kind: 'sessions-revoked' } as const;
const states = (one: Story) => one.ticket.removals.map(({ state }) => state);
const can = (one: Story, who = ADA) => viewOf(one.ticket, { ...who, helpdesk: false }, one.at)?.can ?? [];
const goneBy = (one: Story) => viewOf(one.ticket, { ...ADA, helpdesk: false }, one.at)?.removalsBy;
const steps = (one: Story) =>
  Object.fromEntries(
    (viewOf(one.ticket, { ...ADA, helpdesk: false }, one.at)?.steps ?? []).map(({ id, state }) => [id, state]),
  );

/** At a workstation, up to the key that Entra has taken. */
function registered(open: Partial<Open>): Story {
  const one = approved(open)
    .then(ada, { kind: 'choose', way: 'workstation', workstation: OWN })
    .then(ada, vouch)
    .then(ada, { kind: 'start-job', job: 'job-1', standing: FINE });
  const challengeUntil = plusSeconds(one.at, 300);
  return one
    .then(WORKSTATION, { kind: 'job-started', job: 'job-1', standing: FINE, challengeHash: 'h', challengeUntil })
    .then(WORKSTATION, MADE)
    .then(SERVICE, { kind: 'passkey-registered', job: 'job-1', passkey: PASSKEY });
}

function shown(open: Partial<Open>): Story {
  const chosen = open.flow === 'pass' ? approved(open) : approved(open).then(ada, { kind: 'choose', way: 'pass' });
  return issue(
    chosen
      .then(ada, vouch)
      .then(ada, { kind: 'prepare-show', standing: FINE })
      .then(ada, { kind: 'show', standing: FINE, passkeysBefore: [] }),
  );
}

describe('lost-key', () => {
  test('the old key goes once the new one is there, then the sessions; then it is done', () => {
    const one = registered(LOST);
    expect(states(one)).toEqual(['due']);
    expect(one.ticket.status).toBe('approved');
    one.then(SERVICE, removed());
    expect(one.ticket.status).toBe('approved');
    one.then(SERVICE, revoked);
    expect(one.kinds().slice(-5)).toEqual([
      'passkey-registered',
      'removal-due',
      'passkey-removed',
      'sessions-revoked',
      'completed',
    ]);
    expect(steps(one)).toMatchObject({ remove: 'done', revoke: 'done', confirm: 'done' });
  });

  test('a pass that is shown is a way in: the old key goes then', () => {
    const one = shown(LOST);
    expect(states(one)).toEqual(['due']);
    one.then(SERVICE, removed()).then(SERVICE, revoked);
    expect(one.ticket.status).toBe('approved');
    one
      .then(SERVICE, { kind: 'passkey-appeared', generation: 1, passkey: PASSKEY })
      .then(SERVICE, { kind: 'pass-ended', generation: 1, how: 'deleted' });
    expect(one.ticket.status).toBe('done');
  });

  test('it goes eight minutes after the approval, whether or not its owner came; the way in stays open', () => {
    const one = approved(LOST).wait(479).then(SERVICE, tick);
    expect(states(one)).toEqual(['named']);
    expect(dueTimes(one.ticket)).toContain(plusSeconds(one.at, 1));
    expect(goneBy(one)).toBe(plusSeconds(one.at, 121));
    one.wait(1).then(SERVICE, tick);
    expect(states(one)).toEqual(['due']);
    expect(goneBy(one)).toBeUndefined();
    expect(can(one)).toEqual(expect.arrayContaining(['choose-pass', 'choose-workstation']));
    one.then(ada, { kind: 'choose', way: 'pass' });
  });

  test('by the subject’s own report, with another strong way left, it goes at once; the rest waits for the approval', () => {
    const one = story({ ...LOST, contain: true });
    expect(one.kinds()).toEqual(['opened', 'contained']);
    expect(states(one)).toEqual(['due']);
    one.then(SERVICE, removed()).then(SERVICE, revoked);
    expect(one.ticket).toMatchObject({ status: 'waiting', sessionsRevokedAt: one.at });
    expect(can(one)).not.toContain('cancel');
    one.then(person(BOB), approve).then(ada, { kind: 'choose', way: 'workstation', workstation: OWN });
  });

  test('sessions are not ended before the last of the keys is gone', () => {
    const one = approved({ ...LOST, removes: OLD_KEYS })
      .wait(480)
      .then(SERVICE, tick);
    one.then(SERVICE, removed());
    expect(one.tell(SERVICE, revoked)).toEqual({ events: [] });
    one.then(SERVICE, removed(RED!.methodId)).then(SERVICE, revoked);
    expect(one.tell(SERVICE, revoked)).toEqual({ events: [] });
  });

  test('found again before anything happened: cancelled, and the key stays', () => {
    const one = approved(LOST).then(ada, { kind: 'cancel', helpdesk: false });
    expect(states(one)).toEqual(['named']);
    expect(one.tell(SERVICE, removed())).toEqual({ events: [] });
    expect(dueTimes(one.ticket)).toEqual([]);
  });

  test('what is due to go goes also when the ticket has ended', () => {
    const one = approved(LOST).wait(480).then(SERVICE, tick).then(person(HELEN), { kind: 'cancel', helpdesk: true });
    one.then(SERVICE, removed()).then(SERVICE, revoked);
    expect(one.ticket).toMatchObject({ status: 'cancelled', sessionsRevokedAt: one.at });
  });

  test('a key that the ticket does not name is none of its business', () => {
    expect(registered(LOST).tell(SERVICE, removed(RED!.methodId))).toEqual({ events: [] });
  });
});

describe('pass', () => {
  test('has no way to choose and waits for no key: it ends with the pass', () => {
    const one = approved(PASS);
    expect(Object.keys(steps(one))).toEqual(['approve', 'vouch', 'show', 'tidy']);
    expect(can(one)).not.toContain('choose-pass');
    expect(one.tell(ada, { kind: 'choose', way: 'workstation', workstation: OWN }).refusal?.code).toBe('way-missing');
    const shows = shown(PASS).wait(3600).then(SERVICE, tick);
    expect(shows.kinds().slice(-2)).toEqual(['pass-ended', 'completed']);
    expect(shows.ticket.status).toBe('done');
  });

  test('ends earlier when the person needs it no more', () => {
    const one = shown(PASS);
    expect(can(one)).toContain('finish');
    one.then(ada, { kind: 'finish' });
    expect(can(one)).not.toContain('finish');
    expect(can(one)).not.toContain('prepare-show');
    one.then(SERVICE, { kind: 'pass-ended', generation: 1, how: 'deleted' });
    expect(one.ticket.status).toBe('done');
  });

  test('can be shown again while it lasts; nobody else ends it, and in other flows nobody does', () => {
    expect(can(shown(PASS).wait(61))).toContain('prepare-show');
    expect(shown(PASS).tell(person(BOB), { kind: 'finish' }).refusal?.code).toBe('not-yours');
    expect(shown(LOST).tell(ada, { kind: 'finish' }).refusal?.code).toBe('no-pass-to-end');
    expect(shown(PASS).tell(SERVICE, { kind: 'passkey-appeared', generation: 1, passkey: PASSKEY })).toEqual({
      events: [],
    });
  });
});

describe('return-key', () => {
  test('once approved all goes, then the sessions; no code, and no way in for anybody', () => {
    const one = approved(RETURNED);
    expect(one.kinds()).toEqual(['opened', 'approved', 'decided', 'removal-due']);
    expect(one.ticket.rule.vouch).toBe(false);
    expect(can(one)).toEqual(['not-me']);
    one.then(SERVICE, removed()).then(SERVICE, removed(RED!.methodId)).then(SERVICE, revoked);
    expect(one.ticket.status).toBe('done');
    expect(Object.keys(steps(one))).toEqual(['approve', 'remove', 'revoke']);
  });

  test('is possible for an account that is switched off already', () => {
    const gone = { ...FINE, subject: { ...ADA, enabled: false } };
    const one = story({ ...RETURNED, standing: gone });
    one.then(person(BOB), { ...approve, facts: decisionBy(BOB, { standing: gone, requester: HELEN }) });
    expect(one.ticket.status).toBe('approved');
  });
});

test('spare-key goes the way of a first key', () => {
  const one = registered({ flow: 'spare-key', ...HAD });
  expect(one.ticket.status).toBe('done');
});

test.each<[string, Partial<Open>, string]>([
  ['a spare without a first', { flow: 'spare-key' }, 'spare-needs-first'],
  ['a lost key of somebody who has none', { flow: 'lost-key' }, 'no-passkeys'],
  ['a lost key without saying which', { flow: 'lost-key', ...HAD }, 'passkey-choice-missing'],
  ['to take back one’s own', { ...RETURNED, requester: ADA }, 'return-not-for-oneself'],
])('%s is refused', (_, open, code) => {
  expect(() => story(open)).toThrow(code);
});

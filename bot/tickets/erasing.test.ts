import { type PinFound } from './diagnosis';
import { SERVICE } from './people';
import {
  began,
  BLUE,
  emptied,
  erasing,
  found,
  looked,
  PIN,
  RED,
  start,
  vouchedFor,
  wantedFrom,
} from './testing/locked-story';
import {
  ADA,
  BOB,
  decisionBy,
  FINE,
  HELEN,
  MADE,
  OWN,
  PASSKEY,
  person,
  type Story,
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
const states = (one: Story) => one.ticket.removals.map(({ state }) => state);

/** The key is empty, and its old passkey off the account. */
const emptiedAndGone = (one = erasing()) =>
  one.then(WORKSTATION, emptied()).then(SERVICE, { kind: 'passkey-removed', methodId: 'old-1', how: 'deleted' });

function registering(one: Story, job = 'job-1'): Story {
  const challengeUntil = plusSeconds(one.at, 300);
  return one
    .then(ada, start(job))
    .then(WORKSTATION, { kind: 'job-started', job, standing: FINE, challengeHash: 'h', challengeUntil })
    .then(WORKSTATION, { ...MADE, job })
    .then(SERVICE, { kind: 'passkey-registered', job, passkey: PASSKEY });
}

test('the whole of it: looked at, approved, erased, its passkey taken off, registered anew; no session is ended', () => {
  const one = registering(emptiedAndGone());
  expect(one.kinds()).toEqual([
    ...['opened', 'job-offered', 'act-started', 'diagnosed', 'approval-asked', 'approved', 'decided', 'vouched'],
    ...['job-offered', 'act-started', 'key-erased', 'removal-due', 'passkey-removed'],
    ...['job-offered', 'job-started', 'key-made', 'passkey-registered', 'completed'],
  ]);
  expect(one.ticket).toMatchObject({ status: 'done', passkey: PASSKEY, reset: { state: 'erased' } });
  expect(one.ticket.sessionsRevokedAt).toBeUndefined();
  const all = ['diagnose', 'approve', 'vouch', 'reset', 'remove', 'register', 'confirm'];
  expect(steps(one)).toEqual(Object.fromEntries(all.map((id) => [id, 'done'])));
});

describe('erasing', () => {
  test('waits for approval and code, and is laid ready where the key was looked at', () => {
    expect(code(looked(PIN.blocked, { answered: ['old-1'] }), start('reset-1'))).toBe('not-approved');
    const one = looked(PIN.blocked, { answered: ['old-1'] }).then(person(BOB), approve);
    expect(one.ticket.approvedFor).toEqual([OWN]);
    expect(code(one, start('reset-1'))).toBe('code-needed');
    expect(wantedFrom(vouchedFor(), ada, start('reset-1'))).toContainEqual({ kind: 'offer-reset', job: 'reset-1' });
  });

  test('nothing goes from the account before the key is empty, however long it takes', () => {
    const one = vouchedFor().wait(3600);
    expect(one.tell(SERVICE, tick).events).toEqual([]);
    expect(states(one)).toEqual(['named']);
    erasing(one);
    expect(states(one)).toEqual(['named']);
  });

  test('once it is empty, exactly the passkey that was decided on goes, and no session is ended', () => {
    const one = erasing();
    expect(wantedFrom(one, WORKSTATION, emptied())).toContainEqual({ kind: 'remove-passkey', methodId: 'old-1' });
    const gone = wantedFrom(one, SERVICE, { kind: 'passkey-removed', methodId: 'old-1', how: 'deleted' });
    expect(gone).not.toContainEqual({ kind: 'revoke-sessions' });
    expect(can(one)).toContain('start-job');
  });

  test('the same word twice counts once', () => {
    const one = erasing().then(WORKSTATION, emptied());
    expect(one.tell(WORKSTATION, emptied())).toEqual({ events: [] });
    expect(one.tell(WORKSTATION, began('reset-1')).refusal?.code).toBe('job-over');
  });

  test('begun, it is stopped by nobody: it may be losing everything at this moment', () => {
    const one = erasing();
    expect(can(one)).not.toContain('cancel');
    expect(code(one, { kind: 'cancel', helpdesk: true }, person(HELEN))).toBe('too-late-to-cancel');
    expect(code(one, start('reset-2'))).toBe('job-runs');
  });

  test('declined at the workstation, the key is as it was: it may be cancelled, or begun again', () => {
    const one = erasing().then(WORKSTATION, {
      kind: 'job-failed',
      job: 'reset-1',
      code: 'reset-declined',
      orphan: false,
    });
    expect(one.ticket.reset).toBeUndefined();
    expect(can(one)).toEqual(expect.arrayContaining(['cancel', 'start-job']));
    expect(wantedFrom(one, ada, start('reset-2'))).toContainEqual({ kind: 'offer-reset', job: 'reset-2' });
  });

  test.each<[string, readonly string[], 'silent' | 'person']>([
    ['another of their keys', ['old-2'], 'silent'],
    ['more than was decided on', ['old-1', 'old-2'], 'silent'],
    ['a key that answers for nothing', [], 'person'],
  ])('%s was erased: nothing goes, the helpdesk is told, and the way in stays open', (_, matched, matchedBy) => {
    const one = erasing().then(WORKSTATION, emptied({ matched, matchedBy }));
    expect(one.ticket.parked).toMatchObject({ step: 'remove', code: 'erased-another-key' });
    expect(states(one)).toEqual(['named']);
    registering(one);
    expect(one.ticket).toMatchObject({ status: 'approved', passkey: PASSKEY, parked: { code: 'erased-another-key' } });
    one.then(person(HELEN), { kind: 'take-over', helpdesk: true });
    expect(can(one, HELEN, true)).toContain('retry');
    one.then(person(HELEN), { kind: 'retry', helpdesk: true });
    expect(one.ticket).toMatchObject({ status: 'done', removals: [{ passkey: BLUE, state: 'kept' }] });
  });

  test('what the service tries again by itself is not for the helpdesk’s word', () => {
    const one = erasing().then(WORKSTATION, emptied({ matched: ['old-2'] }));
    one.then(SERVICE, { kind: 'retry', helpdesk: true });
    expect(states(one)).toEqual(['named']);
    expect(one.ticket.parked?.code).toBe('erased-another-key');
    registering(one);
    expect(one.ticket.parked?.code).toBe('erased-another-key');
  });

  test('picked by hand, a key that answers nothing is the right one', () => {
    const one = looked(PIN.blocked)
      .then(ada, { kind: 'pick-passkey', methodId: 'old-2' })
      .then(person(BOB), approve)
      .then(ada, { kind: 'vouch', matches: true });
    erasing(one).then(WORKSTATION, emptied({ matched: [], matchedBy: 'person' }));
    expect(one.ticket.removals).toEqual([{ passkey: RED, state: 'due' }]);
  });

  test('picked by hand, a key of another model is not the right one', () => {
    const one = looked(PIN.blocked)
      .then(ada, { kind: 'pick-passkey', methodId: 'old-2' })
      .then(person(BOB), approve)
      .then(ada, { kind: 'vouch', matches: true });
    erasing(one).then(WORKSTATION, emptied({ aaguid: 'another', matched: [], matchedBy: 'person' }));
    expect(one.ticket).toMatchObject({
      removals: [{ passkey: RED, state: 'named' }],
      parked: { code: 'erased-another-key' },
    });
  });

  test('known after the end of the ticket, it is recorded, and takes nothing', () => {
    const one = erasing();
    one.then(ada, { kind: 'freeze', via: 'chat', blocks: false }).then(WORKSTATION, emptied());
    expect(one.ticket).toMatchObject({ status: 'frozen', reset: { state: 'erased' }, removals: [{ state: 'named' }] });
  });
});

describe('the workstation falls silent in the middle of erasing', () => {
  const silent = () =>
    erasing()
      .wait(20 * 60)
      .then(SERVICE, tick);
  const again = (pin: PinFound, answered: readonly string[] = [], one = silent()) =>
    one
      .then(ada, start('look-2'))
      .then(WORKSTATION, began('look-2'))
      .then(WORKSTATION, found(pin, { job: 'look-2', answered }));

  test('the ticket says that it is not known, and stays open; the next thing is a look', () => {
    const one = silent();
    expect(view(one)?.diagnosis?.reset).toBe('unknown');
    expect(can(one)).not.toContain('cancel');
    expect(wantedFrom(one, ada, start('look-2'))).toContainEqual({ kind: 'offer-inspect', job: 'look-2' });
  });

  test('the workstation itself cannot tell: the same', () => {
    const one = erasing().then(WORKSTATION, emptied({ erased: 'unknown' }));
    expect(one.ticket).toMatchObject({ reset: { state: 'unknown' }, job: { state: 'failed', code: 'erase-unknown' } });
    expect(one.tell(WORKSTATION, emptied({ erased: 'unknown' }))).toEqual({ events: [] });
  });

  test('it comes back and tells after all, even while a look is under way', () => {
    const one = silent().then(ada, start('look-2')).then(WORKSTATION, emptied());
    expect(one.ticket).toMatchObject({ reset: { state: 'erased' }, job: { id: 'look-2', state: 'done' } });
    expect(states(one)).toEqual(['due']);
    expect(can(one)).toContain('start-job');
  });

  test('a look finds the key empty: it was erased, and is not erased again', () => {
    const one = again(PIN.none);
    expect(one.kinds().slice(-2)).toEqual(['key-erased', 'removal-due']);
    expect(one.ticket.reset?.state).toBe('erased');
  });

  test.each<[string, PinFound, readonly string[]]>([
    ['with its PIN', PIN.blocked, []],
    ['with its passkey', PIN.none, ['old-1']],
  ])('a look finds the key %s: it was not erased, and may be', (_, pin, answered) => {
    const one = again(pin, answered);
    expect(one.ticket.reset).toBeUndefined();
    expect(states(one)).toEqual(['named']);
    expect(wantedFrom(one, ada, start('reset-2'))).toContainEqual({ kind: 'offer-reset', job: 'reset-2' });
  });

  test('another model of key at the look: nothing is taken from that', () => {
    const one = silent()
      .then(ada, start('look-2'))
      .then(WORKSTATION, began('look-2'))
      .then(WORKSTATION, found(PIN.none, { job: 'look-2', aaguid: 'another' }));
    expect(one.ticket).toMatchObject({
      reset: { state: 'unknown' },
      job: { state: 'failed', code: 'key-not-the-same' },
    });
  });

  test('a key that never had a PIN, and showed nothing: nobody can tell, so it is asked again', () => {
    const had = looked(PIN.none)
      .then(ada, { kind: 'forgotten' })
      .then(ada, { kind: 'pick-passkey', methodId: 'old-1' })
      .then(person(BOB), approve)
      .then(ada, { kind: 'vouch', matches: true });
    const one = again(
      PIN.none,
      [],
      erasing(had)
        .wait(20 * 60)
        .then(SERVICE, tick),
    );
    expect(one.kinds().at(-1)).toBe('not-erased');
  });
});

test('cancelled by the helpdesk once the key is empty, what was to go goes on going', () => {
  const one = erasing().then(WORKSTATION, emptied()).then(person(HELEN), { kind: 'cancel', helpdesk: true });
  one.then(SERVICE, { kind: 'passkey-removed', methodId: 'old-1', how: 'deleted' });
  expect(one.ticket).toMatchObject({ status: 'cancelled', removals: [{ state: 'removed' }] });
});

test('a registering that fails begins with registering again: the key is empty by now', () => {
  const one = emptiedAndGone().then(ada, start('job-1'));
  const challengeUntil = plusSeconds(one.at, 300);
  one.then(WORKSTATION, { kind: 'job-started', job: 'job-1', standing: FINE, challengeHash: 'h', challengeUntil });
  one.then(WORKSTATION, { kind: 'job-failed', job: 'job-1', code: 'key-gone', orphan: false });
  expect(one.ticket.job?.act).toBeUndefined();
  expect(wantedFrom(one, ada, start('job-2'))).toContainEqual({ kind: 'offer-job', job: 'job-2' });
});

import { type Open } from './commands';
import { takesBack } from './freeze';
import { SERVICE } from './people';
import {
  atWorkstation,
  can,
  done,
  freeze,
  frozen,
  IVY,
  LOST,
  MARY,
  nothingFound,
  PASS,
  revoked,
  shown,
  told,
} from './testing/frozen-story';
import {
  ADA,
  approved,
  BOB,
  decisionBy,
  FINE,
  HELEN,
  MADE,
  OWN,
  PASSKEY,
  person,
  showing,
  type Story,
  story,
  tick,
  WORKSTATION,
} from './testing/story';
import { plusSeconds } from './time';
import { viewOf } from './view';

describe('who may freeze', () => {
  test.each<[string, typeof ADA, string | undefined]>([
    ['the subject', ADA, undefined],
    ['whoever is told by mail', MARY, undefined],
    ['the approver', BOB, 'not-yours'],
    ['the helpdesk', HELEN, 'not-yours'],
    ['a stranger', IVY, 'not-yours'],
  ])('%s', (_, who, code) => {
    expect(shown().tell(person(who), freeze()).refusal?.code).toBe(code);
    expect(can(shown(), who).includes('not-me')).toBe(code === undefined);
  });

  test.each<[string, Partial<Open>, boolean]>([
    ['a lost key', LOST, true],
    ['a pass', PASS, true],
    ['a first key that the subject asks for', { told }, false],
    ['a first key that the helpdesk asks for', { requester: HELEN, mayOpenForOthers: true, told }, true],
    ['a spare key', { flow: 'spare-key', strongMethods: 1, told }, false],
    ['a returned key', { ...LOST, flow: 'return-key', requester: HELEN, mayOpenForOthers: true }, true],
  ])('of %s', (_, open, watched) => {
    const one = story(open);
    expect(one.ticket.told !== undefined).toBe(watched);
    expect(one.tell(person(ADA), freeze()).refusal?.code).toBe(watched ? undefined : 'not-yours');
  });
});

describe('when', () => {
  test.each<[string, Story, string | undefined]>([
    ['before anybody has decided', story(LOST), undefined],
    ['while a pass is out', shown(), undefined],
    ['when all is done', done(), undefined],
    ['six days later', done().wait(6 * 86_400), undefined],
    ['eight days later', done().wait(8 * 86_400), 'freeze-over'],
    [
      'after a denial: nothing was given out',
      story(LOST).then(person(BOB), { kind: 'deny', reason: 'unknown to me', facts: decisionBy(BOB) }),
      'nothing-to-freeze',
    ],
    ['when a shown pass was cancelled', shown().then(person(HELEN), { kind: 'cancel', helpdesk: true }), undefined],
  ])('%s', (_, one, code) => {
    expect(one.tell(person(ADA), freeze()).refusal?.code).toBe(code);
    expect(one.ticket.status === 'frozen').toBe(code === undefined);
  });

  test('twice is once, by whomever', () => {
    const one = frozen();
    expect(one.tell(person(ADA), freeze())).toEqual({ events: [] });
    expect(one.tell(person(MARY), { ...freeze(), via: 'mail' })).toEqual({ events: [] });
    expect(one.ticket.freeze).toMatchObject({ by: { id: ADA.id }, via: 'chat', before: 'done' });
    expect(one.ticket.closedAt).toBeUndefined();
  });
});

describe('after it nothing of the ticket goes on', () => {
  test('an approval, a pass, a code: refused', () => {
    const one = shown().then(person(ADA), freeze());
    for (const kind of ['prepare-show', 'finish'] as const)
      expect(one.tell(person(ADA), { kind, standing: FINE }).refusal?.code).toBe('frozen');
    expect(one.tell(person(ADA), { kind: 'cancel', helpdesk: false }).refusal?.code).toBe('frozen');
    const waiting = story(LOST).then(person(ADA), freeze());
    const approve = { kind: 'approve', how: 'video', facts: decisionBy(BOB) } as const;
    expect(waiting.tell(person(BOB), approve).refusal?.code).toBe('frozen');
  });

  test('a pass that is being made is withheld', () => {
    const one = approved(PASS)
      .then(person(ADA), { kind: 'vouch', matches: true })
      .then(person(ADA), { kind: 'prepare-show', standing: FINE })
      .then(person(ADA), { kind: 'show', standing: FINE, passkeysBefore: [] })
      .then(person(ADA), freeze());
    const issued = { kind: 'pass-issued', generation: 1, methodId: 'p', validUntil: plusSeconds(one.at, 60) } as const;
    expect(one.tell(SERVICE, issued).refusal?.code).toBe('frozen');
  });

  test.each([
    ['offered', 0, false],
    ['started', 1, true],
  ])('a job that was %s has failed', (_, started, orphan) => {
    const one = started
      ? atWorkstation()
      : approved(LOST)
          .then(person(ADA), { kind: 'choose', way: 'workstation', workstation: OWN })
          .then(person(ADA), { kind: 'vouch', matches: true })
          .then(person(ADA), { kind: 'start-job', job: 'job-1', standing: FINE });
    one.then(person(ADA), freeze());
    expect(one.ticket.job).toMatchObject({ state: 'failed', code: 'frozen', orphan });
    expect(one.tell(WORKSTATION, MADE).refusal?.code).toBe('frozen');
  });

  test('a key that was made is remembered, wherever its registration stands, so that it can be taken back', () => {
    const one = atWorkstation().then(WORKSTATION, MADE).then(person(ADA), freeze());
    expect(one.ticket.job).toMatchObject({ state: 'failed', orphan: true });
    expect(one.tell(SERVICE, { kind: 'passkey-registered', job: 'job-1', passkey: PASSKEY })).toEqual({ events: [] });
    expect(takesBack(one.ticket)).toEqual({
      ...{ methodIds: [], credentialId: MADE.credentialId, known: ['old-1', 'old-2'] },
    });
  });

  test('an old key that was still to go stays: it may be all that its owner has', () => {
    const one = approved(LOST).wait(480).then(SERVICE, tick).then(person(ADA), freeze());
    const removals = viewOf(one.ticket, { ...ADA, helpdesk: false }, one.at)?.removals;
    expect(removals?.map(({ state }) => state)).toEqual(['named']);
  });

  test('what it takes back is settled at that moment, whatever is learnt later', () => {
    const one = shown().wait(30).then(person(ADA), freeze());
    const before = takesBack(one.ticket);
    one.wait(20).then(SERVICE, { kind: 'pass-ended', generation: 1, how: 'deleted' }).then(SERVICE, nothingFound);
    expect(takesBack(one.ticket)).toEqual(before);
    expect(before).toEqual({
      methodIds: [],
      made: { from: '2026-03-02T08:00:00.000Z', until: '2026-03-02T09:30:30.000Z' },
      known: ['old-1'],
    });
  });

  test('sessions are ended again after each thing that is taken back', () => {
    const one = shown().then(person(ADA), freeze()).then(SERVICE, nothingFound).then(SERVICE, revoked);
    expect(one.ticket.freeze?.sessionsRevokedAt).toBeDefined();
    one.then(SERVICE, { kind: 'pass-ended', generation: 1, how: 'deleted' });
    expect(one.ticket.freeze?.sessionsRevokedAt).toBeUndefined();
    one.then(SERVICE, revoked).then(SERVICE, { kind: 'passkeys-taken-back', methodIds: ['late'] });
    expect(one.ticket.freeze).toMatchObject({ takenBack: ['late'] });
    expect(one.ticket.freeze?.sessionsRevokedAt).toBeUndefined();
  });

  test('a pass that nobody could delete ends by itself', () => {
    const one = shown().then(person(ADA), freeze()).wait(3600).then(SERVICE, tick);
    expect(one.kinds().at(-1)).toBe('pass-ended');
  });
});

describe('mails', () => {
  test('each is recorded once, sent or not', () => {
    const one = story(LOST).then(SERVICE, { kind: 'mail-sent', about: 'opened' });
    expect(one.tell(SERVICE, { kind: 'mail-sent', about: 'opened' })).toEqual({ events: [] });
    one.then(SERVICE, { kind: 'mail-failed', about: 'decided', code: 'mailbox-denied' });
    expect(one.ticket.told?.mails.map(({ about, failed }) => [about, failed])).toEqual([
      ['opened', undefined],
      ['decided', 'mailbox-denied'],
    ]);
    expect(viewOf(one.ticket, { ...HELEN, helpdesk: true }, one.at)?.told).toEqual({
      ...{ name: MARY.name, via: 'manager', failed: true },
    });
    expect(story({ flow: 'pass' }).tell(SERVICE, { kind: 'mail-sent', about: 'opened' })).toEqual({ events: [] });
  });

  test('who is told sees the ticket, and decides nothing', () => {
    const view = viewOf(story(LOST).ticket, { ...MARY, helpdesk: false }, story(LOST).at);
    expect(view).toMatchObject({ roles: ['told'], can: ['not-me'] });
    expect(viewOf(showing().ticket, { ...MARY, helpdesk: false }, showing().at)).toBeUndefined();
  });
});

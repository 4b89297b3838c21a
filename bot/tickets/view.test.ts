import { SERVICE } from './people';
import {
  ADA,
  approved,
  BOB,
  CAROL,
  decisionBy,
  facts,
  FINE,
  HELEN,
  HUGO,
  issue,
  jobStarted,
  MADE,
  OWN,
  PASSKEY,
  person,
  showing,
  type Story,
  story,
  tick,
  vouched,
  WORKSTATION,
} from './testing/story';
import { type Viewer, viewOf } from './view';

const viewer = (who: typeof ADA, helpdesk = false): Viewer => ({ id: who.id, name: who.name, helpdesk });
const choose = { kind: 'choose', way: 'pass' } as const;
const cancelled = () => story().then(person(ADA), { kind: 'cancel', helpdesk: false });
const done = () =>
  issue(showing())
    .then(SERVICE, { kind: 'passkey-appeared', generation: 1, passkey: PASSKEY })
    .then(SERVICE, { kind: 'pass-ended', generation: 1, how: 'deleted' });
const parked = () => approved().then(SERVICE, { kind: 'park', step: 'choose', code: 'x' });
const offered = () => vouched('workstation').then(person(ADA), { kind: 'start-job', job: 'job-1', standing: FINE });
const WAYS = ['choose-workstation', 'choose-pass'];

/** The buttons of each person in each state: subject and requester, approver, helpdesk. */
test.each<[string, Story, { ada: string[]; bob: string[]; helen: string[] }]>([
  ['waiting', story(), { ada: ['cancel'], bob: ['approve', 'deny'], helen: ['cancel'] }],
  ['approved', approved(), { ada: [...WAYS, 'cancel'], bob: ['show-vouch-code'], helen: ['cancel'] }],
  [
    'a way chosen',
    approved().then(person(ADA), choose),
    { ada: [...WAYS, 'vouch', 'cancel'], bob: ['show-vouch-code'], helen: ['cancel'] },
  ],
  ['vouched, a pass', vouched('pass'), { ada: [...WAYS, 'prepare-show', 'cancel'], bob: [], helen: ['cancel'] }],
  [
    'prepared',
    vouched('pass').then(person(ADA), { kind: 'prepare-show', standing: FINE }),
    { ada: [...WAYS, 'show', 'cancel'], bob: [], helen: ['cancel'] },
  ],
  [
    'prepared a minute ago',
    vouched('pass').then(person(ADA), { kind: 'prepare-show', standing: FINE }).wait(60),
    { ada: [...WAYS, 'prepare-show', 'cancel'], bob: [], helen: ['cancel'] },
  ],
  ['a pass shown', issue(showing()), { ada: ['show'], bob: [], helen: ['cancel'] }],
  ['a pass shown a minute ago', issue(showing()).wait(60), { ada: ['prepare-show'], bob: [], helen: ['cancel'] }],
  [
    'vouched, a workstation',
    vouched('workstation'),
    { ada: [...WAYS, 'start-job', 'cancel'], bob: [], helen: ['cancel'] },
  ],
  ['a job offered', offered(), { ada: ['cancel'], bob: [], helen: ['cancel'] }],
  ['a job started', jobStarted(), { ada: [], bob: [], helen: ['cancel'] }],
  ['a key made', jobStarted().then(WORKSTATION, MADE), { ada: [], bob: [], helen: [] }],
  [
    'a job failed',
    jobStarted().then(WORKSTATION, { kind: 'job-failed', job: 'job-1', code: 'key-gone', orphan: false }),
    { ada: [...WAYS, 'start-job', 'cancel'], bob: [], helen: ['cancel'] },
  ],
  ['parked', parked(), { ada: [...WAYS, 'cancel'], bob: ['show-vouch-code'], helen: ['take-over', 'cancel'] }],
  [
    'parked and taken over',
    parked().then(person(HELEN), { kind: 'take-over', helpdesk: true }),
    { ada: [...WAYS, 'cancel'], bob: ['show-vouch-code'], helen: ['retry', 'cancel'] },
  ],
  ['done', done(), { ada: ['signed-in'], bob: [], helen: [] }],
  ['signed in', done().then(person(ADA), { kind: 'signed-in', seen: 'said' }), { ada: [], bob: [], helen: [] }],
  ['cancelled', cancelled(), { ada: [], bob: [], helen: [] }],
  [
    'expired',
    story()
      .wait(600 * 60)
      .then(SERVICE, tick),
    { ada: [], bob: [], helen: [] },
  ],
])('buttons: %s', (_, one, { ada, bob, helen }) => {
  // What the helpdesk may do beside the ticket's own course: see desk-view.test.ts.
  const aside = ['assign', 'assign-me', 'unassign', 'nudge', 'resend'];
  const can = (who: Viewer) => viewOf(one.ticket, who, one.at)?.can.filter((verb) => !aside.includes(verb));
  expect({ ada: can(viewer(ADA)), bob: can(viewer(BOB)), helen: can(viewer(HELEN, true)) }).toEqual({
    ada,
    bob,
    helen: [...helen, 'comment'],
  });
});

test('a stranger, and the next circle before it is asked, see nothing at all', () => {
  for (const who of [facts('mallory'), CAROL, HELEN]) {
    expect(viewOf(story().ticket, viewer(who), story().at)).toBeUndefined();
  }
  const wider = story()
    .wait(120 * 60)
    .then(SERVICE, tick);
  expect(viewOf(wider.ticket, viewer(CAROL), wider.at)?.can).toEqual(['approve', 'deny']);
});

test('with a hander the buttons are the hander’s; the requester may cancel, the subject looks on', () => {
  const one = story({ requester: HELEN, hander: HUGO, mayOpenForOthers: true });
  one.then(person(BOB), { kind: 'approve', how: 'video', facts: decisionBy(BOB, { requester: HELEN, hander: HUGO }) });
  const view = (who: typeof ADA) => viewOf(one.ticket, viewer(who), one.at);
  expect(view(HUGO)).toMatchObject({ roles: ['recipient'], can: WAYS });
  expect(view(HELEN)).toMatchObject({ roles: ['requester'], can: ['cancel'] });
  expect(view(ADA)).toMatchObject({ roles: ['subject'], can: ['not-me'], onBehalf: true });
});

test('the helpdesk’s comments are for the helpdesk', () => {
  const one = story().then(person(HELEN), { kind: 'comment', text: 'rang her', helpdesk: true });
  expect(viewOf(one.ticket, viewer(HELEN, true), one.at)?.comments).toHaveLength(1);
  expect(viewOf(one.ticket, viewer(ADA), one.at)?.comments).toEqual([]);
});

test('the nonce changes with every event, so that a card of yesterday is another click', () => {
  const one = story();
  const before = viewOf(one.ticket, viewer(ADA), one.at)?.nonce;
  one.then(SERVICE, { kind: 'unreached', person: BOB, code: 'not-installed' });
  const view = viewOf(one.ticket, viewer(ADA), one.at);
  expect(view?.nonce).not.toBe(before);
  expect(view?.approvers).toEqual([
    { name: 'bob', approved: false, reached: false },
    { name: 'carol', approved: false, reached: true },
  ]);
});

test('says how often a pass can still be shown, and until when one is alive', () => {
  const one = issue(showing());
  const view = () => viewOf(one.ticket, viewer(ADA), one.at)?.pass;
  expect(view()).toEqual({
    showsLeft: 2,
    preparedUntil: '2026-03-02T08:01:00.000Z',
    liveUntil: '2026-03-02T09:00:00.000Z',
  });
  one.wait(3600);
  expect(view()).toEqual({ showsLeft: 2 });
});

test('a view holds no signature, and nothing but what cards draw', () => {
  const one = approved().then(person(ADA), { kind: 'choose', way: 'workstation', workstation: OWN });
  expect(Object.keys(viewOf(one.ticket, viewer(BOB), one.at) ?? {})).not.toContain('decision');
});

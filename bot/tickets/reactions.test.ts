import { decide } from './decide/decide';
import { type Wanted } from './effects';
import { evolve } from './evolve';
import { type Actor, SERVICE } from './people';
import { wantedOf } from './reactions';
import {
  ADA,
  approved,
  BOB,
  decisionBy,
  FINE,
  HELEN,
  HUGO,
  issue,
  jobStarted,
  MADE,
  opening,
  PASSKEY,
  person,
  RULE,
  showing,
  type Story,
  story,
  tick,
  vouched,
  WORKSTATION,
} from './testing/story';

type Body = Parameters<Story['tell']>[1];

/** A card as text, with `!` where it is posted anew; any other effect by its kind. */
function named({ effect, notBefore }: Wanted): string {
  if (effect.kind !== 'card') return notBefore === undefined ? effect.kind : `${effect.kind} later`;
  return `${effect.person.replace('id-', '')}:${effect.slot}${effect.nudge ? '!' : ''}${notBefore === undefined ? '' : ' later'}`;
}

function wanted(one: Story, by: Actor, body: Body): string[] {
  const command = { ...body, at: one.at, by };
  const { events } = decide(one.ticket, command);
  return wantedOf(events.reduce(evolve, one.ticket), events, command).map(named);
}

const CARDS = ['ada:progress', 'bob:approval'];
const NUDGED = ['ada:progress!', 'bob:approval'];
const appeared = { kind: 'passkey-appeared', generation: 1, passkey: PASSKEY } as const;
const comment = { kind: 'comment', text: 'hm', helpdesk: true } as const;
const parked = () => approved().then(SERVICE, { kind: 'park', step: 'register', code: 'x' });
const behalf = () => story({ requester: HELEN, hander: HUGO, mayOpenForOthers: true });
const behalfFacts = { requester: HELEN, hander: HUGO };

test.each<[string, Story, Actor, Body, string[]]>([
  [
    'approve',
    story(),
    person(BOB),
    { kind: 'approve', how: 'video', facts: decisionBy(BOB) },
    [...NUDGED, 'bob:approval later'],
  ],
  [
    'the first of two approvals',
    story({ rule: { ...RULE, needed: 2 } }),
    person(BOB),
    { kind: 'approve', how: 'video', facts: decisionBy(BOB) },
    [...CARDS, 'carol:approval'],
  ],
  ['deny', story(), person(BOB), { kind: 'deny', reason: 'unknown to me', facts: decisionBy(BOB) }, NUDGED],
  ['cancel', story(), person(ADA), { kind: 'cancel', helpdesk: false }, NUDGED],
  ['a reminder', story().wait(3600), SERVICE, tick, ['bob:approval!', 'follow-approvers']],
  [
    'a wider circle, and those before are reminded',
    story().wait(7200),
    SERVICE,
    tick,
    ['ada:progress', 'bob:approval!', 'carol:approval!', 'follow-approvers'],
  ],
  ['an end', story().wait(36_000), SERVICE, tick, NUDGED],
  ['a way chosen', approved(), person(ADA), { kind: 'choose', way: 'pass' }, CARDS],
  [
    'a pass begun',
    vouched('pass').then(person(ADA), { kind: 'prepare-show', standing: FINE }),
    person(ADA),
    { kind: 'show', standing: FINE, passkeysBefore: [] },
    ['settle-pass later'],
  ],
  ['Prepare', vouched('pass'), person(ADA), { kind: 'prepare-show', standing: FINE }, []],
  [
    'a pass shown',
    showing(),
    SERVICE,
    { kind: 'pass-issued', generation: 1, methodId: 'm', validUntil: '2026-03-02T09:00:00.000Z' },
    ['watch-passkeys later', 'end-replaced', ...CARDS],
  ],
  ['the passkey appears', issue(showing()), SERVICE, appeared, ['delete-pass', ...CARDS]],
  [
    'the pass is gone then',
    issue(showing()).then(SERVICE, appeared),
    SERVICE,
    { kind: 'pass-ended', generation: 1, how: 'deleted' },
    [...NUDGED, 'watch-sign-in later'],
  ],
  [
    'the helpdesk cancels a shown pass',
    issue(showing()),
    person(HELEN),
    { kind: 'cancel', helpdesk: true },
    ['delete-pass', ...NUDGED],
  ],
  [
    'a job',
    vouched('workstation'),
    person(ADA),
    { kind: 'start-job', job: 'job-1', standing: FINE },
    ['offer-job', ...CARDS],
  ],
  ['a key', jobStarted(), WORKSTATION, MADE, ['register-passkey', 'keep-passkey', ...CARDS]],
  ['a job failed', jobStarted(), WORKSTATION, { kind: 'job-failed', job: 'job-1', code: 'x', orphan: false }, CARDS],
  ['a step parked', approved(), SERVICE, { kind: 'park', step: 'register', code: 'x' }, [...CARDS, 'helpdesk-cards']],
  [
    'an approver not reached',
    story(),
    SERVICE,
    { kind: 'unreached', person: BOB, code: 'not-installed' },
    [...CARDS, 'carol:approval', 'follow-approvers', 'helpdesk-cards'],
  ],
  ['a comment', story(), person(HELEN), comment, []],
  ['a comment on what the helpdesk was called to', parked(), person(HELEN), comment, ['helpdesk-cards']],
  [
    'whatever happens to what the helpdesk was called to once',
    parked().then(person(HELEN), { kind: 'retry', helpdesk: true }),
    person(ADA),
    { kind: 'choose', way: 'pass' },
    [...CARDS, 'helpdesk-cards'],
  ],
  [
    'an approval on behalf: requester, subject and hander',
    behalf(),
    person(BOB),
    { kind: 'approve', how: 'video', facts: decisionBy(BOB, behalfFacts) },
    ['helen:progress!', 'ada:progress!', 'hugo:handover!', 'bob:approval', 'bob:approval later'],
  ],
])('%s', (_, one, by, body, expected) => {
  expect(wanted(one, by, body)).toEqual(expected);
});

test('an opening tells the requester and the first circle; the hander hears of it once it is approved', () => {
  const commands = [opening(), opening({ requester: HELEN, hander: HUGO, mayOpenForOthers: true })];
  const cards = commands.map((command) => {
    const { events } = decide(undefined, command);
    const ticket = events.reduce<ReturnType<typeof evolve> | undefined>(evolve, undefined);
    return wantedOf(ticket!, events, command).map(named);
  });
  const look = 'follow-approvers later';
  expect(cards).toEqual([
    [...CARDS, look],
    ['helen:progress', 'ada:progress', 'bob:approval', look],
  ]);
});

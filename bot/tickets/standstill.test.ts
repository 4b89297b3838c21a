import { type Open } from './commands';
import { SERVICE } from './people';
import { queuePlace } from './queue';
import { type Said } from './testing/body';
import { began, emptied, erasing, found, LOCKED, look, PIN } from './testing/locked-story';
import {
  ADA,
  BOB,
  CANDIDATES,
  decisionBy,
  HELEN,
  OLD_KEYS,
  person,
  RULE,
  story,
  type Story,
  WORKSTATION,
} from './testing/story';
import { type StepId } from './ticket';

const ada = person(ADA);
const helen = person(HELEN);
const LOST = { flow: 'lost-key', removes: OLD_KEYS.slice(0, 1), passkeysBefore: ['old-1', 'old-2'] } as const;

const stuckAt = (step: StepId): Said => ({ kind: 'park', step, code: 'graph-unreachable' });
const removed: Said = { kind: 'passkey-removed', methodId: 'old-1', how: 'deleted' };

/** Nobody may approve, and what the owner's own report began is stuck. */
const contained = (more: Partial<Open> = { candidates: [] }) =>
  story({ ...LOST, strongMethods: 2, contain: true, ...more }).then(SERVICE, stuckAt('remove'));

/** Two must approve, and all whom the rule finds are one person. */
const alone = {
  ...{ requester: ADA, subject: ADA, samePerson: { linkedAccounts: [] } },
  rule: { ...RULE, needed: 2 },
  candidates: CANDIDATES.map((one) => ({ ...one, circle: 0, person: { ...one.person, employeeId: 'E-one' } })),
};

/** The code is dead, and the removal is stuck. */
function codeDead(): Story {
  const one = story(LOST).then(person(BOB), { kind: 'approve', how: 'video', facts: decisionBy(BOB) });
  one.then(ada, { kind: 'choose', way: 'pass' });
  one.wait(600).then(SERVICE, { kind: 'tick' });
  for (let n = 0; n < 3; n += 1) one.tell(ada, { kind: 'vouch', matches: false });
  return one.then(SERVICE, stuckAt('remove'));
}

test.each<[string, () => Story, string]>([
  ['nobody may approve, a removal worked', () => contained().then(SERVICE, removed), 'nobody-may-approve'],
  [
    'nobody may approve, it is tried again',
    () => contained().then(SERVICE, { kind: 'retry', helpdesk: true }),
    'nobody-may-approve',
  ],
  [
    'of two accounts of one person, a removal worked and the directory was read again',
    () =>
      contained(alone).then(SERVICE, removed).then(SERVICE, { kind: 'refresh-approvers', again: false, facts: alone }),
    'nobody-may-approve',
  ],
  [
    'nobody may approve, the key was looked at',
    () =>
      story({ ...LOCKED, candidates: [] })
        .then(SERVICE, stuckAt('diagnose'))
        .then(ada, look())
        .then(WORKSTATION, began('look-1'))
        .then(WORKSTATION, found(PIN.blocked, { answered: ['old-1'] })),
    'nobody-may-approve',
  ],
  ['the code is dead, a removal worked', () => codeDead().then(SERVICE, removed), 'code-dead'],
])('a mark that had another over it comes back: %s', (_, one, code) => {
  const { ticket } = one();
  expect(ticket.parked?.code).toBe(code);
  expect(queuePlace(ticket)?.waitsOn).toBe('helpdesk');
});

test('a code that dies while a removal is stuck does not hide that a key is alive', () => {
  const one = story(LOST).then(person(BOB), { kind: 'approve', how: 'video', facts: decisionBy(BOB) });
  one.then(ada, { kind: 'choose', way: 'pass' });
  one.wait(600).then(SERVICE, { kind: 'tick' }).then(SERVICE, stuckAt('remove'));
  for (let n = 0; n < 3; n += 1) one.tell(ada, { kind: 'vouch', matches: false });
  expect(one.ticket.parked?.step).toBe('remove');
  expect(one.then(SERVICE, removed).ticket.parked?.code).toBe('code-dead');
});

test('what is tried again is what the mark says: a key that was erased by mistake is still to be looked into', () => {
  const one = erasing().then(WORKSTATION, emptied({ matched: ['old-2'] }));
  one.then(SERVICE, stuckAt('register')).then(helen, { kind: 'take-over', helpdesk: true });
  one.then(helen, { kind: 'retry', helpdesk: true });
  expect(one.ticket).toMatchObject({ parked: { code: 'erased-another-key' }, removals: [{ state: 'named' }] });
  one.then(helen, { kind: 'retry', helpdesk: true });
  expect(one.ticket.removals).toMatchObject([{ state: 'kept' }]);
  expect(one.ticket.parked).toBeUndefined();
});

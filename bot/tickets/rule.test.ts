import { approversAmong, type Candidate, type NotAllowed, type Parties, whyNot } from './rule';
import { ADA, BOB, CAROL, facts, HELEN, HUGO } from './testing/story';

const SETTINGS = { linkedAccounts: [['id-linked', 'id-ada']] as const };
const OWN: Parties = { subject: ADA, requester: ADA };
const BEHALF: Parties = { subject: ADA, requester: HELEN, hander: HUGO };

test.each<[string, ReturnType<typeof facts>, Parties, NotAllowed | undefined]>([
  ['a colleague', BOB, OWN, undefined],
  ['the subject', ADA, OWN, 'is-subject'],
  ['the subject of a ticket on behalf', ADA, BEHALF, 'is-subject'],
  ['the requester on behalf', HELEN, BEHALF, 'is-requester'],
  ['the hander', HUGO, BEHALF, 'is-hander'],
  ['a second account of the subject', facts('ada2', { employeeId: 'E-ada' }), OWN, 'is-same-person'],
  ['a second account of the requester', facts('h2', { employeeId: 'E-helen' }), BEHALF, 'is-same-person'],
  ['a second account of the hander', facts('h3', { addresses: HUGO.addresses }), BEHALF, 'is-same-person'],
  ['an account that the settings link to the subject', facts('linked'), OWN, 'is-same-person'],
  ['a disabled account', facts('gone', { enabled: false }), OWN, 'disabled'],
  ['a guest', facts('guest', { external: true }), OWN, 'external'],
])('%s may decide, or why not', (_, who, parties, expected) => {
  expect(whyNot(who, parties, SETTINGS)).toBe(expected);
});

const at = (person: Candidate['person'], circle: number, via: Candidate['via'] = 'person'): Candidate => ({
  person,
  circle,
  via,
});

test.each<[string, Candidate[], Parties, [string, number][]]>([
  ['nobody found', [], OWN, []],
  ['the manager is the requester', [at(HELEN, 0), at(CAROL, 1)], BEHALF, [['carol', 1]]],
  [
    'one person in two circles',
    [at(BOB, 1), at(CAROL, 0), at(BOB, 0)],
    OWN,
    [
      ['carol', 0],
      ['bob', 0],
    ],
  ],
  ['a group that holds the subject', [at(ADA, 0, 'group'), at(BOB, 0, 'group')], OWN, [['bob', 0]]],
  ['only parties', [at(ADA, 0), at(HELEN, 0), at(HUGO, 1)], BEHALF, []],
])('approvers: %s', (_, candidates, parties, expected) => {
  const found = approversAmong(candidates, parties, SETTINGS, { needed: 1 });
  expect(found.map(({ person, circle }) => [person.name, circle])).toEqual(expected);
});

import { type PersonFacts, samePerson, type SamePersonSettings } from './people';
import { facts } from './testing/story';

const NONE: SamePersonSettings = { linkedAccounts: [] };
const ADMIN: SamePersonSettings = { linkedAccounts: [], adminAccountPattern: '^adm[-.](.+)$' };
const SUFFIX: SamePersonSettings = { linkedAccounts: [], adminAccountPattern: '^(.+)-admin$' };

const bare = (name: string, more: Partial<PersonFacts> = {}): PersonFacts => {
  const { employeeId: _employeeId, ...rest } = facts(name, { addresses: [] });
  return { ...rest, ...more };
};

test.each<[string, PersonFacts, PersonFacts, SamePersonSettings, boolean]>([
  ['the same account', bare('ada'), bare('ada'), NONE, true],
  ['two strangers', facts('ada'), facts('bob'), NONE, false],
  ['two accounts of one name', bare('ada', { id: '1' }), bare('ada', { id: '2' }), NONE, false],
  ['one employee id', bare('ada', { employeeId: '7' }), bare('ada2', { employeeId: '7' }), NONE, true],
  ['no employee id on either', bare('ada'), bare('bob'), NONE, false],
  ['an empty employee id on both', bare('ada', { employeeId: '' }), bare('bob', { employeeId: '' }), NONE, false],
  [
    'a shared address',
    bare('a', { addresses: ['x@c.example'] }),
    bare('b', { addresses: ['x@c.example'] }),
    NONE,
    true,
  ],
  ['one of several addresses', bare('a', { addresses: ['1', '2'] }), bare('b', { addresses: ['3', '2'] }), NONE, true],
  ['a configured pair', bare('a'), bare('b'), { linkedAccounts: [['id-a', 'id-b']] }, true],
  ['a configured pair the other way', bare('b'), bare('a'), { linkedAccounts: [['id-a', 'id-b']] }, true],
  [
    'a configured pair by user principal names',
    bare('A'),
    bare('b'),
    { linkedAccounts: [['a@contoso.example', 'b@contoso.example']] },
    true,
  ],
  ['half of a configured pair', bare('a'), bare('c'), { linkedAccounts: [['id-a', 'id-b']] }, false],
  [
    'two pairs that share nobody',
    bare('a'),
    bare('c'),
    {
      linkedAccounts: [
        ['id-a', 'id-b'],
        ['id-c', 'id-d'],
      ],
    },
    false,
  ],
  ['an admin account and its everyday account', bare('adm-ada'), bare('ada'), ADMIN, true],
  ['the same, the other way', bare('ada'), bare('ADM.Ada'), ADMIN, true],
  ['an admin account and somebody else', bare('adm-ada'), bare('bob'), ADMIN, false],
  ['two admin accounts of one person', bare('adm-ada'), bare('adm.ada'), ADMIN, true],
  ['the rule by a suffix', bare('ada-admin'), bare('ada'), SUFFIX, true],
  [
    'the same everyday name in two domains, with no admin account',
    bare('ada', { id: '1', userPrincipalName: 'ada@a.example' }),
    bare('ada', { id: '2', userPrincipalName: 'ada@b.example' }),
    ADMIN,
    false,
  ],
])('%s: same person or not', (_, a, b, settings, same) => {
  expect(samePerson(a, b, settings)).toBe(same);
  expect(samePerson(b, a, settings)).toBe(same);
});

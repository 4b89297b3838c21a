import { PersonReply } from './person';

const base = { id: 'u1', displayName: 'Ana', userPrincipalName: 'ana@contoso.com', accountEnabled: true };

test.each<[string, Record<string, unknown>, boolean]>([
  ['a member', { userType: 'Member' }, false],
  ['an old account without a type', { userType: null }, false],
  ['a guest', { userType: 'Guest' }, true],
  ['a guest made a member', { userType: 'Member', userPrincipalName: 'ana_fabrikam.com#EXT#@contoso.com' }, true],
  ['an invited one', { userType: 'Member', externalUserState: 'Accepted' }, true],
  ['an invitation', { userType: 'Member', creationType: 'Invitation' }, true],
])('%s: external or not', (_name, more, external) => {
  expect(PersonReply.parse({ ...base, ...more }).external).toBe(external);
});

test('an external member comes from another tenant, a guest is just a guest', () => {
  const userPrincipalName = 'ana_fabrikam.com#EXT#@contoso.com';
  const from = (userType: string) => PersonReply.parse({ ...base, userPrincipalName, userType }).syncedFromElsewhere;
  expect([from('Member'), from('Guest')]).toEqual([true, undefined]);
});

test('an account is enabled only where the directory says so', () => {
  const enabled = (accountEnabled: unknown) => PersonReply.parse({ ...base, accountEnabled }).accountEnabled;
  expect([true, false, null, undefined].map(enabled)).toEqual([true, false, false, false]);
});

test('what is missing is absent, lists are empty, dates are dates, unknown members pass', () => {
  const person = PersonReply.parse({
    ...base,
    mail: null,
    employeeId: '',
    createdDateTime: '2026-01-01T00:00:00Z',
    x: 1,
  });
  expect(person).toEqual({
    id: 'u1',
    displayName: 'Ana',
    userPrincipalName: 'ana@contoso.com',
    accountEnabled: true,
    userType: 'Member',
    external: false,
    otherMails: [],
    proxyAddresses: [],
    businessPhones: [],
    createdDateTime: new Date('2026-01-01T00:00:00Z'),
  });
});

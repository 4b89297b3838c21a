import { scripted } from './scripted-fetch.fixture';

const SINCE = new Date('2026-11-14T12:00:00Z');
const user = (id: string, ...modified: [string, string | null][]) => ({
  id,
  type: 'User',
  modifiedProperties: modified.map(([displayName, newValue]) => ({ displayName, oldValue: null, newValue })),
});
const entry = (activityDisplayName: string, targetResources: object[], more: object = {}) => ({
  id: 'a',
  activityDateTime: '2026-11-20T12:00:00Z',
  activityDisplayName,
  result: 'success',
  targetResources,
  ...more,
});

test.each<[string, object, string[] | undefined]>([
  ['the manager was set', entry('Set user manager', [user('u1')]), []],
  ['with the manager as a second target', entry('Set user manager', [user('u1'), user('m1')]), ['m1']],
  ['the manager among updated properties', entry('Update user', [user('u1', ['Manager', '"m1"'])]), []],
  [
    'a synchronisation that included the manager',
    entry('Update user', [user('u1', ['Included Updated Properties', '"Department, Manager"'])]),
    [],
  ],
  ['another property', entry('Update user', [user('u1', ['Department', '"IT"'])]), undefined],
  ['a property that only sounds like it', entry('Update user', [user('u1', ['ManagerialLevel', '"3"'])]), undefined],
  ['something else', entry('Reset user password', [user('u1')]), undefined],
  ['an attempt that failed', entry('Set user manager', [user('u1')], { result: 'failure' }), undefined],
  ['a target that is no user', entry('Set user manager', [user('u1'), { id: 'g', type: 'Group' }]), []],
  ['nulls where Graph leaves things out', entry('Set user manager', [{ id: 'u1', type: null }]), []],
])('%s', async (_, audit, others) => {
  const script = scripted([{ status: 200, body: { value: [audit] } }]);
  const found = await script.entra.managerChanges.since('u1', SINCE);
  expect(found).toEqual(others === undefined ? [] : [{ at: new Date('2026-11-20T12:00:00Z'), others }]);
});

test('asks for one user, since then', async () => {
  const script = scripted([{ status: 200, body: { value: [] } }]);
  await script.entra.managerChanges.since("o'neil", SINCE);
  const { searchParams, pathname } = new URL(script.asked[0]?.url ?? '');
  expect(pathname).toBe('/v1.0/auditLogs/directoryAudits');
  expect(searchParams.get('$filter')).toBe(
    "activityDateTime ge 2026-11-14T12:00:00.000Z and targetResources/any(t:t/id eq 'o''neil')",
  );
  expect(searchParams.get('$top')).toBe('200');
});

test('a change that lies on a later page is found', async () => {
  const nextLink = 'https://graph.microsoft.com/v1.0/auditLogs/directoryAudits?$skiptoken=2';
  const script = scripted([
    {
      status: 200,
      body: { value: [entry('Update user', [user('u1', ['Department', '"IT"'])])], '@odata.nextLink': nextLink },
    },
    { status: 200, body: { value: [entry('Set user manager', [user('u1'), user('m1')])] } },
  ]);
  expect(await script.entra.managerChanges.since('u1', SINCE)).toMatchObject([{ others: ['m1'] }]);
});

test('a log that may not be read is a Fault', async () => {
  const script = scripted([
    { status: 403, body: { error: { code: 'Authentication_RequestFromUnsupportedUserRole' } } },
  ]);
  await expect(script.entra.managerChanges.since('u1', SINCE)).rejects.toThrow();
});

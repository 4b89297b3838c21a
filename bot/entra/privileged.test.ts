import { Fault } from '../../agent/protocol/fault';
import { refusal, scripted, type Answer, type Asked } from './scripted-fetch.fixture';

type Row = Record<string, unknown>;
/** What the directory holds, by path: collections, and single groups. Everything else is an empty collection. */
type World = Record<string, Row[] | Row | Answer>;

const isAnswer = (value: Row[] | Row | Answer): value is Answer =>
  value === 'hang' || 'fails' in value || 'status' in value;
const group = (id: string, isAssignableToRole: boolean | null = null): Row => ({
  '@odata.type': '#microsoft.graph.group',
  id,
  displayName: id.toUpperCase(),
  isAssignableToRole,
});
const role = (roleDefinitionId: string): Row => ({ id: 'a', roleDefinitionId });

/** The key in the world of a path with its query: `roleAssignments of u`, `users/u/ownedObjects`. */
function keyOf(url: string): string {
  const { pathname, searchParams } = new URL(url, 'https://graph.microsoft.com');
  const principal = /principalId eq '(.*)'/.exec(searchParams.get('$filter') ?? '')?.[1];
  const path = pathname.replace(/^\/v1\.0/, '').slice(1);
  if (principal === undefined) return path;
  return `${path.includes('privilegedAccess/group') ? 'group' : ''}${path.split('/').at(-1) ?? ''} of ${principal}`;
}

function look(world: World, url: string): Exclude<Answer, 'hang' | { fails: Error }> {
  const found = world[keyOf(url)] ?? [];
  if (isAnswer(found)) return found as Exclude<Answer, 'hang' | { fails: Error }>;
  return { status: 200, body: Array.isArray(found) ? { value: found } : found };
}

function serve(world: World): (asked: Asked) => Answer {
  return ({ url, body }) => {
    if (!url.endsWith('/$batch')) return look(world, url);
    const { requests } = body as { requests: { id: string; url: string }[] };
    const responses = requests.map((one) => ({ id: one.id, ...look(world, one.url) }));
    return { status: 200, body: { responses: responses.reverse() } };
  };
}

const check = (world: World, pim = true) =>
  scripted(serve(world), { privilegedIdentityManagement: pim }).entra.privileged('u');

describe('every way to be privileged', () => {
  test.each<[string, World, string]>([
    ['a role', { 'roleAssignments of u': [role('GA')] }, 'role:GA'],
    ['a role switched on', { 'roleAssignmentScheduleInstances of u': [role('GA')] }, 'role-active:GA'],
    ['a role that may be switched on', { 'roleEligibilityScheduleInstances of u': [role('GA')] }, 'role-eligible:GA'],
    [
      'a directory role as a membership',
      {
        'users/u/transitiveMemberOf': [{ '@odata.type': '#microsoft.graph.directoryRole', id: 'r', displayName: 'GA' }],
      },
      'role:GA',
    ],
    [
      'a role through a group',
      { 'users/u/transitiveMemberOf': [group('g')], 'roleAssignments of g': [role('GA')] },
      'role:GA through G',
    ],
    [
      'an eligible role through a group',
      { 'users/u/transitiveMemberOf': [group('g')], 'roleEligibilityScheduleInstances of g': [role('GA')] },
      'role-eligible:GA through G',
    ],
    ['member of a role-assignable group', { 'users/u/transitiveMemberOf': [group('g', true)] }, 'role-group-member:G'],
    ['owner of a role-assignable group', { 'users/u/ownedObjects': [group('g', true)] }, 'role-group-owner:G'],
    [
      'eligible for a role-assignable group',
      {
        'groupeligibilityScheduleInstances of u': [{ groupId: 'g', accessId: 'member' }],
        'groups/g': group('g', true),
      },
      'role-group-eligible:G',
    ],
    [
      'eligible to own one',
      { 'groupeligibilityScheduleInstances of u': [{ groupId: 'g', accessId: 'owner' }], 'groups/g': group('g', true) },
      'role-group-eligible:G',
    ],
    [
      'eligible through a group for one',
      {
        'users/u/transitiveMemberOf': [group('h')],
        'groupeligibilityScheduleInstances of h': [{ groupId: 'g', accessId: 'member' }],
        'groups/g': group('g', true),
      },
      'role-group-eligible:G',
    ],
    [
      'eligible for a group that is in one with a role',
      {
        'groupeligibilityScheduleInstances of u': [{ groupId: 'g', accessId: 'member' }],
        'groups/g': group('g'),
        'groups/g/transitiveMemberOf': [group('h')],
        'roleAssignments of h': [role('GA')],
      },
      'role:GA through H',
    ],
    [
      'eligible for a group that is eligible for one',
      {
        'groupeligibilityScheduleInstances of u': [{ groupId: 'g', accessId: 'member' }],
        'groups/g': group('g'),
        'groupeligibilityScheduleInstances of g': [{ groupId: 'h', accessId: 'member' }],
        'groups/h': group('h', true),
      },
      'role-group-eligible:H',
    ],
    [
      'in a restricted administrative unit',
      {
        'users/u/transitiveMemberOf': [
          {
            '@odata.type': '#microsoft.graph.administrativeUnit',
            id: 'au',
            displayName: 'Board',
            isMemberManagementRestricted: true,
          },
        ],
      },
      'restricted-unit:Board',
    ],
  ])('%s', async (_name, world, why) => {
    expect(await check(world)).toEqual({ privileged: true, why: [why] });
  });
});

test('an ordinary person in ordinary groups is not', async () => {
  const groups = Array.from({ length: 45 }, (_, i) => group(`g${i}`));
  const script = scripted(
    serve({
      'users/u/transitiveMemberOf': [...groups, { '@odata.type': '#microsoft.graph.administrativeUnit', id: 'au' }],
      'users/u/ownedObjects': [group('g1'), { '@odata.type': '#microsoft.graph.application', id: 'app' }],
    }),
  );
  expect(await script.entra.privileged('u')).toEqual({ privileged: false, why: [] });
  // 46 principals x 3 role reads + 46 group reads, 20 to a batch.
  expect(script.asked).toHaveLength(2 + 7 + 3);
});

test('groups that are eligible for each other come to an end', async () => {
  const world: World = {
    'groupeligibilityScheduleInstances of u': [{ groupId: 'g' }],
    'groupeligibilityScheduleInstances of g': [{ groupId: 'h' }],
    'groupeligibilityScheduleInstances of h': [{ groupId: 'g' }],
    'groups/g': group('g'),
    'groups/h': group('h'),
  };
  expect(await check(world)).toEqual({ privileged: false, why: [] });
});

describe('a read that fails is a Fault, never "not privileged"', () => {
  const denied = refusal(403, 'Authorization_RequestDenied', '');
  test.each<[string, World, string]>([
    ['memberships', { 'users/u/transitiveMemberOf': denied }, 'graph-denied'],
    ['owned objects', { 'users/u/ownedObjects': denied }, 'graph-denied'],
    ['role assignments', { 'roleAssignments of u': denied }, 'graph-denied'],
    ['switched-on roles', { 'roleAssignmentScheduleInstances of u': denied }, 'graph-denied'],
    ['eligible roles', { 'roleEligibilityScheduleInstances of u': refusal(500, '', '') }, 'graph-unreachable'],
    ['group eligibility', { 'groupeligibilityScheduleInstances of u': refusal(429, '', '') }, 'graph-throttled'],
    ['an odd answer', { 'roleAssignments of u': { status: 200, body: { values: [] } } }, 'graph-odd-reply'],
    [
      'a group behind an eligibility',
      { 'groupeligibilityScheduleInstances of u': [{ groupId: 'g' }], 'groups/g': denied },
      'graph-denied',
    ],
    [
      'a group that is hidden from the app',
      { 'users/u/transitiveMemberOf': [{ '@odata.type': '#microsoft.graph.group', id: 'g', displayName: null }] },
      'privilege-unclear',
    ],
    ['the person', { 'users/u/transitiveMemberOf': refusal(404, 'Request_ResourceNotFound', '') }, 'person-unknown'],
  ])('%s', async (_name, world, code) => {
    const error: unknown = await check(world).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Fault);
    expect(error).toMatchObject({ code });
  });

  test('also an item that the batch left out', async () => {
    const { entra } = scripted(({ url }) => ({
      status: 200,
      body: url.endsWith('$batch') ? { responses: [] } : { value: [] },
    }));
    await expect(entra.privileged('u')).rejects.toMatchObject({ code: 'graph-odd-reply' });
  });
});

test('an item that was throttled in a batch is asked for again, alone', async () => {
  let first = true;
  const script = scripted((asked) => {
    const answer = serve({ 'roleAssignments of u': [role('GA')] })(asked);
    if (!asked.url.endsWith('$batch') || !first) return answer;
    first = false;
    const { responses } = (answer as { body: { responses: Row[] } }).body;
    const throttled = responses.map((one) =>
      one['id'] === '0' ? { id: '0', status: 429, headers: { 'Retry-After': '3' }, body: {} } : one,
    );
    return { status: 200, body: { responses: throttled } };
  });
  expect(await script.entra.privileged('u')).toEqual({ privileged: true, why: ['role:GA'] });
  expect(script.slept).toEqual([3_000]);
  const again = script.asked.at(-1)?.body as { requests: { id: string; url: string }[] };
  expect(again.requests).toEqual([
    { id: '0', method: 'GET', url: "/roleManagement/directory/roleAssignments?$filter=principalId%20eq%20'u'" },
  ]);
});

test('without PIM its endpoints are left alone', async () => {
  const world = { 'roleEligibilityScheduleInstances of u': refusal(400, 'AadPremiumLicenseRequired', '') };
  expect(await check(world, false)).toEqual({ privileged: false, why: [] });
  await expect(check(world, true)).rejects.toMatchObject({ code: 'graph-not-licensed' });
});

import { groups, mailbox, people, roles } from '.';
import { EVERY_PERMISSION, startRig, type Rig } from './graph-client.fixture';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ switches: { grantedPermissions: EVERY_PERMISSION } });
});
afterAll(() => rig.close());

const user = (who: { id: string }): string => `/v1.0/users/${who.id}`;
const found = async (filter: string, headers?: Record<string, string>): Promise<string[]> => {
  const { body } = await rig.get(`/v1.0/users?$select=id&$filter=${encodeURIComponent(filter)}`, headers);
  return (body.value as { id: string }[]).map((row) => row.id);
};

describe('users', () => {
  test('without $select only the default properties', async () => {
    const { body } = await rig.get(user(people.ada));
    expect(Object.keys(body).sort()).toEqual(
      [
        '@odata.context',
        'businessPhones',
        'displayName',
        'givenName',
        'id',
        'jobTitle',
        'mail',
        'mobilePhone',
        'officeLocation',
        'preferredLanguage',
        'surname',
        'userPrincipalName',
      ].sort(),
    );
  });

  test('by UPN, without regard to case, a guest’s # encoded', async () => {
    const { body } = await rig.get(
      `/v1.0/users/${encodeURIComponent(people.gael.upn.toUpperCase())}?$select=id,userType`,
    );
    expect(body).toMatchObject({ id: people.gael.id, userType: 'Guest' });
  });

  test.each<[string, string[]]>([
    ["startswith(displayName,'Ada')", [people.ada.id]],
    ["startswith(displayName,'ada') or startswith(mail,'sean')", [people.ada.id, people.sean.id]],
    ["displayName eq 'Sean O''Neil'", [people.sean.id]],
    ['accountEnabled eq false', [people.oskar.id, mailbox.id]],
    ["employeeId eq 'NH-0002'", [people.mara.id, people.maraAdmin.id]],
    ["userType eq 'Guest' and accountEnabled eq true", [people.gael.id]],
    [`proxyAddresses/any(p:p eq 'SMTP:${people.ada.upn}')`, [people.ada.id]],
    [`id in ('${people.ada.id}','${people.mara.id}')`, [people.ada.id, people.mara.id]],
    [
      "(displayName eq 'Ada Lindqvist' or displayName eq 'Mara Osei') and accountEnabled eq true",
      [people.ada.id, people.mara.id],
    ],
  ])('$filter %s', async (filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  test('the advanced index answers with its header and $count', async () => {
    const filter = encodeURIComponent("endswith(userPrincipalName,'emergency-1@northwind-harbour.example')");
    const { body } = await rig.get(`/v1.0/users?$select=id&$count=true&$filter=${filter}`, {
      consistencylevel: 'eventual',
    });
    expect(body).toMatchObject({ '@odata.count': 1, value: [{ id: people.breakGlass.id }] });
    const search = await rig.get('/v1.0/users?$select=id&$search=%22displayName:lind%22', {
      consistencylevel: 'eventual',
    });
    expect(search.body.value).toEqual([{ id: people.ada.id }]);
  });

  test('the manager, and that there is none', async () => {
    expect((await rig.get(`${user(people.ada)}/manager?$select=id`)).body).toMatchObject({
      '@odata.type': '#microsoft.graph.user',
      id: people.mara.id,
    });
    expect(await rig.get(`${user(people.nils)}/manager`)).toMatchObject({
      status: 404,
      body: { error: { code: 'Request_ResourceNotFound' } },
    });
  });

  test('sign-in is blocked and nothing else can be written', async () => {
    expect((await rig.call('PATCH', user(people.carl), { accountEnabled: false })).status).toBe(204);
    expect(rig.entra.view(people.carl.id).accountEnabled).toBe(false);
    expect((await rig.call('PATCH', user(people.carl), { displayName: 'X' })).status).toBe(400);
  });

  test('sessions are revoked: no body is taken, the time moves', async () => {
    const before = rig.entra.view(people.ada.id).signInSessionsValidFromDateTime;
    expect((await rig.call('POST', `${user(people.ada)}/revokeSignInSessions`, null)).status).toBe(400);
    expect((await rig.post(`${user(people.ada)}/revokeSignInSessions`)).body.value).toBe(true);
    expect(Date.parse(rig.entra.view(people.ada.id).signInSessionsValidFromDateTime)).toBeGreaterThan(
      Date.parse(before),
    );
  });
});

describe('memberships', () => {
  const names = async (path: string, headers?: Record<string, string>): Promise<string[]> => {
    const { body } = await rig.get(path, headers);
    return (body.value as { displayName: string }[]).map((row) => row.displayName);
  };

  test('transitive ones go through groups, up and down', async () => {
    expect(await names(`${user(people.ada)}/memberOf`)).toEqual(['Newcomers', 'Everyone at Northwind Harbour']);
    expect(await names(`${user(people.ada)}/transitiveMemberOf`)).toEqual([
      'Newcomers',
      'Everyone at Northwind Harbour',
      'Key users',
    ]);
    expect(await names(`/v1.0/groups/${groups.keyUsers}/members`)).toEqual(['Mara Osei', 'Newcomers']);
    expect(await names(`/v1.0/groups/${groups.keyUsers}/transitiveMembers`)).toEqual([
      'Mara Osei',
      'Newcomers',
      'Ada Lindqvist',
    ]);
    expect(await names(`/v1.0/groups/${groups.newcomers}/transitiveMemberOf`)).toEqual(['Key users']);
  });

  test('kinds are mixed and told apart by type; roles come through groups', async () => {
    const { body } = await rig.get(`${user(people.rolf)}/transitiveMemberOf`);
    const role = (body.value as { '@odata.type': string; roleTemplateId?: string }[]).find(
      (row) => row['@odata.type'] === '#microsoft.graph.directoryRole',
    );
    expect(role).toMatchObject({
      roleTemplateId: roles.helpdeskAdministrator.id,
      displayName: 'Helpdesk Administrator',
    });
  });

  test('a cast with the advanced index', async () => {
    const path = `${user(people.rolf)}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true`;
    expect(await names(path, { consistencylevel: 'eventual' })).toEqual(['Helpdesk Administrator']);
  });

  test('owned groups', async () => {
    const { body } = await rig.get(`${user(people.otto)}/ownedObjects?$select=id,isAssignableToRole`);
    expect(body.value).toEqual([
      { '@odata.type': '#microsoft.graph.group', id: groups.supportAdmins, isAssignableToRole: true },
    ]);
  });

  test('checkMemberGroups: transitive, at most 20', async () => {
    const path = `${user(people.ada)}/checkMemberGroups`;
    const { body } = await rig.post(path, { groupIds: [groups.keyUsers, groups.helpdesk] });
    expect(body.value).toEqual([groups.keyUsers]);
    const many = Array.from({ length: 21 }, () => groups.helpdesk);
    expect((await rig.post(path, { groupIds: many })).status).toBe(400);
  });
});

describe('privileges', () => {
  const rows = async (path: string, id: string): Promise<Record<string, unknown>[]> =>
    (await rig.get(`${path}?$filter=${encodeURIComponent(`principalId eq '${id}'`)}`)).body.value as never;
  const directory = '/v1.0/roleManagement/directory';

  test.each([
    ['assigned', `${directory}/roleAssignments`, people.irene.id, { roleDefinitionId: roles.globalAdministrator.id }],
    [
      'assigned to a group',
      `${directory}/roleAssignments`,
      groups.supportAdmins,
      { roleDefinitionId: roles.helpdeskAdministrator.id },
    ],
    ['active now', `${directory}/roleAssignmentScheduleInstances`, people.irene.id, { assignmentType: 'Assigned' }],
    [
      'eligible',
      `${directory}/roleEligibilityScheduleInstances`,
      people.pim.id,
      { roleDefinitionId: roles.userAdministrator.id },
    ],
    [
      'eligible for a group',
      '/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
      people.greta.id,
      { groupId: groups.supportAdmins, accessId: 'member' },
    ],
  ])('%s', async (_what, path, id, expected) => {
    expect(await rows(path, id)).toEqual([expect.objectContaining(expected)]);
    expect(await rows(path, people.ada.id)).toEqual([]);
  });

  test('transitively, through groups, with the group as principal', async () => {
    const path = `/beta/roleManagement/directory/transitiveRoleAssignments?$count=true&$filter=principalId eq '${people.rolf.id}'`;
    const { body } = await rig.get(path, { consistencylevel: 'eventual' });
    expect(body.value).toEqual([expect.objectContaining({ principalId: groups.supportAdmins })]);
  });
});

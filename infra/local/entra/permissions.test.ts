import { groups, people } from '.';
import { at, EVERY_PERMISSION, startRig, type Rig } from './graph-client.fixture';

const ada = `/v1.0/users/${people.ada.id}`;
let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const granted = (permissions: string[]): void => {
  rig.entra.switches.set({ grantedPermissions: permissions });
};
const MANY = EVERY_PERMISSION;

/** A call, the one permission whose absence forbids it, and the style of the refusal. */
test.each<[string, string, string[], string]>([
  ['GET', ada, ['User.Read.All', 'Directory.Read.All'], 'Authorization_RequestDenied'],
  ['GET', `/v1.0/users`, ['User.Read.All', 'Directory.Read.All'], 'Authorization_RequestDenied'],
  ['GET', `${ada}/manager`, ['User.Read.All', 'Directory.Read.All'], 'Authorization_RequestDenied'],
  ['GET', `${ada}/memberOf`, ['Directory.Read.All'], 'Authorization_RequestDenied'],
  [
    'GET',
    `${ada}/transitiveMemberOf`,
    ['User.Read.All', 'GroupMember.Read.All', 'Directory.Read.All'],
    'Authorization_RequestDenied',
  ],
  ['GET', `${ada}/ownedObjects`, ['User.Read.All', 'Directory.Read.All'], 'Authorization_RequestDenied'],
  [
    'GET',
    `/v1.0/groups/${groups.helpdesk}`,
    ['GroupMember.Read.All', 'Directory.Read.All'],
    'Authorization_RequestDenied',
  ],
  [
    'GET',
    `/v1.0/groups/${groups.helpdesk}/transitiveMembers`,
    ['GroupMember.Read.All', 'Directory.Read.All'],
    'Authorization_RequestDenied',
  ],
  ['POST', `${ada}/checkMemberGroups`, ['GroupMember.Read.All', 'Directory.Read.All'], 'Authorization_RequestDenied'],
  ['POST', `${ada}/revokeSignInSessions`, ['User.RevokeSessions.All'], 'Authorization_RequestDenied'],
  ['PATCH', ada, ['User.EnableDisableAccount.All'], 'Authorization_RequestDenied'],
  ['GET', `${ada}/authentication/methods`, ['UserAuthenticationMethod.Read.All'], 'accessDenied'],
  [
    'GET',
    `${ada}/authentication/temporaryAccessPassMethods`,
    ['UserAuthMethod-TAP.ReadWrite.All', 'UserAuthenticationMethod.Read.All'],
    'accessDenied',
  ],
  ['POST', `${ada}/authentication/temporaryAccessPassMethods`, ['UserAuthMethod-TAP.ReadWrite.All'], 'accessDenied'],
  ['GET', `${ada}/authentication/fido2Methods`, ['UserAuthMethod-Passkey.Read.All'], 'accessDenied'],
  [
    'GET',
    `${ada}/authentication/fido2Methods/creationOptions`,
    ['UserAuthMethod-Passkey.ReadWrite.All'],
    'accessDenied',
  ],
  ['POST', `${ada}/authentication/fido2Methods`, ['UserAuthMethod-Passkey.ReadWrite.All'], 'accessDenied'],
  ['DELETE', `${ada}/authentication/fido2Methods/x`, ['UserAuthMethod-Passkey.ReadWrite.All'], 'accessDenied'],
  [
    'PATCH',
    '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2',
    ['Policy.ReadWrite.AuthenticationMethod'],
    'Authorization_RequestDenied',
  ],
  [
    'POST',
    '/v1.0/identity/conditionalAccess/policies',
    ['Application.Read.All', 'Directory.Read.All'],
    'Authorization_RequestDenied',
  ],
  [
    'GET',
    '/v1.0/roleManagement/directory/roleAssignments',
    ['RoleManagement.Read.Directory', 'Directory.Read.All'],
    'Authorization_RequestDenied',
  ],
  [
    'GET',
    `/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=principalId eq 'x'`,
    ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
    'Authorization_RequestDenied',
  ],
  ['GET', '/beta/auditLogs/signIns', ['AuditLog.Read.All'], 'Authorization_RequestDenied'],
  [
    'POST',
    '/v1.0/identityProtection/riskyUsers/dismiss',
    ['IdentityRiskyUser.ReadWrite.All'],
    'Authorization_RequestDenied',
  ],
  ['POST', `${ada}/sendMail`, ['Mail.Send'], 'Authorization_RequestDenied'],
])('%s %s is forbidden without %j', async (method, path, taken, code) => {
  const body = method === 'GET' || method === 'DELETE' ? undefined : {};
  granted(MANY);
  expect((await rig.call(method, path, body)).status).not.toBe(403);
  granted(MANY.filter((one) => !taken.includes(one)));
  const answer = await rig.call(method, path, body);
  expect([answer.status, answer.body.error?.code]).toEqual([403, code]);
});

test('User.ReadBasic.All shows the basic properties only', async () => {
  granted(['User.ReadBasic.All']);
  const { body } = await rig.get(`${ada}?$select=id,displayName,employeeId,accountEnabled`);
  expect(Object.keys(body).sort()).toEqual(['@odata.context', 'displayName', 'id']);
});

test('members of a kind that the token may not read have their type and id only', async () => {
  granted(['GroupMember.Read.All']);
  const { body } = await rig.get(`/v1.0/groups/${groups.helpdesk}/transitiveMembers?$select=id,displayName`);
  expect(at(body, 'value', 0)).toEqual({
    '@odata.type': '#microsoft.graph.user',
    id: people.jonas.id,
    displayName: null,
  });
});

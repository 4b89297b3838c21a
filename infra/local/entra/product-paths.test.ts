import { groups, people } from '.';
import { paths } from '../../../bot/entra/paths';
import { startRig, type Rig } from './graph-client.fixture';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const { id } = people.ada;

/** With exactly the permissions that the product asks for. */
test.each<[keyof typeof paths, string]>([
  ['user', paths.user(id)],
  ['searchUsers', paths.searchUsers("o'n", 5)],
  ['manager', paths.manager(id)],
  ['transitiveMembers', paths.transitiveMembers(groups.keyUsers)],
  ['passes', paths.passes(id)],
  ['creationOptions', paths.creationOptions(id)],
  ['passkeys', paths.passkeys(id)],
  ['methods', paths.methods(id)],
  ['fido2Policy', paths.fido2Policy()],
  ['temporaryAccessPassPolicy', paths.temporaryAccessPassPolicy()],
  ['transitiveMemberOf', paths.transitiveMemberOf(id)],
  ['ownedObjects', paths.ownedObjects(id)],
  ['group', paths.group(groups.supportAdmins)],
  ['groupTransitiveMemberOf', paths.groupTransitiveMemberOf(groups.supportAdmins)],
  ['roleAssignments', paths.roleAssignments(id)],
  ['roleAssignmentScheduleInstances', paths.roleAssignmentScheduleInstances(id)],
  ['roleEligibilityScheduleInstances', paths.roleEligibilityScheduleInstances(id)],
  ['groupEligibilityScheduleInstances', paths.groupEligibilityScheduleInstances(id)],
  ['signIns', paths.signIns(id, new Date('2026-01-01T00:00:00Z'))],
  ['directoryAudits', paths.directoryAudits(id, new Date('2026-01-01T00:00:00Z'), 200)],
])('GET %s', async (_name, path) => {
  expect(await rig.get(path)).toMatchObject({ status: 200 });
});

test.each<[keyof typeof paths, string, object | undefined, number]>([
  ['checkMemberGroups', paths.checkMemberGroups(id), { groupIds: [groups.keyUsers] }, 200],
  ['passes', paths.passes(id), {}, 201],
  ['revokeSessions', paths.revokeSessions(id), undefined, 200],
  ['batch', paths.batch(), { requests: [{ id: '1', method: 'GET', url: `/users/${id}` }] }, 200],
])('POST %s', async (_name, path, body, status) => {
  expect(await rig.post(path, body)).toMatchObject({ status });
});

test.each<[keyof typeof paths, string]>([
  ['pass', paths.pass(id, 'b0000000-0000-4000-8000-000000000000')],
  ['passkey', paths.passkey(id, '+/8=')],
])('DELETE %s is there, and says 404 for what is not', async (_name, path) => {
  expect(await rig.call('DELETE', path)).toMatchObject({ status: 404, body: { error: { code: 'resourceNotFound' } } });
});

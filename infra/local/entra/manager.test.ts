import { people } from '.';
import { paths } from '../../../bot/entra/paths';
import { EVERY_PERMISSION, type Rig, startRig } from './graph-client.fixture';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig({ switches: { grantedPermissions: [...EVERY_PERMISSION, 'User.ReadWrite.All'] } });
});
afterEach(() => rig.close());

const audits = async (id: string) =>
  (await rig.get(paths.directoryAudits(id, new Date(0), 10))).body.value as Record<string, unknown>[];
const manager = `/v1.0/users/${people.ada.id}/manager/$ref`;
const ref = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/users/${id}` });

test('a manager set through Graph leaves its row, found by the person it is about', async () => {
  expect(await audits(people.ada.id)).toEqual([]);
  expect(await rig.call('PUT', manager, ref(people.nils.id))).toMatchObject({ status: 204 });
  expect((await rig.get(paths.manager(people.ada.id))).body).toMatchObject({ id: people.nils.id });
  expect(await audits(people.ada.id)).toMatchObject([
    {
      activityDisplayName: 'Set user manager',
      category: 'UserManagement',
      loggedByService: 'Core Directory',
      targetResources: [
        { id: people.ada.id, modifiedProperties: [{ displayName: 'Manager', newValue: people.nils.id }] },
      ],
    },
  ]);
  expect(await audits(people.nils.id)).toEqual([]);
});

test('a manager taken away too; setting the same one again changes nothing', async () => {
  expect(await rig.call('PUT', manager, ref(people.mara.id))).toMatchObject({ status: 204 });
  expect(await audits(people.ada.id)).toEqual([]);
  expect(await rig.call('DELETE', manager)).toMatchObject({ status: 204 });
  expect(await rig.get(paths.manager(people.ada.id))).toMatchObject({ status: 404 });
  expect(await audits(people.ada.id)).toMatchObject([{ activityDisplayName: 'Update user' }]);
  expect(await rig.call('DELETE', manager)).toMatchObject({ status: 404 });
});

test('what an administrator changes behind Graph’s back is in the log as well', async () => {
  rig.entra.edit({ user: people.ada.id, set: { managerId: people.nils.id } });
  expect(await audits(people.ada.id)).toHaveLength(1);
  rig.entra.edit({ user: people.ada.id, set: { department: 'Docks' } });
  expect(await audits(people.ada.id)).toHaveLength(1);
});

test('an application without the right cannot write it', async () => {
  rig.entra.switches.set({ grantedPermissions: EVERY_PERMISSION });
  expect(await rig.call('PUT', manager, ref(people.nils.id))).toMatchObject({ status: 403 });
});

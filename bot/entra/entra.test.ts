import { groups, people, roles } from '../../infra/local/entra/index';
import { type AtStandIn, openAtStandIn } from '../../infra/local/entra/product-client.fixture';
import { PERMISSIONS } from './index';

jest.setTimeout(30_000);

let at: AtStandIn;
let standIn: AtStandIn['standIn'];
let entra: AtStandIn['entra'];
let logged: AtStandIn['logged'];

beforeEach(async () => {
  at = await openAtStandIn();
  ({ standIn, entra, logged } = at);
});
afterEach(() => at.close());

const { ada, mara, viktor, nils, irene } = people;

test('people: by id and name, manager, group, membership, search', async () => {
  expect(await entra.people.find(ada.upn)).toMatchObject({ id: ada.id, preferredLanguage: 'de-DE', external: false });
  expect(await entra.people.find('nobody@northwind-harbour.example')).toBeUndefined();
  expect(await entra.people.find(people.gael.upn)).toMatchObject({ id: people.gael.id, external: true });
  expect((await entra.people.get(people.oskar.id)).accountEnabled).toBe(false);
  expect((await entra.people.manager(ada.id))?.id).toBe(mara.id);
  expect(await entra.people.manager(nils.id)).toBeUndefined();
  expect((await entra.people.search("Sean O'Neil", 5)).map(({ id }) => id)).toEqual([people.sean.id]);
  expect((await entra.people.search('Mara', 5)).map(({ id }) => id)).toContain(mara.id);
  expect(await entra.people.isMember(viktor.id, [groups.helpdesk, groups.emergencyCustodians])).toEqual([
    groups.emergencyCustodians,
  ]);
  standIn.switches.set({ pageSize: 3 });
  expect((await entra.people.members(groups.everyone)).length).toBe(Object.keys(people).length);
});

test('a pass: made once, listed without its text, deleted, gone', async () => {
  const made = await entra.passes.create(ada.id, { lifetimeInMinutes: 30, isUsableOnce: true }, { timeoutMs: 6_000 });
  expect(made.validUntil.getTime() - made.startsAt.getTime()).toBe(30 * 60_000);
  expect(standIn.signInWithPass(ada.upn, made.pass.reveal()).ok).toBe(true);
  const [listed] = await entra.passes.list(ada.id);
  expect(listed).toMatchObject({ id: made.id, isUsableOnce: true });
  expect(JSON.stringify([listed, made, logged])).not.toContain(made.pass.reveal());
  expect(await entra.passes.delete(ada.id, made.id)).toBe('deleted');
  expect(await entra.passes.delete(ada.id, made.id)).toBe('gone');
});

test('a pass that the tenant refuses says why', async () => {
  await expect(entra.passes.create(ada.id, { lifetimeInMinutes: 10_000 })).rejects.toMatchObject({
    code: 'pass-lifetime',
    facts: { minimum: 10, maximum: 480 },
  });
  await expect(entra.passes.create(people.gael.id, {})).rejects.toMatchObject({ code: 'pass-guest' });
  await expect(entra.passes.create('a0000000-0000-4000-8000-999999999999', {})).rejects.toMatchObject({
    code: 'person-unknown',
  });
});

test('privileged: who is and why', async () => {
  const why = async (id: string) => (await entra.privileged(id)).why.join();
  expect(await entra.privileged(ada.id)).toEqual({ privileged: false, why: [] });
  expect(await why(irene.id)).toContain('role');
  expect(await why(people.breakGlass.id)).toContain('role');
  expect(await why(people.pim.id)).toBe(`role-eligible:${roles.userAdministrator.id}`);
  expect(await why(people.rolf.id)).toContain('role-group-member:Support admins');
  expect(await why(people.otto.id)).toBe('role-group-owner:Support admins');
  expect(await why(people.greta.id)).toBe('role-group-eligible:Support admins');
});

test('privileged: a permission that is missing refuses', async () => {
  const needed = ['RoleManagement.Read.Directory', 'PrivilegedEligibilitySchedule.Read.AzureADGroup'];
  for (const missing of needed) {
    standIn.switches.set({
      grantedPermissions: PERMISSIONS.map(({ name }) => name).filter((name) => name !== missing),
    });
    await expect(at.fresh().privileged(ada.id)).rejects.toMatchObject({ code: 'graph-denied' });
  }
});

test('sessions and sign-ins', async () => {
  const since = new Date(Date.now() - 60_000);
  const { pass } = await entra.passes.create(ada.id, {});
  standIn.signInWithPass(ada.upn, pass.reveal());
  await entra.sessions.revoke(ada.id);
  expect((await entra.people.get(ada.id)).signInSessionsValidFromDateTime?.getTime()).toBeGreaterThan(since.getTime());
  const [signIn] = await entra.signIns.recent(ada.id, since);
  expect(signIn?.steps.map(({ kind }) => kind)).toContain('temporaryAccessPass');
});

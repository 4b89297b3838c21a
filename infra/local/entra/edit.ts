import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { findPerson, requireGroup } from './directory';
import { type Directory, guid, personSchema, type Person } from './directory-schema';
import { managersIn, recordManagers } from './manager';
import { otherMethodSchema } from './methods-schema';
import type { Tenant } from './tenant';

const ids = z.array(guid).default([]);

/** What an administrator of the tenant might do to a person: any property, and where they belong. */
export const editSchema = z
  .object({
    /** Object id or UPN of somebody who is there, or the id of somebody new. */
    user: z.string().min(3),
    /** Any of the person's properties; for somebody new at least `userPrincipalName` and `displayName`. */
    set: z.record(z.unknown()).default({}),
    addToGroups: ids,
    removeFromGroups: ids,
    addRoles: ids,
    removeRoles: ids,
    addEligibleRoles: ids,
    removeEligibleRoles: ids,
    /** Roles that were switched on through PIM for a while; `removeRoles` ends them too. */
    activateRoles: ids,
    /** Groups that may be joined or owned through PIM for Groups. */
    addEligibleGroups: z.array(z.object({ groupId: guid, accessId: z.enum(['member', 'owner']) })).default([]),
    removeEligibleGroups: ids,
    /** Groups that the person owns. */
    ownGroups: ids,
    disownGroups: ids,
    /** Administrative units. */
    addToUnits: ids,
    removeFromUnits: ids,
    addMethods: z.array(otherMethodSchema.pick({ kind: true, detail: true })).default([]),
    /** The account is gone, with all its methods. */
    delete: z.boolean().default(false),
    /** What the logs say of the person is gone, as when the days are over for which they are kept. */
    forget: z.boolean().default(false),
  })
  .strict();
export type Edit = z.input<typeof editSchema>;

const upsert = (tenant: Tenant, user: string, set: Record<string, unknown>): Person => {
  const { people } = tenant.state.directory;
  const found = findPerson(tenant.state.directory, user);
  if (found) return Object.assign(found, personSchema.parse({ ...found, ...set, id: found.id }));
  const made = personSchema.parse({ ...set, id: user });
  people.push(made);
  return made;
};

const remove = (tenant: Tenant, id: string): void => {
  const { directory, methods } = tenant.state;
  directory.people = directory.people.filter((one) => one.id !== id);
  for (const group of directory.groups) {
    group.members = group.members.filter((member) => member.id !== id);
    group.owners = group.owners.filter((owner) => owner !== id);
  }
  for (const one of directory.people) if (one.managerId === id) one.managerId = null;
  directory.roleAssignments = directory.roleAssignments.filter((one) => one.principalId !== id);
  directory.roleEligibilities = directory.roleEligibilities.filter((one) => one.principalId !== id);
  directory.groupEligibilities = directory.groupEligibilities.filter((one) => one.principalId !== id);
  methods.passes = methods.passes.filter((one) => one.userId !== id);
  methods.passkeys = methods.passkeys.filter((one) => one.userId !== id);
  methods.otherMethods = methods.otherMethods.filter((one) => one.userId !== id);
};

const forget = ({ state: { logs } }: Tenant, id: string): void => {
  logs.signIns = logs.signIns.filter((one) => one.userId !== id);
  logs.audits = logs.audits.filter((one) => one.targetId !== id);
  logs.sessions = logs.sessions.filter((one) => one.userId !== id);
  logs.risks = logs.risks.filter((one) => one.userId !== id);
};

/** What PIM, PIM for Groups, ownership and administrative units give and take. */
const holdMore = (directory: Directory, id: string, edit: z.output<typeof editSchema>): void => {
  const role = (roleDefinitionId: string) => {
    return { id: randomUUID(), principalId: id, roleDefinitionId, directoryScopeId: '/' };
  };
  for (const one of edit.activateRoles)
    directory.roleAssignments.push({ ...role(one), assignmentType: 'Activated', endDateTime: null });
  directory.roleEligibilities = directory.roleEligibilities.filter(
    (one) => one.principalId !== id || !edit.removeEligibleRoles.includes(one.roleDefinitionId),
  );
  for (const { groupId, accessId } of edit.addEligibleGroups)
    directory.groupEligibilities.push({ id: randomUUID(), principalId: id, groupId, accessId });
  directory.groupEligibilities = directory.groupEligibilities.filter(
    (one) => one.principalId !== id || !edit.removeEligibleGroups.includes(one.groupId),
  );
  for (const groupId of edit.ownGroups) requireGroup(directory, groupId).owners.push(id);
  for (const groupId of edit.disownGroups) {
    const group = requireGroup(directory, groupId);
    group.owners = group.owners.filter((owner) => owner !== id);
  }
  for (const unit of directory.administrativeUnits) {
    if (edit.addToUnits.includes(unit.id)) unit.members.push(id);
    if (edit.removeFromUnits.includes(unit.id)) unit.members = unit.members.filter((member) => member !== id);
  }
};

/** Changes the directory behind Graph's back, as another administrator would. Throws a ZodError or Graph's 404. */
export const editPerson = (tenant: Tenant, input: Edit): void => {
  const edit = editSchema.parse(input);
  tenant.store.change('user', findPerson(tenant.state.directory, edit.user)?.id, (state) => {
    const { directory, methods } = state;
    const managers = managersIn(directory);
    const person = upsert(tenant, edit.user, edit.set);
    const { id } = person;
    for (const groupId of edit.addToGroups) {
      const { members } = requireGroup(directory, groupId);
      if (!members.some((member) => member.id === id)) members.push({ id, since: tenant.clock.now() });
    }
    for (const groupId of edit.removeFromGroups) {
      const group = requireGroup(directory, groupId);
      group.members = group.members.filter((member) => member.id !== id);
    }
    for (const roleDefinitionId of edit.addRoles) {
      directory.roleAssignments.push({
        id: randomUUID(),
        principalId: id,
        roleDefinitionId,
        directoryScopeId: '/',
        assignmentType: 'Assigned',
        endDateTime: null,
      });
    }
    directory.roleAssignments = directory.roleAssignments.filter(
      (one) => one.principalId !== id || !edit.removeRoles.includes(one.roleDefinitionId),
    );
    for (const roleDefinitionId of edit.addEligibleRoles) {
      directory.roleEligibilities.push({ id: randomUUID(), principalId: id, roleDefinitionId, directoryScopeId: '/' });
    }
    holdMore(directory, id, edit);
    for (const method of edit.addMethods) {
      methods.otherMethods.push({ id: randomUUID(), userId: id, createdAt: tenant.clock.now(), ...method });
    }
    if (edit.delete) remove(tenant, id);
    recordManagers(state, tenant.clock.now(), managers);
    if (edit.forget) forget(tenant, id);
  });
};

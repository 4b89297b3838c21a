import type { AdministrativeUnit, Directory, Group, Person } from './directory-schema';
import { resourceNotFound } from './graph-error';
import { roleDefinition, type RoleDefinition } from './roles';

/** A user by object id or user principal name, both without regard to case, as Graph does. */
export const findPerson = (directory: Directory, idOrUpn: string): Person | undefined => {
  const wanted = idOrUpn.toLowerCase();
  return directory.people.find((person) => person.id === wanted || person.userPrincipalName.toLowerCase() === wanted);
};

/** Throws Graph's 404. */
export const requirePerson = (directory: Directory, idOrUpn: string): Person => {
  const person = findPerson(directory, idOrUpn);
  if (!person) throw resourceNotFound(idOrUpn);
  return person;
};

export const requireGroup = (directory: Directory, id: string): Group => {
  const group = directory.groups.find((one) => one.id === id.toLowerCase());
  if (!group) throw resourceNotFound(id);
  return group;
};

/** What a member of a collection of directoryObject can be. */
export type DirectoryObject =
  | { kind: 'user'; value: Person }
  | { kind: 'group'; value: Group }
  | { kind: 'directoryRole'; value: RoleDefinition }
  | { kind: 'administrativeUnit'; value: AdministrativeUnit };

/** Everything reachable over `step` from `start`, without `start`, each once, nearest first. */
const reach = (start: string, step: (id: string) => string[]): string[] => {
  const seen = new Set<string>([start]);
  const order: string[] = [start];
  for (let at = 0; at < order.length; at++) {
    for (const id of step(order[at] ?? '')) {
      if (seen.has(id)) continue;
      seen.add(id);
      order.push(id);
    }
  }
  return order.slice(1);
};

/** Ids of the groups that directly have this user or group as a member. */
const groupsWith = (directory: Directory, id: string, joinedBefore = Infinity): string[] =>
  directory.groups
    .filter((group) => group.members.some((member) => member.id === id && member.since <= joinedBefore))
    .map((group) => group.id);

/**
 * Ids of all groups that a user or group is in, directly or through others.
 * @param joinedBefore milliseconds: younger memberships are not seen yet
 */
export const transitiveGroupIds = (directory: Directory, id: string, joinedBefore = Infinity): string[] =>
  reach(id, (one) => groupsWith(directory, one, joinedBefore));

const membershipsOf = (directory: Directory, principals: string[], groupIds: string[]): DirectoryObject[] => {
  const groups = groupIds.map((id) => ({ kind: 'group' as const, value: requireGroup(directory, id) }));
  const roleIds = new Set(
    directory.roleAssignments
      .filter((assignment) => principals.includes(assignment.principalId) && assignment.directoryScopeId === '/')
      .map((assignment) => assignment.roleDefinitionId),
  );
  const units = directory.administrativeUnits.filter((unit) => unit.members.some((id) => principals.includes(id)));
  return [
    ...groups,
    ...[...roleIds].map((id) => ({ kind: 'directoryRole' as const, value: roleDefinition(id) })),
    ...units.map((value) => ({ kind: 'administrativeUnit' as const, value })),
  ];
};

/** Groups, active directory roles and administrative units that hold this user or group directly. */
export const memberOf = (directory: Directory, id: string): DirectoryObject[] =>
  membershipsOf(directory, [id], groupsWith(directory, id));

/** The same, also through groups. */
export const transitiveMemberOf = (directory: Directory, id: string): DirectoryObject[] => {
  const groupIds = transitiveGroupIds(directory, id);
  return membershipsOf(directory, [id, ...groupIds], groupIds);
};

const objectOf = (directory: Directory, id: string): DirectoryObject[] => {
  const person = directory.people.find((one) => one.id === id);
  if (person) return [{ kind: 'user', value: person }];
  const group = directory.groups.find((one) => one.id === id);
  return group ? [{ kind: 'group', value: group }] : [];
};

const memberIds = (directory: Directory, id: string): string[] =>
  directory.groups.find((group) => group.id === id)?.members.map((member) => member.id) ?? [];

export const membersOf = (directory: Directory, group: Group): DirectoryObject[] =>
  group.members.flatMap((member) => objectOf(directory, member.id));

export const transitiveMembersOf = (directory: Directory, group: Group): DirectoryObject[] =>
  reach(group.id, (id) => memberIds(directory, id)).flatMap((id) => objectOf(directory, id));

export const ownersOf = (directory: Directory, group: Group): DirectoryObject[] =>
  group.owners.flatMap((id) => objectOf(directory, id));

export const ownedBy = (directory: Directory, personId: string): DirectoryObject[] =>
  directory.groups.filter((group) => group.owners.includes(personId)).map((value) => ({ kind: 'group', value }));

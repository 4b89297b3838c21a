import { createHash } from 'node:crypto';
import type { DirectoryObject } from '../directory';
import type { Group } from '../directory-schema';
import { pick } from '../odata/select';
import { USER_DEFAULTS, USER_PROPERTIES, userRow } from './user-properties';

const GROUP_PROPERTIES = [
  'id',
  'deletedDateTime',
  'createdDateTime',
  'description',
  'displayName',
  'groupTypes',
  'isAssignableToRole',
  'mail',
  'mailEnabled',
  'mailNickname',
  'membershipRule',
  'onPremisesSyncEnabled',
  'securityEnabled',
  'visibility',
] as const;
const ROLE_PROPERTIES = ['id', 'deletedDateTime', 'description', 'displayName', 'roleTemplateId'] as const;
const UNIT_PROPERTIES = [
  'id',
  'deletedDateTime',
  'description',
  'displayName',
  'isMemberManagementRestricted',
  'visibility',
] as const;

/** Every name that `$select` may hold on a mixed collection. */
export const OBJECT_PROPERTIES: readonly string[] = [
  ...new Set<string>([...USER_PROPERTIES, ...GROUP_PROPERTIES, ...ROLE_PROPERTIES, ...UNIT_PROPERTIES]),
];
export { GROUP_PROPERTIES };

export const groupRow = (group: Group): Record<string, unknown> => {
  const { members: _members, owners: _owners, ...properties } = group;
  return {
    ...properties,
    deletedDateTime: null,
    membershipRule: null,
    onPremisesSyncEnabled: null,
    visibility: null,
  };
};

/** An activated role has an object id of its own in each tenant, different from its template's. */
const roleObjectId = (templateId: string): string => {
  const hex = createHash('sha256').update(templateId).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const rowOf = (object: DirectoryObject): { row: Record<string, unknown>; names: readonly string[] } => {
  switch (object.kind) {
    case 'user':
      return { row: userRow(object.value), names: USER_DEFAULTS };
    case 'group':
      return { row: groupRow(object.value), names: GROUP_PROPERTIES };
    case 'directoryRole': {
      const { id, displayName, description } = object.value;
      return {
        row: { id: roleObjectId(id), deletedDateTime: null, description, displayName, roleTemplateId: id },
        names: ROLE_PROPERTIES,
      };
    }
    case 'administrativeUnit': {
      const { members: _members, ...unit } = object.value;
      return {
        row: { ...unit, deletedDateTime: null, description: null, visibility: null },
        names: UNIT_PROPERTIES,
      };
    }
  }
};

const READ_ALL = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const READERS: Record<DirectoryObject['kind'], readonly string[]> = {
  user: ['User.Read.All', 'User.ReadWrite.All', ...READ_ALL],
  group: ['GroupMember.Read.All', 'Group.Read.All', 'Group.ReadWrite.All', ...READ_ALL],
  directoryRole: ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory', ...READ_ALL],
  administrativeUnit: ['AdministrativeUnit.Read.All', 'AdministrativeUnit.ReadWrite.All', ...READ_ALL],
};

/**
 * A member of a mixed collection. What the token may not read is there with its type and id only, other properties null
 * (docs "Limited information returned for inaccessible member objects").
 */
export const drawObject = (
  object: DirectoryObject,
  names: readonly string[] | undefined,
  permissions: ReadonlySet<string>,
): Record<string, unknown> => {
  const { row, names: defaults } = rowOf(object);
  const properties = pick(row, names ?? defaults);
  if (!READERS[object.kind].some((permission) => permissions.has(permission))) {
    for (const name of Object.keys(properties)) if (name !== 'id') properties[name] = null;
  }
  return { '@odata.type': `#microsoft.graph.${object.kind}`, ...properties };
};

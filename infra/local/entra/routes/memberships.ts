import { z } from 'zod';
import {
  memberOf,
  membersOf,
  ownedBy,
  ownersOf,
  requireGroup,
  requirePerson,
  transitiveGroupIds,
  transitiveMemberOf,
  transitiveMembersOf,
  type DirectoryObject,
} from '../directory';
import { odataBadRequest, requestBadRequest, unsupportedQuery } from '../graph-error';
import { filterRows } from '../odata/filter';
import { DIRECTORY_PAGES } from '../odata/page';
import { requireAdvanced } from '../odata/query';
import { pick, selected } from '../odata/select';
import { BOTH, V1, type Call, type Reply, type Route } from '../route';
import type { Tenant } from '../tenant';
import { collection, contextOf, entity } from './collection';
import { drawObject, GROUP_PROPERTIES, groupRow, OBJECT_PROPERTIES } from './directory-object';

const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const GROUP = ['GroupMember.Read.All', 'Group.Read.All', 'Group.ReadWrite.All', ...DIRECTORY];
const GROUP_BASIC = ['GroupMember.ReadBasic.All', 'Group.ReadBasic.All', ...GROUP];

/** A cast, a filter or a search on memberships uses the index that lags, and only on request. */
const cast = (call: Call, objects: DirectoryObject[]): DirectoryObject[] => {
  const type = call.params.type;
  if (call.query.options.has('filter') || call.query.options.has('search')) {
    requireAdvanced(call.query, '$filter and $search on memberships');
    throw unsupportedQuery('The stand-in does not filter memberships.');
  }
  if (type === undefined) return objects;
  const [, kind] = /^microsoft\.graph\.(user|group|directoryRole|administrativeUnit)$/i.exec(type) ?? [];
  if (kind === undefined) throw odataBadRequest(`Resource not found for the segment '${type}'.`);
  requireAdvanced(call.query, 'An OData cast');
  return objects.filter((object) => object.kind.toLowerCase() === kind.toLowerCase());
};

const list = (tenant: Tenant, call: Call, objects: DirectoryObject[]): Reply => {
  const names = selected(call.query, OBJECT_PROPERTIES, 'microsoft.graph.directoryObject');
  const select = call.query.options.get('select');
  const fragment = select === undefined ? 'directoryObjects' : `directoryObjects(${select})`;
  return collection(tenant, call, cast(call, objects), DIRECTORY_PAGES, fragment, (object) =>
    drawObject(object, names, call.permissions),
  );
};

/** A mixed collection, with and without a cast at the end of the path. */
const listing = (
  tenant: Tenant,
  path: string,
  needs: readonly string[],
  objects: (id: string) => DirectoryObject[],
): Route[] =>
  [path, `${path}/{type}`].map((one) => ({
    method: 'GET',
    versions: BOTH,
    path: one,
    area: 'directory',
    needs: [needs],
    options: ['select', 'top', 'count', 'filter', 'search', 'skiptoken'],
    effect: false,
    handle: (call) => list(tenant, call, objects(call.params.id ?? '')),
  }));

const checkSchema = z.object({ groupIds: z.array(z.string()) }).strict();

/** Who is in what: groups, roles and units, up and down, directly and through others. */
export const membershipRoutes = (tenant: Tenant): Route[] => {
  const { directory } = tenant.state;
  const personId = (id: string): string => requirePerson(directory, id).id;
  return [
    ...listing(
      tenant,
      '/users/{id}/memberOf',
      [...DIRECTORY, 'GroupMember.ReadBasic.All', 'Group.ReadBasic.All'],
      (id) => memberOf(directory, personId(id)),
    ),
    ...listing(
      tenant,
      '/users/{id}/transitiveMemberOf',
      [
        'User.Read.All',
        'GroupMember.ReadBasic.All',
        'Group.ReadBasic.All',
        'GroupMember.Read.All',
        'Group.Read.All',
        ...DIRECTORY,
      ],
      (id) => transitiveMemberOf(directory, personId(id)),
    ),
    // The generated page says "application: not supported"; older pages and practice allow these.
    ...listing(tenant, '/users/{id}/ownedObjects', ['User.Read.All', 'User.ReadWrite.All', ...DIRECTORY], (id) =>
      ownedBy(directory, personId(id)),
    ),
    ...listing(tenant, '/groups/{id}/members', GROUP_BASIC, (id) => membersOf(directory, requireGroup(directory, id))),
    ...listing(tenant, '/groups/{id}/transitiveMembers', GROUP_BASIC, (id) =>
      transitiveMembersOf(directory, requireGroup(directory, id)),
    ),
    ...listing(tenant, '/groups/{id}/owners', GROUP, (id) => ownersOf(directory, requireGroup(directory, id))),
    // The page names the ReadBasic forms; the Read forms contain them.
    ...listing(tenant, '/groups/{id}/transitiveMemberOf', GROUP_BASIC, (id) =>
      transitiveMemberOf(directory, requireGroup(directory, id).id),
    ),
    {
      method: 'GET',
      versions: BOTH,
      path: '/groups/{id}',
      area: 'directory',
      needs: [GROUP],
      options: ['select'],
      effect: false,
      handle: (call) => {
        const names = selected(call.query, GROUP_PROPERTIES, 'microsoft.graph.group') ?? [...GROUP_PROPERTIES];
        return entity(call, 'groups/$entity', pick(groupRow(requireGroup(directory, call.params.id ?? '')), names));
      },
    },
    {
      method: 'GET',
      versions: BOTH,
      path: '/groups',
      area: 'directory',
      needs: [GROUP],
      options: ['select', 'filter', 'top', 'count', 'skiptoken'],
      effect: false,
      handle: (call) => {
        const names = selected(call.query, GROUP_PROPERTIES, 'microsoft.graph.group') ?? [...GROUP_PROPERTIES];
        const rows = filterRows(
          directory.groups.map(groupRow),
          call.query,
          {
            id: { type: 'string', plain: ['eq', 'in'] },
            displayName: { type: 'string', plain: ['eq', 'ge', 'le', 'in', 'startswith'], advanced: ['ne'] },
            isAssignableToRole: { type: 'boolean', plain: ['eq'], advanced: ['ne'] },
            securityEnabled: { type: 'boolean', plain: ['eq'], advanced: ['ne'] },
          },
          'Group',
        );
        return collection(tenant, call, rows, DIRECTORY_PAGES, 'groups', (row) => pick(row, names));
      },
    },
    {
      method: 'POST',
      versions: V1,
      path: '/users/{id}/checkMemberGroups',
      area: 'directory',
      needs: [
        ['User.Read.All', 'User.ReadWrite.All', ...DIRECTORY],
        [
          'GroupMember.Read.All',
          'GroupMember.ReadBasic.All',
          'Group.ReadBasic.All',
          'Group.Read.All',
          'Group.ReadWrite.All',
          ...DIRECTORY,
        ],
      ],
      options: [],
      effect: false,
      handle: (call) => {
        const parsed = checkSchema.safeParse(call.body);
        if (!parsed.success)
          throw requestBadRequest("Invalid value specified for property 'groupIds' of resource 'User'.");
        if (parsed.data.groupIds.length > 20) {
          throw requestBadRequest('The number of group ids to check exceeds the maximum of 20.');
        }
        const mine = new Set(transitiveGroupIds(directory, personId(call.params.id ?? '')));
        const value = parsed.data.groupIds.filter((id) => mine.has(id.toLowerCase()));
        return { status: 200, body: { '@odata.context': contextOf(call, 'Collection(Edm.String)'), value } };
      },
    },
  ];
};

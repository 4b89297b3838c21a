import { transitiveGroupIds } from '../directory';
import { requestBadRequest, resourceNotFound } from '../graph-error';
import { filterRows, type FilterTable } from '../odata/filter';
import { DIRECTORY_PAGES } from '../odata/page';
import { selected, pick } from '../odata/select';
import { roleDefinition, roleDefinitions, type RoleDefinition } from '../roles';
import { BETA, BOTH, type Call, type Reply, type Route } from '../route';
import type { Tenant } from '../tenant';
import { collection } from './collection';

const ROLE_READ = [
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const SCHEDULES = ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', 'RoleManagement.ReadWrite.Directory'];
const ASSIGNMENT_SCHEDULES = [
  'RoleAssignmentSchedule.Read.Directory',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  ...SCHEDULES,
];
const ELIGIBILITY_SCHEDULES = [
  'RoleEligibilitySchedule.Read.Directory',
  'RoleEligibilitySchedule.ReadWrite.Directory',
  ...SCHEDULES,
];
const GROUP_ELIGIBILITY = [
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
];

const equal = { type: 'string', plain: ['eq', 'ne'] } as const;
const ASSIGNMENT_FILTERS: FilterTable = {
  principalId: equal,
  roleDefinitionId: equal,
  directoryScopeId: equal,
};

const definitionOf = ({ id, displayName, description }: RoleDefinition) => ({
  id,
  description,
  displayName,
  isBuiltIn: true,
  isEnabled: true,
  resourceScopes: ['/'],
  templateId: id,
  version: '1',
  rolePermissions: [],
});

/** Roles and groups that someone holds, or may switch on through PIM. */
export const privilegeRoutes = (tenant: Tenant): Route[] => {
  const { directory } = tenant.state;
  const rows = (
    call: Call,
    fragment: string,
    all: readonly object[],
    filters: FilterTable,
    resource: string,
  ): Reply => {
    const found = filterRows(all, call.query, filters, resource);
    return collection(tenant, call, found, DIRECTORY_PAGES, fragment, (row) => row);
  };
  const assignments = (): object[] =>
    directory.roleAssignments.map(({ id, principalId, roleDefinitionId, directoryScopeId }) => ({
      id,
      principalId,
      directoryScopeId,
      roleDefinitionId,
    }));

  return [
    {
      method: 'GET',
      versions: BOTH,
      path: '/roleManagement/directory/roleAssignments',
      area: 'directory',
      needs: [ROLE_READ],
      options: ['filter', 'expand', 'top', 'skiptoken'],
      effect: false,
      handle: (call) => {
        const expand = call.query.options.get('expand');
        if (expand !== undefined && expand !== 'roleDefinition') {
          throw requestBadRequest(`Expanding '${expand}' is not supported by the stand-in.`);
        }
        const all = directory.roleAssignments.map(({ id, principalId, roleDefinitionId, directoryScopeId }) => ({
          id,
          principalId,
          directoryScopeId,
          roleDefinitionId,
          ...(expand === undefined ? {} : { roleDefinition: definitionOf(roleDefinition(roleDefinitionId)) }),
        }));
        return rows(call, 'roleManagement/directory/roleAssignments', all, ASSIGNMENT_FILTERS, 'unifiedRoleAssignment');
      },
    },
    {
      method: 'GET',
      versions: BETA,
      path: '/roleManagement/directory/transitiveRoleAssignments',
      area: 'directory',
      needs: [ROLE_READ],
      options: ['filter', 'count', 'select'],
      effect: false,
      handle: (call) => {
        const [, principal] = /^principalId eq '([0-9a-f-]{36})'$/i.exec(call.query.options.get('filter') ?? '') ?? [];
        // Without the header the real one answers 404, not 400.
        if (!call.query.eventual || call.query.options.get('count') !== 'true')
          throw resourceNotFound('transitiveRoleAssignments');
        if (principal === undefined) throw requestBadRequest('A filter on principalId is required.');
        const ids = new Set([principal.toLowerCase(), ...transitiveGroupIds(directory, principal.toLowerCase())]);
        const found = assignments().filter((row) => ids.has((row as { principalId: string }).principalId));
        return collection(
          tenant,
          call,
          found,
          DIRECTORY_PAGES,
          'roleManagement/directory/transitiveRoleAssignments',
          (row) => row,
        );
      },
    },
    {
      method: 'GET',
      versions: BOTH,
      path: '/roleManagement/directory/roleDefinitions',
      area: 'directory',
      needs: [ROLE_READ],
      options: ['filter', 'top', 'select', 'skiptoken'],
      effect: false,
      handle: (call) => {
        const all = roleDefinitions.map((one) => ({
          ...definitionOf(one),
          // `isPrivileged` exists in beta only.
          ...(call.version === 'beta' ? { isPrivileged: one.isPrivileged } : {}),
        }));
        const names = selected(call.query, Object.keys(all[0] ?? {}), 'microsoft.graph.unifiedRoleDefinition');
        const found = filterRows(
          all,
          call.query,
          {
            id: equal,
            templateId: equal,
            displayName: equal,
            isBuiltIn: { type: 'boolean', plain: ['eq'] },
            ...(call.version === 'beta' ? { isPrivileged: { type: 'boolean', plain: ['eq'] } as const } : {}),
          },
          'unifiedRoleDefinition',
        );
        return collection(tenant, call, found, DIRECTORY_PAGES, 'roleManagement/directory/roleDefinitions', (row) =>
          names ? pick(row, names) : row,
        );
      },
    },
    {
      method: 'GET',
      versions: BOTH,
      path: '/roleManagement/directory/roleAssignmentScheduleInstances',
      area: 'directory',
      needs: [ASSIGNMENT_SCHEDULES],
      options: ['filter', 'select', 'expand', 'top', 'skiptoken'],
      effect: false,
      handle: (call) => {
        const all = directory.roleAssignments.map((one) => ({
          id: `${one.id}-instance`,
          principalId: one.principalId,
          roleDefinitionId: one.roleDefinitionId,
          directoryScopeId: one.directoryScopeId,
          appScopeId: null,
          startDateTime: null,
          endDateTime: one.endDateTime,
          assignmentType: one.assignmentType,
          memberType: 'Direct',
          roleAssignmentOriginId: one.id,
          roleAssignmentScheduleId: `${one.id}-schedule`,
        }));
        return rows(
          call,
          'roleManagement/directory/roleAssignmentScheduleInstances',
          all,
          { ...ASSIGNMENT_FILTERS, assignmentType: equal, memberType: equal },
          'unifiedRoleAssignmentScheduleInstance',
        );
      },
    },
    {
      method: 'GET',
      versions: BOTH,
      path: '/roleManagement/directory/roleEligibilityScheduleInstances',
      area: 'directory',
      needs: [ELIGIBILITY_SCHEDULES],
      options: ['filter', 'select', 'expand', 'top', 'skiptoken'],
      effect: false,
      handle: (call) => {
        const all = directory.roleEligibilities.map((one) => ({
          id: `${one.id}-instance`,
          principalId: one.principalId,
          roleDefinitionId: one.roleDefinitionId,
          directoryScopeId: one.directoryScopeId,
          appScopeId: null,
          startDateTime: '2025-01-01T00:00:00Z',
          endDateTime: null,
          memberType: 'Direct',
          roleEligibilityScheduleId: `${one.id}-schedule`,
        }));
        return rows(
          call,
          'roleManagement/directory/roleEligibilityScheduleInstances',
          all,
          { ...ASSIGNMENT_FILTERS, memberType: equal },
          'unifiedRoleEligibilityScheduleInstance',
        );
      },
    },
    {
      method: 'GET',
      versions: BOTH,
      path: '/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
      area: 'directory',
      needs: [GROUP_ELIGIBILITY],
      options: ['filter', 'select', 'expand', 'top', 'skiptoken'],
      effect: false,
      handle: (call) => {
        // The page says: the filter must narrow it to a principal or a group.
        if (!/\b(principalId|groupId) eq /.test(call.query.options.get('filter') ?? '')) {
          throw requestBadRequest("The request requires a filter on 'principalId' or 'groupId'.");
        }
        const all = directory.groupEligibilities.map((one) => ({
          id: one.id,
          principalId: one.principalId,
          groupId: one.groupId,
          accessId: one.accessId,
          memberType: 'Direct',
          startDateTime: '2025-01-01T00:00:00Z',
          endDateTime: null,
          eligibilityScheduleId: `${one.id}-schedule`,
        }));
        return rows(
          call,
          'identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
          all,
          { principalId: equal, groupId: equal, accessId: { type: 'string', plain: ['eq'] } },
          'privilegedAccessGroupEligibilityScheduleInstance',
        );
      },
    },
  ];
};

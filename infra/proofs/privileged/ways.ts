import { type Seed } from '../../local/entra';
import { type Account } from '../rig/house/crowd';
import { type House } from '../rig/house/house';
import { PRIVILEGED_ROLES } from './roles';

/** One way to hold a role, taken and given back while the house runs. */
export interface Way {
  name: string;
  take(house: House, account: Account, role: string): void;
  leave(house: House, account: Account, role: string): void;
}

const ROLE_IDS = Object.values(PRIVILEGED_ROLES);
const groupId = (kind: number, role: string): string =>
  `d${kind}000000-0000-4000-8000-${String(ROLE_IDS.indexOf(role) + 1).padStart(12, '0')}`;
/** May hold roles, and holds this one. */
const holding = (role: string): string => groupId(1, role);
/** A plain group inside the one that holds it. */
const nested = (role: string): string => groupId(2, role);
/** May switch the role on through PIM, as a group. */
const eligible = (role: string): string => groupId(3, role);
/** Restricted management: only the highest administrators may act on its members. */
const UNIT = 'd9000000-0000-4000-8000-000000000001';
export const EMERGENCY_UPN = 'emergency-9@northwind-harbour.example';

/** The tenant with a group of each kind for every role. */
export function withRoleGroups(seed: Seed): Seed {
  const groups = ROLE_IDS.flatMap((role, at) => [
    {
      id: holding(role),
      displayName: `Holds role ${at}`,
      isAssignableToRole: true,
      members: [{ id: nested(role), since: 0 }],
    },
    { id: nested(role), displayName: `In the group that holds role ${at}` },
    { id: eligible(role), displayName: `May switch role ${at} on` },
  ]);
  return {
    ...seed,
    groups: [...(seed.groups ?? []), ...groups],
    administrativeUnits: [{ id: UNIT, displayName: 'Restricted', isMemberManagementRestricted: true }],
    roleAssignments: [
      ...(seed.roleAssignments ?? []),
      ...ROLE_IDS.map((role, at) => ({ id: `held-${at}`, principalId: holding(role), roleDefinitionId: role })),
    ],
    roleEligibilities: [
      ...(seed.roleEligibilities ?? []),
      ...ROLE_IDS.map((role, at) => ({ id: `may-${at}`, principalId: eligible(role), roleDefinitionId: role })),
    ],
  };
}

/** Ways on which a role lies: each with every role. */
export const ROLE_WAYS: readonly Way[] = [
  {
    name: 'assigned',
    take: ({ entra }, { id }, role) => entra.edit({ user: id, addRoles: [role] }),
    leave: ({ entra }, { id }, role) => entra.edit({ user: id, removeRoles: [role] }),
  },
  {
    name: 'switched on through PIM',
    take: ({ entra }, { id }, role) => entra.edit({ user: id, activateRoles: [role] }),
    leave: ({ entra }, { id }, role) => entra.edit({ user: id, removeRoles: [role] }),
  },
  {
    name: 'eligible through PIM',
    take: ({ entra }, { id }, role) => entra.edit({ user: id, addEligibleRoles: [role] }),
    leave: ({ entra }, { id }, role) => entra.edit({ user: id, removeEligibleRoles: [role] }),
  },
  ...(
    [
      ['in a group that holds it', holding],
      ['in a group inside one that holds it', nested],
      ['in a group that is eligible for it', eligible],
    ] as const
  ).map(([name, group]): Way => ({
    name,
    take: ({ entra }, { id }, role) => entra.edit({ user: id, addToGroups: [group(role)] }),
    leave: ({ entra }, { id }, role) => entra.edit({ user: id, removeFromGroups: [group(role)] }),
  })),
  ...(['member', 'owner'] as const).map((accessId): Way => ({
    name: `eligible through PIM for Groups, as ${accessId}`,
    take: ({ entra }, { id }, role) =>
      entra.edit({ user: id, addEligibleGroups: [{ groupId: holding(role), accessId }] }),
    leave: ({ entra }, { id }, role) => entra.edit({ user: id, removeEligibleGroups: [holding(role)] }),
  })),
  {
    name: 'eligible for a group that is eligible for it',
    take: ({ entra }, { id }, role) =>
      entra.edit({ user: id, addEligibleGroups: [{ groupId: eligible(role), accessId: 'member' }] }),
    leave: ({ entra }, { id }, role) => entra.edit({ user: id, removeEligibleGroups: [eligible(role)] }),
  },
  {
    name: 'owner of a group that holds it',
    take: ({ entra }, { id }, role) => entra.edit({ user: id, ownGroups: [holding(role)] }),
    leave: ({ entra }, { id }, role) => entra.edit({ user: id, disownGroups: [holding(role)] }),
  },
];

/** A read that Graph refuses: what is not known is not taken for harmless. */
const unreadable = (what: string, path: string): Way => ({
  name: `${what} cannot be read`,
  take: ({ entra }) => entra.switches.fail({ path, times: 1_000, then: { act: 'refuse', status: 403 } }),
  leave: ({ entra }) => void entra.switches.set({ faults: [] }),
});

/** Ways on which no role lies: once each. */
export const OTHER_WAYS: readonly Way[] = [
  {
    name: 'a member of a restricted management unit',
    take: ({ entra }, { id }) => entra.edit({ user: id, addToUnits: [UNIT] }),
    leave: ({ entra }, { id }) => entra.edit({ user: id, removeFromUnits: [UNIT] }),
  },
  {
    name: 'an emergency account',
    take: ({ entra }, { id }) => entra.edit({ user: id, set: { userPrincipalName: EMERGENCY_UPN.toUpperCase() } }),
    leave: ({ entra }, { id, upn }) => entra.edit({ user: id, set: { userPrincipalName: upn } }),
  },
  unreadable('what they belong to', '/users/.*/transitiveMemberOf'),
  unreadable('what they own', '/users/.*/ownedObjects'),
  unreadable('the roles', '/\\$batch'),
  unreadable('the roles, one of them', 'roleEligibilityScheduleInstances'),
];

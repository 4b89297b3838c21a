import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import { listMany } from './client/batch';
import { type Graph } from './client/graph';
import { paths } from './paths';
import { explainUnknownPerson } from './people';

/** Whether an account holds more than ordinary rights, and by what. */
export interface Privilege {
  privileged: boolean;
  /**
   * `role:ID`, `role-active:ID`, `role-eligible:ID` (a role definition's id, with ` through GROUP` where it comes from a
   * group), `role-group-member:NAME`, `role-group-owner:NAME`, `role-group-eligible:NAME`, `restricted-unit:NAME`.
   */
  why: string[];
}

/** Throws a Fault when anything could not be read: the caller refuses then. */
export type Privileged = (userId: string) => Promise<Privilege>;

/** More principals than this (the user, their groups, the groups they may join) are not followed. */
const MOST_PRINCIPALS = 1_000;
/** How often a group that may be joined may open the way to the next one. */
const MOST_STEPS = 5;

const Belonging = z.object({
  '@odata.type': z.string(),
  id: z.string().min(1),
  displayName: z.string().nullish(),
  isAssignableToRole: z.boolean().nullish(),
  isMemberManagementRestricted: z.boolean().nullish(),
});
type Belonging = z.output<typeof Belonging>;

const Group = Belonging.omit({ '@odata.type': true });
const Role = z.object({ roleDefinitionId: z.string() });
const Eligibility = z.object({ groupId: z.string().min(1), accessId: z.string().nullish() });

/** Where roles come from, by principal. The eligible ones need Entra ID P2 (PIM). */
const ROLE_SOURCES = [
  { kind: 'role', path: paths.roleAssignments, pim: false },
  { kind: 'role-active', path: paths.roleAssignmentScheduleInstances, pim: true },
  { kind: 'role-eligible', path: paths.roleEligibilityScheduleInstances, pim: true },
] as const;

/**
 * Privileged is: any active or eligible role, directly or through any transitive group; owner or member of a group that
 * may hold roles, or eligible to become one through PIM for Groups, also by way of another such group; member of a
 * restricted management administrative unit (only the highest administrators may act on its members).
 *
 * The cheap reads come first, and what is found there ends the search: `why` then tells enough, not all.
 *
 * @param options.pim false in a tenant without Entra ID P2: Graph refuses the reads of PIM there, and nobody can be eligible
 */
export function createPrivileged(graph: Graph, options: { pim: boolean }): Privileged {
  const list = <S extends z.ZodType>(path: string, item: S): Promise<z.output<S>[]> =>
    graph.list({ operation: 'privileged', method: 'GET', path, repeat: 'read', explain: explainUnknownPerson }, item);

  return async (userId) => {
    const [belongings, owned] = await Promise.all([
      list(paths.transitiveMemberOf(userId), Belonging),
      list(paths.ownedObjects(userId), Belonging),
    ]);
    const standing = [
      ...belongings.flatMap((one) => whyMember(one)),
      ...owned
        .filter(isGroup)
        .filter(mayHoldRoles)
        .map((one) => `role-group-owner:${nameOf(one)}`),
    ];
    if (standing.length > 0) return { privileged: true, why: unique(standing) };

    const names = new Map(belongings.filter(isGroup).map((group) => [group.id, nameOf(group)]));
    const seen = new Set([userId, ...names.keys()]);
    let principals = [...seen];
    for (let step = 0; principals.length > 0; step++) {
      if (seen.size > MOST_PRINCIPALS || step >= MOST_STEPS) throw tooFar(seen.size);
      const roles = await rolesOf(principals, userId, names);
      if (roles.length > 0) return { privileged: true, why: unique(roles) };
      if (!options.pim) break;
      const reachable = await groupsWithinReach(principals);
      if (reachable.why.length > 0) return { privileged: true, why: unique(reachable.why) };
      principals = [...reachable.groups.keys()].filter((id) => !seen.has(id));
      for (const id of principals) {
        seen.add(id);
        names.set(id, reachable.groups.get(id) ?? id);
      }
    }
    return { privileged: false, why: [] };
  };

  async function rolesOf(principals: string[], userId: string, names: Map<string, string>): Promise<string[]> {
    const reads = ROLE_SOURCES.filter(({ pim }) => options.pim || !pim).flatMap(({ kind, path }) =>
      principals.map((id) => ({ kind, id, path: path(id) })),
    );
    const found = await listMany(
      graph,
      'privileged.roles',
      reads.map(({ path }) => path),
      Role,
    );
    return reads.flatMap(({ kind, id }, index) =>
      (found[index] ?? []).map(({ roleDefinitionId }) => {
        const through = id === userId ? '' : ` through ${names.get(id) ?? id}`;
        return `${kind}:${roleDefinitionId}${through}`;
      }),
    );
  }

  /** The groups that `principals` may join through PIM for Groups, and the groups that those are in. */
  async function groupsWithinReach(principals: string[]): Promise<{ why: string[]; groups: Map<string, string> }> {
    const eligible = await listMany(
      graph,
      'privileged.groups',
      principals.map((id) => paths.groupEligibilityScheduleInstances(id)),
      Eligibility,
    );
    const groups = new Map<string, string>();
    const why: string[] = [];
    for (const id of new Set(eligible.flat().map(({ groupId }) => groupId))) {
      const call = { operation: 'privileged.group', method: 'GET', path: paths.group(id), repeat: 'read' } as const;
      const group = (await graph.ask(call, Group)).data;
      const above = (await list(paths.groupTransitiveMemberOf(id), Belonging)).filter(isGroup);
      for (const one of [group, ...above]) {
        groups.set(one.id, nameOf(one));
        if (mayHoldRoles(one)) why.push(`role-group-eligible:${nameOf(one)}`);
      }
    }
    return { why, groups };
  }
}

function whyMember(one: Belonging): string[] {
  if (one['@odata.type'] === '#microsoft.graph.directoryRole') return [`role:${nameOf(one)}`];
  if (isGroup(one) && mayHoldRoles(one)) return [`role-group-member:${nameOf(one)}`];
  if (one.isMemberManagementRestricted === true) return [`restricted-unit:${nameOf(one)}`];
  return [];
}

const isGroup = (one: Belonging): boolean => one['@odata.type'] === '#microsoft.graph.group';
const unique = (texts: string[]): string[] => [...new Set(texts)];

/** Graph hides what the app may not read behind nulls, without an error: a group without a name was not read. */
function mayHoldRoles(group: z.output<typeof Group>): boolean {
  if (typeof group.displayName === 'string' || group.isAssignableToRole === true) {
    return group.isAssignableToRole === true;
  }
  throw new Fault({
    code: 'privilege-unclear',
    say: 'Keyvouch may not read a group of this person, so it cannot tell whether the account is privileged.',
    todo: 'An administrator checks the permissions that Keyvouch was given (infra/azure/README.md).',
    facts: { group: group.id },
  });
}

const nameOf = ({ id, displayName }: z.output<typeof Group>): string => displayName ?? id;

const tooFar = (principals: number): Fault =>
  new Fault({
    code: 'privilege-unclear',
    say: 'This person is in so many groups that Keyvouch cannot tell whether the account is privileged.',
    todo: 'Ask the helpdesk; an administrator can look at the roles and groups of the account.',
    facts: { principals },
  });

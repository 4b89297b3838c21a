import { z } from 'zod';

/** Graph's word for "everybody" as a target. */
export const ALL_USERS = 'all_users';

export const Target = z.object({ targetType: z.string().catch('group'), id: z.string() });

/** What tells for whom a method is on. */
export interface Scope {
  enabled: boolean;
  includeTargets: readonly { id: string }[];
  excludeTargets: readonly { id: string }[];
}

/** Whether a method is for somebody, and if not, why not. */
export type Applies =
  { applies: true; why: 'ok' } | { applies: false; why: 'method-off' | 'excluded' | 'not-in-scope' };

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Whether a target is everybody or one of `groupIds`. */
export const isTarget = ({ id }: { id: string }, groupIds: readonly string[]): boolean =>
  same(id, ALL_USERS) || groupIds.some((groupId) => same(groupId, id));

/**
 * Whether a method's policy holds for a person. An excluded group always wins.
 *
 * @param groupIds the groups the person is in, also through others (of those in {@link targetGroups} at least)
 */
export function appliesTo(scope: Scope, groupIds: readonly string[]): Applies {
  if (!scope.enabled) return { applies: false, why: 'method-off' };
  if (scope.excludeTargets.some((target) => isTarget(target, groupIds))) return { applies: false, why: 'excluded' };
  if (!scope.includeTargets.some((target) => isTarget(target, groupIds)))
    return { applies: false, why: 'not-in-scope' };
  return { applies: true, why: 'ok' };
}

/** The groups that a policy names: which of them a person is in is what {@link appliesTo} has to know. */
export function targetGroups(...scopes: readonly Scope[]): string[] {
  const ids = scopes.flatMap(({ includeTargets, excludeTargets }) => [...includeTargets, ...excludeTargets]);
  return [...new Set(ids.map(({ id }) => id))].filter((id) => !same(id, ALL_USERS));
}

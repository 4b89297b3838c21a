import { transitiveGroupIds } from '../directory';
import type { Person } from '../directory-schema';
import type { Fido2Policy, PassPolicy, Policies } from '../policy-schema';
import type { Tenant } from '../tenant';
import { ALL_USERS } from './defaults';

/** What was written last: what a read shows, at once. */
export const written = <T>(history: readonly { value: T }[]): T => {
  const last = history[history.length - 1];
  if (!last) throw new Error('A policy without a value.');
  return last.value;
};

/** What is enforced now: the youngest value that has had time to spread, else the oldest. */
const enforced = <T>(history: readonly { since: number; value: T }[], spreadBefore: number): T => {
  const known = history.filter((entry) => entry.since <= spreadBefore);
  return written(known.length > 0 ? known : history.slice(0, 1));
};

const spreadBefore = (tenant: Tenant): number => tenant.clock.now() - tenant.switches.get().policyPropagationMs;

export const enforcedFido2 = (tenant: Tenant): Fido2Policy =>
  enforced(tenant.state.policies.fido2, spreadBefore(tenant));

export const enforcedPass = (tenant: Tenant): PassPolicy =>
  enforced(tenant.state.policies.temporaryAccessPass, spreadBefore(tenant));

/** Adds a value to a policy's history and forgets what nobody can be under any more. */
export const writePolicy = <K extends 'fido2' | 'temporaryAccessPass'>(
  tenant: Tenant,
  name: K,
  value: Policies[K][number]['value'],
): void => {
  const before = spreadBefore(tenant);
  const history = tenant.state.policies[name] as { since: number; value: typeof value }[];
  const stillNeeded = history.findLastIndex((entry) => entry.since <= before);
  if (stillNeeded > 0) history.splice(0, stillNeeded);
  history.push({ since: tenant.clock.now(), value });
};

interface Target {
  id: string;
}

/** The include targets that a user is under; none where a target excludes them (an exclusion always wins). */
export const targetsOf = <T extends Target>(
  tenant: Tenant,
  person: Person,
  policy: { includeTargets: readonly T[]; excludeTargets: readonly Target[] },
): T[] => {
  const mine = new Set([person.id, ...transitiveGroupIds(tenant.state.directory, person.id, spreadBefore(tenant))]);
  const isMine = (target: Target): boolean => target.id === ALL_USERS || mine.has(target.id.toLowerCase());
  return policy.excludeTargets.some(isMine) ? [] : policy.includeTargets.filter(isMine);
};

/** Whether a method is on for this user. */
export const inScope = (
  tenant: Tenant,
  person: Person,
  policy: { state: string; includeTargets: readonly Target[]; excludeTargets: readonly Target[] },
): boolean => policy.state === 'enabled' && targetsOf(tenant, person, policy).length > 0;

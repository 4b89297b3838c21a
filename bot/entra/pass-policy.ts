import { z } from 'zod';
import { appliesTo, Target, type Applies, type Scope } from './policy-target';

/** The tenant's Temporary Access Pass method (`temporaryAccessPassAuthenticationMethodConfiguration`, v1.0). */
export interface PassPolicy extends Scope {
  /** Minutes. */
  defaultLifetime: number;
  minimumLifetime: number;
  maximumLifetime: number;
  /** Characters, 8 to 48. */
  length: number;
  /** True: every pass is good for one use. False: as asked for. */
  onceOnly: boolean;
}

/** Graph's own bounds of a lifetime, minutes; the tenant's are inside them. */
const SHORTEST = 10;
const LONGEST = 43_200;

/** Parses the reply of paths.temporaryAccessPassPolicy. Missing numbers are the defaults of a new tenant. */
export const PassPolicyReply = z
  .object({
    state: z.string(),
    defaultLifetimeInMinutes: z.number().int().nullish(),
    minimumLifetimeInMinutes: z.number().int().nullish(),
    maximumLifetimeInMinutes: z.number().int().nullish(),
    defaultLength: z.number().int().nullish(),
    isUsableOnce: z.boolean().nullish(),
    includeTargets: z.array(Target).nullish(),
    excludeTargets: z.array(Target).nullish(),
  })
  .transform((policy): PassPolicy => ({
    enabled: policy.state === 'enabled',
    defaultLifetime: policy.defaultLifetimeInMinutes ?? 60,
    minimumLifetime: policy.minimumLifetimeInMinutes ?? 60,
    maximumLifetime: policy.maximumLifetimeInMinutes ?? 480,
    length: policy.defaultLength ?? 8,
    onceOnly: policy.isUsableOnce === true,
    includeTargets: (policy.includeTargets ?? []).map(({ id }) => ({ id })),
    excludeTargets: (policy.excludeTargets ?? []).map(({ id }) => ({ id })),
  }));

/** Whether a pass can be made for a person in `groupIds`. */
export const passAppliesTo = (policy: PassPolicy, groupIds: readonly string[]): Applies => appliesTo(policy, groupIds);

/** The lifetime to ask for, and what had to be done to the one that was wanted. */
export interface Lifetime {
  lifetimeInMinutes: number;
  change: 'none' | 'raised' | 'lowered';
}

/**
 * The lifetime nearest to `wanted` that the tenant allows; without `wanted` the tenant's default.
 *
 * @param wanted minutes
 */
export function lifetimeFor(policy: PassPolicy, wanted?: number): Lifetime {
  const least = Math.max(policy.minimumLifetime, SHORTEST);
  const most = Math.max(Math.min(policy.maximumLifetime, LONGEST), least);
  const minutes = Math.round(wanted ?? policy.defaultLifetime);
  if (minutes < least) return { lifetimeInMinutes: least, change: 'raised' };
  if (minutes > most) return { lifetimeInMinutes: most, change: 'lowered' };
  return { lifetimeInMinutes: minutes, change: 'none' };
}

/** Whether the pass is to be good for one use: the tenant may force it, nobody can lift that. */
export const onceFor = (policy: PassPolicy, wanted: boolean): boolean => policy.onceOnly || wanted;

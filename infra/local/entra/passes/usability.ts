import type { Person } from '../directory-schema';
import type { Pass } from '../methods-schema';
import { enforcedPass, inScope } from '../policy/effective';
import type { Tenant } from '../tenant';

export type MethodUsabilityReason = 'EnabledByPolicy' | 'DisabledByPolicy' | 'Expired' | 'NotYetValid' | 'OneTimeUsed';

export const endOf = (pass: Pass): number => pass.startsAt + pass.lifetimeInMinutes * 60_000;

/** Whether a pass can be used now, and why not (temporaryAccessPassAuthenticationMethod.methodUsabilityReason). */
export const usabilityOf = (tenant: Tenant, person: Person, pass: Pass): MethodUsabilityReason => {
  const now = tenant.clock.now();
  if (!inScope(tenant, person, enforcedPass(tenant))) return 'DisabledByPolicy';
  if (now < pass.startsAt) return 'NotYetValid';
  if (now >= endOf(pass)) return 'Expired';
  if (pass.isUsableOnce && pass.usedAt !== null) return 'OneTimeUsed';
  return 'EnabledByPolicy';
};

/** The one pass that a user has, whatever its state. */
export const livePass = (tenant: Tenant, userId: string): Pass | undefined =>
  tenant.state.methods.passes.find((pass) => pass.userId === userId && pass.endedAt === null);

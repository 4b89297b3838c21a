import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '../../../../agent/protocol/secret';
import { writeAudit } from '../audit';
import type { Person } from '../directory-schema';
import { badRequest } from '../graph-error';
import type { Pass } from '../methods-schema';
import { enforcedPass, inScope } from '../policy/effective';
import type { PassPolicy } from '../policy-schema';
import type { Tenant } from '../tenant';
import { livePass } from './usability';
import { hashPass, makePassValue } from './value';

const requestSchema = z
  .object({
    '@odata.type': z.literal('#microsoft.graph.temporaryAccessPassAuthenticationMethod').optional(),
    startDateTime: z.string().datetime({ offset: true }).nullish(),
    lifetimeInMinutes: z.number().int().nullish(),
    isUsableOnce: z.boolean().nullish(),
  })
  .strict();

/** How many ended passes of a user stay visible to tests. */
const KEPT_ENDED = 20;
const CLOCK_SKEW_MS = 5 * 60_000;

const isExternalGuest = (person: Person): boolean =>
  person.userType === 'Guest' && (person.externalUserState !== null || person.userPrincipalName.includes('#EXT#'));

const lifetimeOf = (asked: number | null | undefined, policy: PassPolicy): number => {
  if (asked === null || asked === undefined) return policy.defaultLifetimeInMinutes;
  const { minimumLifetimeInMinutes: minimum, maximumLifetimeInMinutes: maximum } = policy;
  if (asked < minimum || asked > maximum) {
    throw badRequest(`Invalid LifetimeInMinutes specified. The valid range between ${minimum} and ${maximum}.`);
  }
  return asked;
};

/** Ends a pass; its row stays for a while, because lists lag behind. */
export const endPass = (tenant: Tenant, pass: Pass, why: 'deleted' | 'replaced'): void => {
  pass.endedAt = tenant.clock.now();
  pass.endedBy = why;
  const mine = tenant.state.methods.passes.filter((one) => one.userId === pass.userId && one.endedAt !== null);
  const old = new Set(mine.slice(0, Math.max(0, mine.length - KEPT_ENDED)));
  if (old.size > 0) tenant.state.methods.passes = tenant.state.methods.passes.filter((one) => !old.has(one));
};

/**
 * Makes a user's pass; an earlier one, valid or not, is replaced. Refusals in Entra's order and words where they were
 * seen: policy and scope, guest, lifetime, one-time.
 * @returns the pass and its value, which exists nowhere else
 */
export const createPass = (tenant: Tenant, person: Person, body: unknown): { pass: Pass; value: Secret } => {
  const policy = enforcedPass(tenant);
  if (!inScope(tenant, person, policy)) {
    throw badRequest(
      'Converged UserCredentialPolicy does not allow creating or updating this authentication method. AuthMethodType [TemporaryAccessPass].',
    );
  }
  if (isExternalGuest(person)) throw badRequest('Temporary Access Pass cannot be added to an external guest user.');
  const request = requestSchema.parse(body ?? {});
  const lifetimeInMinutes = lifetimeOf(request.lifetimeInMinutes, policy);
  if (policy.isUsableOnce && request.isUsableOnce === false) {
    throw badRequest('The policy allows only Temporary Access Passes for one-time use: isUsableOnce cannot be false.');
  }
  const now = tenant.clock.now();
  const startsAt = request.startDateTime ? Date.parse(request.startDateTime) : now;
  if (startsAt < now - CLOCK_SKEW_MS) throw badRequest('Invalid StartDateTime specified. It must not be in the past.');

  const value = makePassValue(policy.defaultLength);
  const pass: Pass = {
    id: randomUUID(),
    userId: person.id,
    ...hashPass(value),
    createdAt: now,
    startsAt,
    lifetimeInMinutes,
    isUsableOnce: request.isUsableOnce ?? policy.isUsableOnce,
    usedAt: null,
    endedAt: null,
    endedBy: null,
  };
  tenant.store.change('pass-created', person.id, (state) => {
    const earlier = livePass(tenant, person.id);
    if (earlier) endPass(tenant, earlier, 'replaced');
    state.methods.passes.push(pass);
    writeAudit(state, now, {
      activityDisplayName: 'Admin registered security info',
      category: 'UserManagement',
      operationType: 'Add',
      target: person,
      additionalDetails: [{ key: 'AuthenticationMethod', value: 'Temporary Access Pass' }],
    });
  });
  return { pass, value };
};

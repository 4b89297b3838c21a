import type { Person } from '../directory-schema';
import type { Fido2Policy, KeyRestrictions } from '../policy-schema';
import type { Tenant } from '../tenant';
import { targetsOf } from './effective';

/** One set of rules that a passkey may satisfy: a passkey profile, or the policy's own older fields. */
export interface PasskeyRule {
  attestation: boolean;
  restrictions: KeyRestrictions | null;
  types: readonly string[];
}

/**
 * The rules that apply to a user: one of them must be met as a whole. With profiles those of every target that the user
 * is under, the default profile where a target names none; without, the policy's deprecated fields.
 */
export const passkeyRules = (tenant: Tenant, person: Person, policy: Fido2Policy): PasskeyRule[] => {
  if (tenant.switches.get().policyMode === 'older' || policy.passkeyProfiles.length === 0) {
    return [
      { attestation: policy.isAttestationEnforced, restrictions: policy.keyRestrictions, types: ['deviceBound'] },
    ];
  }
  const ids = new Set(
    targetsOf(tenant, person, policy).flatMap((target) =>
      target.allowedPasskeyProfiles.length > 0
        ? target.allowedPasskeyProfiles
        : policy.defaultPasskeyProfile === null
          ? []
          : [policy.defaultPasskeyProfile],
    ),
  );
  return policy.passkeyProfiles
    .filter((profile) => ids.has(profile.id))
    .map((profile) => ({
      attestation: profile.attestationEnforcement === 'registrationOnly',
      restrictions: profile.keyRestrictions,
      types: profile.passkeyTypes.split(',').map((type) => type.trim()),
    }));
};

export const aaguidAllowed = (restrictions: KeyRestrictions | null, aaGuid: string): boolean => {
  if (!restrictions?.isEnforced) return true;
  const listed = restrictions.aaGuids.includes(aaGuid.toLowerCase());
  return restrictions.enforcementType === 'allow' ? listed : !listed;
};

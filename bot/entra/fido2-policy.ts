import { z } from 'zod';
import { appliesTo, isTarget, Target, type Applies, type Scope } from './policy-target';

/** Which models a policy or a profile takes. AAGUIDs in lower case. */
export interface KeyRestrictions {
  isEnforced: boolean;
  enforcementType: 'allow' | 'block';
  aaguids: string[];
}

/** A passkey profile: one way to be allowed. A person passes when one of theirs is met in full. */
export interface PasskeyProfile {
  id: string;
  name: string;
  /** Whether keys that cannot be copied are taken. */
  deviceBound: boolean;
  attestationRequired: boolean;
  keyRestrictions: KeyRestrictions;
}

/** The tenant's Passkey (FIDO2) method (`fido2AuthenticationMethodConfiguration`, v1.0). */
export interface Fido2Policy extends Scope {
  includeTargets: { id: string; allowedPasskeyProfiles: string[] }[];
  selfServiceAllowed: boolean;
  /** The older fields: they count only where there are no profiles (Graph drops them on 2027-10-15). */
  attestationRequired: boolean;
  keyRestrictions: KeyRestrictions;
  profiles: PasskeyProfile[];
  defaultProfile?: string;
}

const NO_RESTRICTIONS: KeyRestrictions = { isEnforced: false, enforcementType: 'block', aaguids: [] };

const Restrictions = z
  .object({
    isEnforced: z.boolean().nullish(),
    enforcementType: z.string().nullish(),
    aaGuids: z.array(z.string()).nullish(),
  })
  .nullish()
  .transform((value): KeyRestrictions => {
    if (!value) return NO_RESTRICTIONS;
    return {
      isEnforced: value.isEnforced === true,
      // A kind that nobody knows yet is read as the stricter one: only what is listed.
      enforcementType: value.enforcementType === 'block' ? 'block' : 'allow',
      aaguids: (value.aaGuids ?? []).map((aaguid) => aaguid.toLowerCase()),
    };
  });

const Profile = z
  .object({
    id: z.string(),
    name: z.string().nullish(),
    passkeyTypes: z.string().nullish(),
    attestationEnforcement: z.string().nullish(),
    keyRestrictions: Restrictions,
  })
  .transform((profile): PasskeyProfile => ({
    id: profile.id.toLowerCase(),
    name: profile.name ?? '',
    deviceBound: (profile.passkeyTypes ?? 'deviceBound').split(',').some((type) => type.trim() === 'deviceBound'),
    attestationRequired: (profile.attestationEnforcement ?? 'disabled') !== 'disabled',
    keyRestrictions: profile.keyRestrictions,
  }));

const Targets = z.array(Target.extend({ allowedPasskeyProfiles: z.array(z.string()).nullish() }));

/** Parses the reply of paths.fido2Policy. */
export const Fido2PolicyReply = z
  .object({
    state: z.string(),
    isSelfServiceRegistrationAllowed: z.boolean().nullish(),
    isAttestationEnforced: z.boolean().nullish(),
    keyRestrictions: Restrictions,
    includeTargets: Targets.nullish(),
    excludeTargets: z.array(Target).nullish(),
    passkeyProfiles: z.array(Profile).nullish(),
    defaultPasskeyProfile: z.string().nullish(),
  })
  .transform((policy): Fido2Policy => ({
    enabled: policy.state === 'enabled',
    selfServiceAllowed: policy.isSelfServiceRegistrationAllowed === true,
    attestationRequired: policy.isAttestationEnforced === true,
    keyRestrictions: policy.keyRestrictions,
    includeTargets: (policy.includeTargets ?? []).map(({ id, allowedPasskeyProfiles }) => ({
      id,
      allowedPasskeyProfiles: (allowedPasskeyProfiles ?? []).map((profile) => profile.toLowerCase()),
    })),
    excludeTargets: (policy.excludeTargets ?? []).map(({ id }) => ({ id })),
    profiles: policy.passkeyProfiles ?? [],
    ...(policy.defaultPasskeyProfile ? { defaultProfile: policy.defaultPasskeyProfile.toLowerCase() } : {}),
  }));

/** Whether passkeys are on for a person in `groupIds`. */
export const fido2AppliesTo = (policy: Fido2Policy, groupIds: readonly string[]): Applies =>
  appliesTo(policy, groupIds);

/** Whether a model may be registered, and why (not). */
export type ModelVerdict =
  | { allowed: true; why: 'ok' }
  | {
      allowed: false;
      why: 'model-not-listed' | 'model-blocked' | 'attestation-required' | 'synced-only' | 'no-profile';
    };

/** The rules that hold for a person: their profiles; where the tenant has none, the older fields as if one. */
export function rulesFor(policy: Fido2Policy, groupIds: readonly string[]): PasskeyProfile[] {
  if (policy.profiles.length === 0) {
    const { attestationRequired, keyRestrictions } = policy;
    return [{ id: '', name: '', deviceBound: true, attestationRequired, keyRestrictions }];
  }
  const mine = policy.includeTargets
    .filter((target) => isTarget(target, groupIds))
    .flatMap(({ allowedPasskeyProfiles: ids }) => (ids.length > 0 ? ids : [policy.defaultProfile ?? '']));
  return policy.profiles.filter(({ id }) => mine.includes(id));
}

/**
 * Whether a hardware key of model `aaguid` may be registered by a person in `groupIds`: one applicable profile met in
 * full is enough; what is said of a refusal is the first profile's reason. Whether passkeys are on for the person at all
 * is {@link fido2AppliesTo}'s question.
 *
 * @param attested whether the key's attestation leads to a known root
 */
export function modelAllowed(
  policy: Fido2Policy,
  groupIds: readonly string[],
  aaguid: string,
  attested: boolean,
): ModelVerdict {
  const verdicts = rulesFor(policy, groupIds).map((rule) => verdictOf(rule, aaguid.toLowerCase(), attested));
  return verdicts.find(({ allowed }) => allowed) ?? verdicts[0] ?? { allowed: false, why: 'no-profile' };
}

function verdictOf(rule: PasskeyProfile, aaguid: string, attested: boolean): ModelVerdict {
  const { isEnforced, enforcementType, aaguids } = rule.keyRestrictions;
  const listed = aaguids.includes(aaguid);
  if (!rule.deviceBound) return { allowed: false, why: 'synced-only' };
  if (isEnforced && enforcementType === 'allow' && !listed) return { allowed: false, why: 'model-not-listed' };
  if (isEnforced && enforcementType === 'block' && listed) return { allowed: false, why: 'model-blocked' };
  if (rule.attestationRequired && !attested) return { allowed: false, why: 'attestation-required' };
  return { allowed: true, why: 'ok' };
}

import { z } from 'zod';
import { guid } from './directory-schema';

const odataType = z.string().optional();
const targetId = z.string().min(1);
const state = z.enum(['enabled', 'disabled']);

export const keyRestrictionsSchema = z
  .object({
    '@odata.type': odataType,
    isEnforced: z.boolean().default(false),
    enforcementType: z.enum(['allow', 'block']).default('block'),
    aaGuids: z.array(guid).default([]),
  })
  .strict();
export type KeyRestrictions = z.output<typeof keyRestrictionsSchema>;

export const passkeyProfileSchema = z
  .object({
    '@odata.type': odataType,
    id: guid,
    name: z.string().min(1),
    passkeyTypes: z.string().regex(/^(deviceBound|synced)(, ?(deviceBound|synced))*$/),
    attestationEnforcement: z.enum(['disabled', 'registrationOnly']),
    keyRestrictions: keyRestrictionsSchema.nullable().default(null),
  })
  .strict();
export type PasskeyProfile = z.output<typeof passkeyProfileSchema>;

const includeTargetSchema = z
  .object({
    '@odata.type': odataType,
    id: targetId,
    targetType: z.enum(['group', 'user']).default('group'),
    isRegistrationRequired: z.boolean().default(false),
  })
  .strict();
const passkeyTargetSchema = includeTargetSchema.extend({ allowedPasskeyProfiles: z.array(guid).default([]) }).strict();
const excludeTargetSchema = z
  .object({ '@odata.type': odataType, id: targetId, targetType: z.enum(['group', 'user']).default('group') })
  .strict();

/** fido2AuthenticationMethodConfiguration (v1.0). `passkeyProfiles` empty: a tenant that has not opted in to profiles. */
export const fido2PolicySchema = z
  .object({
    state,
    includeTargets: z.array(passkeyTargetSchema),
    excludeTargets: z.array(excludeTargetSchema),
    isSelfServiceRegistrationAllowed: z.boolean(),
    isAttestationEnforced: z.boolean(),
    keyRestrictions: keyRestrictionsSchema,
    defaultPasskeyProfile: guid.nullable(),
    passkeyProfiles: z.array(passkeyProfileSchema).max(3),
  })
  .strict();
export type Fido2Policy = z.output<typeof fido2PolicySchema>;

const lifetime = z.number().int().min(10).max(43_200);

/** temporaryAccessPassAuthenticationMethodConfiguration (v1.0). */
export const passPolicySchema = z
  .object({
    state,
    includeTargets: z.array(includeTargetSchema),
    excludeTargets: z.array(excludeTargetSchema),
    defaultLength: z.number().int().min(8).max(48),
    defaultLifetimeInMinutes: lifetime,
    minimumLifetimeInMinutes: lifetime,
    maximumLifetimeInMinutes: lifetime,
    isUsableOnce: z.boolean(),
  })
  .strict();
export type PassPolicy = z.output<typeof passPolicySchema>;

/** The same setting over time, oldest first: what was written last is read at once, but is enforced only later. */
const history = <T extends z.ZodTypeAny>(schema: T) => z.array(z.object({ since: z.number(), value: schema })).min(1);

const strengthConfigurationSchema = z.object({
  id: z.string(),
  allowedAAGUIDs: z.array(z.string()),
  appliesToCombinations: z.array(z.string()),
});

export const strengthSchema = z.object({
  id: guid,
  displayName: z.string(),
  description: z.string().nullable(),
  policyType: z.enum(['builtIn', 'custom']),
  requirementsSatisfied: z.enum(['none', 'mfa']),
  allowedCombinations: z.array(z.string()),
  createdDateTime: z.string(),
  modifiedDateTime: z.string(),
  combinationConfigurations: z.array(strengthConfigurationSchema),
});
export type Strength = z.output<typeof strengthSchema>;

export const conditionalAccessSchema = z
  .object({
    id: guid,
    displayName: z.string(),
    state: z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced']),
    createdDateTime: z.string(),
    modifiedDateTime: z.string().nullable(),
  })
  .passthrough();
export type ConditionalAccessPolicy = z.output<typeof conditionalAccessSchema>;

export const policiesSchema = z.object({
  fido2: history(fido2PolicySchema),
  temporaryAccessPass: history(passPolicySchema),
  strengths: z.array(strengthSchema),
  conditionalAccess: z.array(conditionalAccessSchema),
});
export type Policies = z.output<typeof policiesSchema>;

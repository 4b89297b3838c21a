import { z } from 'zod';
import { groups, people } from '.';
import { EVERY_PERMISSION, startRig, type Rig } from './graph-client.fixture';
import { makeMaker, softwareKey } from './software-authenticator.fixture';

// Closed shapes, in our own words: a reply with a member more or less is found here before a client leans on it.
const time = z.string().datetime();
const context = { '@odata.context': z.string().url() };
const odataType = z.string().startsWith('#microsoft.graph.');
const list = (item: z.ZodTypeAny) =>
  z.object({ ...context, '@odata.nextLink': z.string().url().optional(), value: z.array(item).min(1) }).strict();

const passShape = {
  id: z.string().uuid(),
  temporaryAccessPass: z.string().nullable(),
  createdDateTime: time,
  startDateTime: time,
  lifetimeInMinutes: z.number().int(),
  isUsableOnce: z.boolean(),
  isUsable: z.boolean(),
  methodUsabilityReason: z.enum(['EnabledByPolicy', 'DisabledByPolicy', 'Expired', 'NotYetValid', 'OneTimeUsed']),
};
const passkeyShape = {
  id: z.string(),
  displayName: z.string().nullable(),
  createdDateTime: time,
  aaGuid: z.string().uuid(),
  model: z.string().nullable(),
  attestationCertificates: z.array(z.string().regex(/^[0-9a-f]{40}$/)),
  attestationLevel: z.enum(['attested', 'notAttested']),
  passkeyType: z.enum(['deviceBound', 'synced']),
};
const passwordShape = { id: z.string(), password: z.null(), createdDateTime: time };
const typed = (type: string, shape: z.ZodRawShape) =>
  z.object({ '@odata.type': z.literal(`#microsoft.graph.${type}`), ...shape }).strict();

const optionsShape = z
  .object({
    ...context,
    challengeTimeoutDateTime: time,
    publicKey: z
      .object({
        rp: z.object({ id: z.string(), name: z.string() }).strict(),
        user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }).strict(),
        challenge: z.string(),
        pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number() }).strict()),
        timeout: z.number(),
        excludeCredentials: z.array(
          z.object({ type: z.literal('public-key'), id: z.string(), transports: z.array(z.string()) }).strict(),
        ),
        authenticatorSelection: z
          .object({
            authenticatorAttachment: z.string(),
            requireResidentKey: z.boolean(),
            userVerification: z.string(),
          })
          .strict(),
        attestation: z.string(),
        extensions: z.record(z.unknown()),
      })
      .strict(),
  })
  .strict();

const restrictions = z
  .object({ isEnforced: z.boolean(), enforcementType: z.enum(['allow', 'block']), aaGuids: z.array(z.string()) })
  .strict();
const target = { id: z.string(), targetType: z.enum(['group', 'user']) };
const fido2Shape = z
  .object({
    ...context,
    '@odata.type': odataType,
    id: z.literal('Fido2'),
    state: z.string(),
    isSelfServiceRegistrationAllowed: z.boolean(),
    isAttestationEnforced: z.boolean(),
    keyRestrictions: restrictions,
    includeTargets: z.array(
      z
        .object({ ...target, isRegistrationRequired: z.boolean(), allowedPasskeyProfiles: z.array(z.string()) })
        .strict(),
    ),
    excludeTargets: z.array(z.object(target).strict()),
    defaultPasskeyProfile: z.string().nullable(),
    passkeyProfiles: z.array(
      z
        .object({
          id: z.string(),
          name: z.string(),
          passkeyTypes: z.string(),
          attestationEnforcement: z.enum(['disabled', 'registrationOnly']),
          keyRestrictions: restrictions.nullable(),
        })
        .strict(),
    ),
  })
  .strict();

const signInShape = {
  id: z.string(),
  createdDateTime: time,
  userDisplayName: z.string(),
  userPrincipalName: z.string(),
  userId: z.string(),
  appId: z.string(),
  appDisplayName: z.string(),
  ipAddress: z.string(),
  clientAppUsed: z.string(),
  correlationId: z.string(),
  conditionalAccessStatus: z.string(),
  isInteractive: z.boolean(),
  riskDetail: z.string(),
  riskLevelAggregated: z.string(),
  riskLevelDuringSignIn: z.string(),
  riskState: z.string(),
  riskEventTypes_v2: z.array(z.string()),
  resourceDisplayName: z.string(),
  resourceId: z.string(),
  homeTenantId: z.string(),
  resourceTenantId: z.string(),
  status: z
    .object({ errorCode: z.number().int(), failureReason: z.string(), additionalDetails: z.string().nullable() })
    .strict(),
  appliedConditionalAccessPolicies: z.array(z.never()),
};
const betaShape = {
  ...signInShape,
  authenticationRequirement: z.string(),
  signInEventTypes: z.array(z.string()),
  authenticationMethodsUsed: z.array(z.string()),
  authenticationProcessingDetails: z.array(z.never()),
  authenticationDetails: z.array(
    z
      .object({
        authenticationStepDateTime: time,
        authenticationMethod: z.string(),
        authenticationMethodDetail: z.string().nullable(),
        succeeded: z.boolean(),
        authenticationStepResultDetail: z.string(),
        authenticationStepRequirement: z.string(),
      })
      .strict(),
  ),
};
const errorShape = z
  .object({
    error: z
      .object({
        code: z.string(),
        message: z.string(),
        innerError: z
          .object({
            message: z.string().optional(),
            date: z.string(),
            'request-id': z.string().uuid(),
            'client-request-id': z.string(),
          })
          .strict(),
      })
      .strict(),
  })
  .strict();

const user = `/v1.0/users/${people.ada.id}`;
const methods = `${user}/authentication`;
const policies = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations';

let rig: Rig;
beforeAll(async () => {
  const maker = await makeMaker();
  rig = await startRig({ trustedRootsPem: [maker.rootPem], switches: { grantedPermissions: EVERY_PERMISSION } });
  const key = softwareKey(maker);
  await rig.entra.enrol(people.ada.upn, key);
  await rig.post(`${methods}/temporaryAccessPassMethods`, {});
  await rig.entra.signInWithKey(people.ada.upn, key);
  rig.entra.signInWithPass(people.ada.upn, 'wrong');
});
afterAll(() => rig.close());

test.each<[string, string, z.ZodTypeAny]>([
  ['passes', `${methods}/temporaryAccessPassMethods`, list(z.object(passShape).strict())],
  ['passkeys', `${methods}/fido2Methods`, list(z.object(passkeyShape).strict())],
  [
    'methods',
    `${methods}/methods`,
    list(
      z.union([
        typed('passwordAuthenticationMethod', passwordShape),
        typed('fido2AuthenticationMethod', passkeyShape),
        typed('temporaryAccessPassAuthenticationMethod', passShape),
      ]),
    ),
  ],
  ['creation options', `${methods}/fido2Methods/creationOptions`, optionsShape],
  ['the FIDO2 policy', `${policies}/fido2`, fido2Shape],
  ['sign-ins', '/v1.0/auditLogs/signIns', list(z.object(signInShape).strict())],
  ['sign-ins of beta', '/beta/auditLogs/signIns', list(z.object(betaShape).strict())],
  [
    'a group',
    `/v1.0/groups/${groups.helpdesk}?$select=id,displayName`,
    z.object({ ...context, id: z.string(), displayName: z.string() }).strict(),
  ],
  ['a refusal', '/v1.0/users/nobody', errorShape],
])('%s', async (_what, path, shape) => {
  const { body } = await rig.get(path);
  expect(shape.safeParse(body).error?.issues).toBeUndefined();
});

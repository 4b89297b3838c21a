import type { Fido2Policy, PassPolicy, Strength } from '../policy-schema';

/** The group id that stands for everybody in a method policy. */
export const ALL_USERS = 'all_users';
export const DEFAULT_PROFILE_ID = '00000000-0000-0000-0000-000000000001';

const everybody = { targetType: 'group' as const, id: ALL_USERS, isRegistrationRequired: false };
const unrestricted = { isEnforced: false, enforcementType: 'block' as const, aaGuids: [] };

/** What `DELETE …/fido2` resets to (docs "Get authenticationMethodsPolicy", example). */
export const fido2Factory = (): Fido2Policy => ({
  state: 'disabled',
  includeTargets: [{ ...everybody, allowedPasskeyProfiles: [] }],
  excludeTargets: [],
  isSelfServiceRegistrationAllowed: true,
  isAttestationEnforced: true,
  keyRestrictions: { ...unrestricted, aaGuids: [] },
  defaultPasskeyProfile: null,
  passkeyProfiles: [],
});

/** What `DELETE …/temporaryAccessPass` resets to. */
export const passFactory = (): PassPolicy => ({
  state: 'disabled',
  includeTargets: [{ ...everybody }],
  excludeTargets: [],
  defaultLength: 8,
  defaultLifetimeInMinutes: 60,
  minimumLifetimeInMinutes: 60,
  maximumLifetimeInMinutes: 480,
  isUsableOnce: false,
});

/** The sandbox's tenant: keys are on for everybody with attestation enforced; passes are on, 10 minutes to 8 hours. */
export const fido2Sandbox = (): Fido2Policy => ({
  ...fido2Factory(),
  state: 'enabled',
  defaultPasskeyProfile: DEFAULT_PROFILE_ID,
  includeTargets: [{ ...everybody, allowedPasskeyProfiles: [DEFAULT_PROFILE_ID] }],
  passkeyProfiles: [
    {
      id: DEFAULT_PROFILE_ID,
      name: 'Default passkey profile',
      passkeyTypes: 'deviceBound',
      attestationEnforcement: 'registrationOnly',
      keyRestrictions: { ...unrestricted, aaGuids: [] },
    },
  ],
});

export const passSandbox = (): PassPolicy => ({ ...passFactory(), state: 'enabled', minimumLifetimeInMinutes: 10 });

const MADE = '2021-12-01T00:00:00Z';
const builtIn = (digit: number, displayName: string, allowedCombinations: string[]): Strength => ({
  id: `00000000-0000-0000-0000-00000000000${digit}`,
  displayName,
  description: `Built-in strength: ${displayName}`,
  policyType: 'builtIn',
  requirementsSatisfied: 'mfa',
  allowedCombinations,
  createdDateTime: MADE,
  modifiedDateTime: MADE,
  combinationConfigurations: [],
});

const phishingResistant = ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'];
const passwordless = [...phishingResistant, 'deviceBasedPush'];

export const builtInStrengths = (): Strength[] => [
  builtIn(2, 'Multifactor authentication', [
    ...passwordless,
    'temporaryAccessPassOneTime',
    'temporaryAccessPassMultiUse',
    'password,microsoftAuthenticatorPush',
    'password,softwareOath',
  ]),
  builtIn(3, 'Passwordless MFA', passwordless),
  builtIn(4, 'Phishing-resistant MFA', phishingResistant),
];

import { Fido2PolicyReply } from './fido2-policy';
import { PassPolicyReply } from './pass-policy';
import { PersonReply } from './person';
import { readiness, READINESS_CODES, type ReadinessCode, type ReadinessFacts } from './readiness';

const all = [{ targetType: 'group', id: 'all_users' }];
const person = PersonReply.parse({
  id: 'u',
  displayName: 'Ana',
  userPrincipalName: 'ana@contoso.com',
  accountEnabled: true,
});
const fido2 = (more: object = {}) =>
  Fido2PolicyReply.parse({ state: 'enabled', isSelfServiceRegistrationAllowed: true, includeTargets: all, ...more });
const pass = (more: object = {}) => PassPolicyReply.parse({ state: 'enabled', includeTargets: all, ...more });
const strong = { kind: 'fido2', id: 'm', phishingResistant: true } as const;
const good: ReadinessFacts = {
  flow: 'onboarding',
  person,
  groupIds: [],
  fido2Policy: fido2(),
  passPolicy: pass(),
  privilege: { privileged: false, why: [] },
  methods: [{ kind: 'password', id: 'p', phishingResistant: false }],
  passkeys: [],
  emergency: false,
  wantedLifetime: 60,
};
const allow = (...aaGuids: string[]) => ({ keyRestrictions: { isEnforced: true, enforcementType: 'allow', aaGuids } });
const excluded = { excludeTargets: [{ targetType: 'group', id: 'g' }] };
const outside = { includeTargets: [{ targetType: 'group', id: 'g' }] };

test('all well: nothing but Conditional Access is unchecked', () => {
  const lines = readiness(good);
  expect(lines.filter(({ state }) => state !== 'ok').map(({ code }) => code)).toEqual([
    'conditional-access-not-checked',
  ]);
});

test.each<[string, Partial<ReadinessFacts>, ReadinessCode, string]>([
  ['disabled', { person: { ...person, accountEnabled: false } }, 'account-disabled', 'stop'],
  [
    'a leaver, disabled',
    { flow: 'return-key', person: { ...person, accountEnabled: false } },
    'account-disabled',
    'warn',
  ],
  ['a guest', { person: { ...person, external: true } }, 'guest', 'stop'],
  ['an emergency account', { emergency: true }, 'emergency-account', 'stop'],
  ['an ordinary account in the emergency flow', { flow: 'emergency' }, 'not-emergency', 'stop'],
  ['an emergency account in its flow', { flow: 'emergency', emergency: true }, 'emergency-account', 'ok'],
  ['privileged', { privilege: { privileged: true, why: ['role:GA'] } }, 'privileged', 'stop'],
  ['passkeys off', { fido2Policy: fido2({ state: 'disabled' }) }, 'passkey-method-off', 'stop'],
  [
    'passkeys off, groups unknown',
    { fido2Policy: fido2({ state: 'disabled' }), groupIds: undefined },
    'passkey-method-off',
    'stop',
  ],
  ['passkeys not for them', { fido2Policy: fido2(outside) }, 'passkey-method-not-in-scope', 'stop'],
  ['passkeys: excluded', { fido2Policy: fido2(excluded), groupIds: ['g'] }, 'passkey-method-excluded', 'stop'],
  ['self-service off', { fido2Policy: fido2({ isSelfServiceRegistrationAllowed: false }) }, 'self-service-off', 'stop'],
  [
    'attestation enforced',
    { fido2Policy: fido2({ isAttestationEnforced: true }) },
    'model-attestation-required',
    'warn',
  ],
  ['an allow list', { fido2Policy: fido2(allow('a')) }, 'model-restricted', 'warn'],
  [
    'this model not on it',
    { fido2Policy: fido2(allow('a')), model: { aaguid: 'b', attested: true } },
    'model-not-listed',
    'stop',
  ],
  [
    'this model on it',
    { fido2Policy: fido2(allow('a')), model: { aaguid: 'A', attested: true } },
    'model-allowed',
    'ok',
  ],
  [
    'this model without attestation',
    { fido2Policy: fido2({ isAttestationEnforced: true }), model: { aaguid: 'b', attested: false } },
    'model-attestation-missing',
    'stop',
  ],
  ['passes off: there is the workstation', { passPolicy: pass({ state: 'disabled' }) }, 'pass-method-off', 'warn'],
  [
    'passes off, and no other way',
    { flow: 'pass', passPolicy: pass({ state: 'disabled' }) },
    'pass-method-off',
    'stop',
  ],
  ['passes not for them', { passPolicy: pass(outside) }, 'pass-method-not-in-scope', 'warn'],
  ['passes: excluded', { passPolicy: pass(excluded), groupIds: ['g'] }, 'pass-method-excluded', 'warn'],
  ['too short', { wantedLifetime: 10 }, 'pass-lifetime-raised', 'warn'],
  ['too long', { wantedLifetime: 10_000 }, 'pass-lifetime-lowered', 'warn'],
  ['nothing to remove', { flow: 'lost-key' }, 'passkeys-none-to-remove', 'warn'],
  ['lost the only strong method', { flow: 'lost-key', methods: [strong] }, 'other-method-none', 'warn'],
  ['another strong method', { flow: 'lost-key', methods: [strong, strong] }, 'other-method-strong', 'ok'],
])('%s', (_name, more, code, state) => {
  expect(readiness({ ...good, ...more }).find((line) => line.code === code)?.state).toBe(state);
});

test('what was not read is "not checked", never "ok"', () => {
  for (const flow of [
    'onboarding',
    'lost-key',
    'pass',
    'spare-key',
    'locked-pin',
    'return-key',
    'emergency',
  ] as const) {
    const lines = readiness({ flow, person });
    const fine = lines.filter(({ state }) => state === 'ok').map(({ check }) => check);
    expect(fine).toEqual(['account', 'guest']);
    expect(lines.every(({ state, code }) => state === 'ok' || code.endsWith('-not-checked'))).toBe(true);
  }
});

test('codes are listed once each', () => {
  expect(new Set(READINESS_CODES).size).toBe(READINESS_CODES.length);
});

import { fido2AppliesTo, Fido2PolicyReply, modelAllowed } from './fido2-policy';
import { lifetimeFor, onceFor, passAppliesTo, PassPolicyReply } from './pass-policy';
import { targetGroups } from './policy-target';

const ALLOWED = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
const OTHER = 'cb69481e-8ff7-4039-93ec-0a2729a154a8';
const target = (id: string, profiles?: string[]) => ({
  targetType: 'group',
  id,
  isRegistrationRequired: false,
  ...(profiles && { allowedPasskeyProfiles: profiles }),
});
const restrict = (enforcementType: string, ...aaGuids: string[]) => ({ isEnforced: true, enforcementType, aaGuids });
const older = (more: object = {}) =>
  Fido2PolicyReply.parse({ id: 'Fido2', state: 'enabled', includeTargets: [target('all_users')], ...more });
const profile = (id: string, more: object = {}) => ({
  id,
  name: id,
  passkeyTypes: 'deviceBound',
  attestationEnforcement: 'disabled',
  keyRestrictions: null,
  ...more,
});

describe('for whom a method is on', () => {
  test.each<[string, object, string[], string]>([
    ['everybody', { includeTargets: [target('all_users')] }, [], 'ok'],
    ['a group of theirs', { includeTargets: [target('G1')] }, ['g1'], 'ok'],
    ['another group', { includeTargets: [target('g1')] }, ['g2'], 'not-in-scope'],
    ['nobody', { includeTargets: [] }, ['g1'], 'not-in-scope'],
    ['off', { state: 'disabled' }, ['g1'], 'method-off'],
    [
      'excluded although included',
      { includeTargets: [target('g1')], excludeTargets: [target('g2')] },
      ['g1', 'g2'],
      'excluded',
    ],
    ['excluded from everybody', { excludeTargets: [target('g2')] }, ['g2'], 'excluded'],
  ])('%s', (_name, more, groups, why) => {
    expect(fido2AppliesTo(older(more), groups)).toEqual({ applies: why === 'ok', why });
    const pass = PassPolicyReply.parse({ state: 'enabled', includeTargets: [target('all_users')], ...more });
    expect(passAppliesTo(pass, groups).why).toBe(why);
  });

  test('the groups to ask about', () => {
    const policy = older({ includeTargets: [target('all_users'), target('g1')], excludeTargets: [target('g2')] });
    expect(targetGroups(policy, policy)).toEqual(['g1', 'g2']);
  });
});

describe('which model is allowed', () => {
  test.each<[string, object, string, boolean, string]>([
    ['no rule', {}, OTHER, false, 'ok'],
    ['an allow list with it', { keyRestrictions: restrict('allow', ALLOWED.toUpperCase()) }, ALLOWED, false, 'ok'],
    ['an allow list without it', { keyRestrictions: restrict('allow', ALLOWED) }, OTHER, true, 'model-not-listed'],
    ['an empty allow list', { keyRestrictions: restrict('allow') }, OTHER, true, 'model-not-listed'],
    ['a block list with it', { keyRestrictions: restrict('block', OTHER) }, OTHER, true, 'model-blocked'],
    ['a block list without it', { keyRestrictions: restrict('block', OTHER) }, ALLOWED, false, 'ok'],
    ['a list not enforced', { keyRestrictions: { ...restrict('allow'), isEnforced: false } }, OTHER, false, 'ok'],
    ['attestation enforced, none', { isAttestationEnforced: true }, OTHER, false, 'attestation-required'],
    ['attestation enforced, there', { isAttestationEnforced: true }, OTHER, true, 'ok'],
    ['an unknown kind of list', { keyRestrictions: restrict('unknownFutureValue') }, OTHER, true, 'model-not-listed'],
  ])('older fields: %s', (_name, more, aaguid, attested, why) => {
    expect(modelAllowed(older(more), [], aaguid, attested)).toEqual({ allowed: why === 'ok', why });
  });

  const profiles = [
    profile('strict', { attestationEnforcement: 'registrationOnly', keyRestrictions: restrict('allow', ALLOWED) }),
    profile('open'),
    profile('synced', { passkeyTypes: 'synced' }),
    profile('both', { passkeyTypes: 'deviceBound,synced' }),
  ];
  test.each<[string, object[], string | undefined, string[], string, boolean, string]>([
    ['their profile is met', [target('g1', ['strict'])], undefined, ['g1'], ALLOWED, true, 'ok'],
    [
      'their profile is half met',
      [target('g1', ['strict'])],
      undefined,
      ['g1'],
      ALLOWED,
      false,
      'attestation-required',
    ],
    [
      'one of two is enough',
      [target('g1', ['strict']), target('g2', ['open'])],
      undefined,
      ['g1', 'g2'],
      OTHER,
      false,
      'ok',
    ],
    [
      "another's profile does not count",
      [target('g1', ['strict']), target('g2', ['open'])],
      undefined,
      ['g1'],
      OTHER,
      true,
      'model-not-listed',
    ],
    ['no profile named: the default one', [target('all_users')], 'open', [], OTHER, false, 'ok'],
    ['a profile for synced ones alone', [target('all_users', ['synced'])], undefined, [], ALLOWED, true, 'synced-only'],
    ['a profile for both', [target('all_users', ['Both'])], undefined, [], ALLOWED, false, 'ok'],
    ['a profile that is not there', [target('all_users', ['lost'])], undefined, [], ALLOWED, true, 'no-profile'],
    ['nothing for them', [target('g1', ['open'])], undefined, ['g9'], ALLOWED, true, 'no-profile'],
  ])('profiles: %s', (_name, includeTargets, defaultPasskeyProfile, groups, aaguid, attested, why) => {
    // The older fields say the opposite: where there are profiles they do not count.
    const contrary = { keyRestrictions: why === 'ok' ? restrict('allow') : null, isAttestationEnforced: why === 'ok' };
    const policy = older({ includeTargets, passkeyProfiles: profiles, defaultPasskeyProfile, ...contrary });
    expect(modelAllowed(policy, groups, aaguid, attested)).toEqual({ allowed: why === 'ok', why });
  });
});

describe('how long a pass may live', () => {
  const policy = PassPolicyReply.parse({
    state: 'enabled',
    defaultLifetimeInMinutes: 60,
    minimumLifetimeInMinutes: 30,
    maximumLifetimeInMinutes: 480,
    isUsableOnce: true,
  });
  test.each<[number | undefined, number, string]>([
    [undefined, 60, 'none'],
    [30, 30, 'none'],
    [29, 30, 'raised'],
    [480, 480, 'none'],
    [481, 480, 'lowered'],
    [-5, 30, 'raised'],
  ])('wanted %p: %p minutes, %s', (wanted, lifetimeInMinutes, change) => {
    expect(lifetimeFor(policy, wanted)).toEqual({ lifetimeInMinutes, change });
  });
  test('the tenant may force one use, and nobody lifts it', () => {
    expect([onceFor(policy, false), onceFor({ ...policy, onceOnly: false }, false)]).toEqual([true, false]);
  });
});

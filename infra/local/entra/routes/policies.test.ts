import { groups, people } from '..';
import { at, EVERY_PERMISSION, startRig, type Answer, type Rig } from '../graph-client.fixture';

const ROOT = '/v1.0/policies/authenticationMethodsPolicy';
const FIDO2 = `${ROOT}/authenticationMethodConfigurations/FIDO2`;
const PASS = `${ROOT}/authenticationMethodConfigurations/temporaryAccessPass`;
const STRENGTHS = '/v1.0/policies/authenticationStrengthPolicies';
const ACCESS = '/v1.0/identity/conditionalAccess/policies';
const fido2 = (changes: object) => ({
  '@odata.type': '#microsoft.graph.fido2AuthenticationMethodConfiguration',
  ...changes,
});
const pass = (changes: object) => ({
  '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration',
  ...changes,
});

let rig: Rig;
beforeEach(async () => {
  rig = await startRig({ switches: { grantedPermissions: EVERY_PERMISSION } });
});
afterEach(() => rig.close());
const refused = ({ status, body }: Answer): string => `${status} ${body.error?.message ?? ''}`;

describe('method policies', () => {
  test('are read whole and one by one, without regard to case', async () => {
    const { body } = await rig.get(ROOT);
    const ids = (body.authenticationMethodConfigurations as { id: string }[]).map((one) => one.id);
    expect(ids).toEqual(['Fido2', 'TemporaryAccessPass']);
    expect((await rig.get(FIDO2)).body).toMatchObject({ id: 'Fido2', state: 'enabled' });
  });

  test('PATCH merges at the top, replaces arrays, answers 204 without a body', async () => {
    const answer = await rig.call(
      'PATCH',
      FIDO2,
      fido2({ excludeTargets: [{ id: groups.helpdesk, targetType: 'group' }] }),
    );
    expect([answer.status, answer.body]).toEqual([204, {}]);
    await rig.call('PATCH', FIDO2, fido2({ excludeTargets: [{ id: groups.everyone, targetType: 'group' }] }));
    expect((await rig.get(FIDO2)).body).toMatchObject({
      state: 'enabled',
      excludeTargets: [{ id: groups.everyone, targetType: 'group' }],
    });
  });

  test.each<[string, string, object, string]>([
    ['no @odata.type', FIDO2, { state: 'enabled' }, '@odata.type'],
    ['the type of the other method', FIDO2, pass({ state: 'enabled' }), '@odata.type'],
    ['an unknown property', FIDO2, fido2({ colour: 'blue' }), 'Unrecognized'],
    [
      'an AAGUID that is none',
      FIDO2,
      fido2({ keyRestrictions: { isEnforced: true, enforcementType: 'allow', aaGuids: ['x'] } }),
      'keyRestrictions.aaGuids.0',
    ],
    [
      'a target’s profile that is not there',
      FIDO2,
      fido2({ includeTargets: [{ id: 'all_users', allowedPasskeyProfiles: [people.ada.id] }] }),
      'does not exist',
    ],
    [
      'opting out of profiles',
      FIDO2,
      fido2({ passkeyProfiles: [], defaultPasskeyProfile: null, includeTargets: [] }),
      'opted out',
    ],
    ['a lifetime under 10 minutes', PASS, pass({ minimumLifetimeInMinutes: 9 }), 'minimumLifetimeInMinutes'],
    ['a length over 48', PASS, pass({ defaultLength: 49 }), 'defaultLength'],
    ['a default outside the range', PASS, pass({ defaultLifetimeInMinutes: 481 }), 'default lifetime'],
  ])('%s: 400', async (_what, path, body, message) => {
    const answer = await rig.call('PATCH', path, body);
    expect(answer.status).toBe(400);
    expect(refused(answer)).toContain(message);
  });

  test('more than 20 KB: 400', async () => {
    const targets = Array.from({ length: 300 }, (_, at) => ({
      id: `a0000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      targetType: 'group',
    }));
    expect(refused(await rig.call('PATCH', FIDO2, fido2({ excludeTargets: targets })))).toContain('20 KB');
  });

  test('DELETE sets the service’s defaults', async () => {
    expect((await rig.call('DELETE', PASS)).status).toBe(204);
    expect((await rig.get(PASS)).body).toMatchObject({ state: 'disabled', minimumLifetimeInMinutes: 60 });
  });
});

describe('strengths and Conditional Access', () => {
  const policy = (changes: object = {}) => ({
    displayName: 'Keys for all',
    state: 'enabledForReportingButNotEnforced',
    conditions: {
      clientAppTypes: ['all'],
      applications: { includeApplications: ['All'] },
      users: { includeUsers: ['All'], excludeGroups: [groups.emergencyCustodians] },
    },
    grantControls: {
      operator: 'OR',
      builtInControls: [],
      authenticationStrength: { id: '00000000-0000-0000-0000-000000000004' },
    },
    ...changes,
  });

  test('a custom strength is limited to models; a built-in one cannot be changed', async () => {
    const { body } = await rig.post(STRENGTHS, { displayName: 'FIDO2 only', allowedCombinations: ['fido2'] });
    const limit = {
      '@odata.type': '#microsoft.graph.fido2CombinationConfiguration',
      allowedAAGUIDs: [people.ada.id],
      appliesToCombinations: ['fido2'],
    };
    expect((await rig.post(`${STRENGTHS}/${String(body.id)}/combinationConfigurations`, limit)).status).toBe(201);
    const changed = await rig.post(`${STRENGTHS}/${String(body.id)}/updateAllowedCombinations`, {
      allowedCombinations: ['fido2', 'temporaryAccessPassOneTime'],
    });
    expect(changed.body).toMatchObject({
      previousCombinations: ['fido2'],
      currentCombinations: ['fido2', 'temporaryAccessPassOneTime'],
    });
    const builtIn = `${STRENGTHS}/00000000-0000-0000-0000-000000000004`;
    expect(refused(await rig.call('PATCH', builtIn, { displayName: 'x' }))).toContain('Built-in');
  });

  test('a policy names its strength by id only, and is shown with all of it', async () => {
    const { status, body } = await rig.post(ACCESS, policy());
    expect([status, body.modifiedDateTime, at(body, 'grantControls', 'authenticationStrength', 'displayName')]).toEqual(
      [201, null, 'Phishing-resistant MFA'],
    );
    const whole = body.grantControls;
    expect(refused(await rig.post(ACCESS, policy({ grantControls: whole })))).toContain(
      'Request malformed or incorrect',
    );
    expect(
      refused(await rig.post(ACCESS, policy({ conditions: { ...policy().conditions, applications: {} } }))),
    ).toContain('includeApplications');
  });

  test('a strength in use is not deleted', async () => {
    const { body } = await rig.post(STRENGTHS, { displayName: 'FIDO2 only', allowedCombinations: ['fido2'] });
    const made = await rig.post(
      ACCESS,
      policy({ grantControls: { operator: 'OR', authenticationStrength: { id: body.id } } }),
    );
    expect((await rig.call('DELETE', `${STRENGTHS}/${String(body.id)}`)).status).toBe(400);
    expect((await rig.call('DELETE', `${ACCESS}/${String(made.body.id)}`)).status).toBe(204);
    expect((await rig.call('DELETE', `${STRENGTHS}/${String(body.id)}`)).status).toBe(204);
  });
});

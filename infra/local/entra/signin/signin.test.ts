import { people, type EntraStandIn } from '..';
import { Secret } from '../../../../agent/protocol/secret';
import { startVirtualKey, type VirtualKey } from '../../key';
import { createClientPin } from '../../../../agent/ctap/client-pin';
import { createCtap } from '../../../../agent/ctap/ctap';
import { getInfo } from '../../../../agent/ctap/get-info';
import { openChannel } from '../../../../agent/hid/channel';
import { deviceAt } from '../../../../agent/hid/devices';
import { at, EVERY_PERMISSION, startRig, type Rig } from '../graph-client.fixture';
import { makeMaker, softwareKey, TEST_AAGUID, type Maker } from '../software-authenticator.fixture';

const MINUTE = 60_000;
const POLICY = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2';
const TYPE = '#microsoft.graph.fido2AuthenticationMethodConfiguration';
const { ada } = people;

let maker: Maker;
let rig: Rig;
let entra: EntraStandIn;
let now = 0;
beforeAll(async () => {
  maker = await makeMaker();
});
beforeEach(async () => {
  now = Date.now();
  rig = await startRig({
    clock: () => now,
    trustedRootsPem: [maker.rootPem],
    switches: { grantedPermissions: EVERY_PERMISSION, tokenLifetimeSeconds: 1e6 },
  });
  entra = rig.entra;
});
afterEach(() => rig.close());

const makePass = async (body: object = {}): Promise<string> => {
  const answer = await rig.post(`/v1.0/users/${ada.id}/authentication/temporaryAccessPassMethods`, body);
  return String(answer.body.temporaryAccessPass);
};
const enter = async (body: object = {}): Promise<string> => {
  const result = entra.signInWithPass(ada.upn, await makePass(body));
  if (!result.ok || result.session === undefined) throw new Error('no session');
  return result.session;
};
/** Ada with a registered key. */
const withKey = async (spoils = {}) => {
  const key = softwareKey(maker, spoils);
  expect(await entra.registerAtSecurityInfo(ada.upn, await enter(), key, 'Blue')).toMatchObject({ ok: true });
  return key;
};
const removePasskeys = async (): Promise<void> => {
  for (const { id, alive } of entra.view(ada.id).passkeys) {
    if (alive) await rig.call('DELETE', `/v1.0/users/${ada.id}/authentication/fido2Methods/${encodeURIComponent(id)}`);
  }
};
const log = async (version = 'beta'): Promise<Record<string, unknown>[]> =>
  (await rig.get(`/${version}/auditLogs/signIns?$filter=userId eq '${ada.id}'`)).body.value as never;

describe('with a pass', () => {
  test('opens a session and leaves a row with the method', async () => {
    expect(entra.signInWithPass(ada.upn, await makePass())).toMatchObject({
      ok: true,
      session: expect.any(String) as unknown,
    });
    expect((await log())[0]).toMatchObject({
      status: { errorCode: 0 },
      authenticationDetails: [{ authenticationMethod: 'Temporary Access Pass', succeeded: true }],
    });
  });

  test('v1.0 does not tell the method', async () => {
    entra.signInWithPass(ada.upn, await makePass());
    expect((await log('v1.0'))[0]).not.toHaveProperty('authenticationDetails');
  });

  test.each<[string, (value: string) => void, string, number]>([
    ['a wrong value', () => undefined, 'wrongPass', 50126],
    ['a disabled account', () => entra.edit({ user: ada.id, set: { accountEnabled: false } }), 'disabled', 50057],
    ['an expired pass', () => void (now += 61 * MINUTE), 'passExpired', 130503],
    ['a pass that is seconds old', () => entra.switches.set({ passUnusableMs: 10_000 }), 'wrongPass', 50126],
  ])('%s is refused, with a row', async (what, prepare, failure, errorCode) => {
    const value = await makePass();
    prepare(value);
    const typed = what === 'a wrong value' ? `${value}x` : value;
    expect(entra.signInWithPass(ada.upn, typed)).toMatchObject({ ok: false, failure, errorCode });
    expect((await log())[0]).toMatchObject({ status: { errorCode }, authenticationDetails: [{ succeeded: false }] });
  });

  test('nobody of that name', () => {
    expect(entra.signInWithPass('nobody@nowhere.example', 'x')).toMatchObject({ ok: false, failure: 'unknownUser' });
  });

  test('rows appear after the log’s delay', async () => {
    entra.switches.set({ signInLogDelayMs: MINUTE });
    entra.signInWithPass(ada.upn, await makePass());
    expect(await log()).toEqual([]);
    now += MINUTE;
    expect(await log()).toHaveLength(1);
  });

  test('a tenant that asks for the old passkey lets nobody in until it is removed', async () => {
    await withKey();
    entra.switches.set({ askForOldPasskeyAfterPass: true });
    const value = await makePass();
    expect(entra.signInWithPass(ada.upn, value)).toMatchObject({ ok: false, failure: 'oldPasskeyWanted' });
    await removePasskeys();
    expect(entra.signInWithPass(ada.upn, value)).toMatchObject({ ok: true });
  });
});

describe('registering at Security info', () => {
  test('writes the row of a user’s own registration', async () => {
    await withKey();
    const { body } = await rig.get('/v1.0/auditLogs/directoryAudits');
    expect(at(body, 'value', 0)).toMatchObject({
      activityDisplayName: expect.stringContaining('Add Passkey') as unknown,
      initiatedBy: { app: null },
    });
    expect(entra.view(ada.id).passkeys).toEqual([
      expect.objectContaining({ displayName: 'Blue', aaGuid: TEST_AAGUID }),
    ]);
  });

  test.each<[string, object, () => unknown, string]>([
    ['after the pass ended', {}, () => (now += 61 * MINUTE), 'ended'],
    ['more than 10 minutes after a one-time pass', { isUsableOnce: true }, () => (now += 11 * MINUTE), '10 minutes'],
    [
      'after the sessions were revoked',
      {},
      () => ((now += 1000), rig.post(`/v1.0/users/${ada.id}/revokeSignInSessions`)),
      'revoked',
    ],
    ['with the account disabled', {}, () => entra.edit({ user: ada.id, set: { accountEnabled: false } }), 'disabled'],
    [
      'with self-service off',
      {},
      () => rig.call('PATCH', POLICY, { '@odata.type': TYPE, isSelfServiceRegistrationAllowed: false }),
      'self-service',
    ],
  ])('is refused %s', async (_what, pass, prepare, reason) => {
    const session = await enter(pass);
    await prepare();
    const result = await entra.registerAtSecurityInfo(ada.upn, session, softwareKey(maker));
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining(reason) as unknown });
    expect(entra.view(ada.id).passkeys).toEqual([]);
  });

  test('a session is one person’s', async () => {
    const session = await enter();
    expect(await entra.registerAtSecurityInfo(people.sean.upn, session, softwareKey(maker))).toMatchObject({
      ok: false,
    });
  });
});

describe('with a key', () => {
  test('a good assertion: in, with a row and the new counter', async () => {
    const key = await withKey();
    expect(await entra.signInWithKey(ada.upn, key)).toMatchObject({ ok: true });
    expect((await log())[0]).toMatchObject({
      status: { errorCode: 0 },
      authenticationDetails: [{ authenticationMethod: 'Passkey (device-bound)', succeeded: true }],
    });
    expect(entra.view(ada.id).passkeys[0]?.lastUsedAt).not.toBeNull();
  });

  test.each<[string, () => unknown, string, number]>([
    ['a registration that is gone', removePasskeys, 'unknownPasskey', 135010],
    ['a disabled account', () => entra.edit({ user: ada.id, set: { accountEnabled: false } }), 'disabled', 50057],
    [
      'a renamed account',
      () => entra.edit({ user: ada.id, set: { userPrincipalName: 'ada.new@northwind-harbour.example' } }),
      'unknownPasskey',
      135010,
    ],
    [
      'the method switched off',
      () => rig.call('PATCH', POLICY, { '@odata.type': TYPE, state: 'disabled' }),
      'passkeyBlocked',
      130501,
    ],
    [
      'a model that was forbidden meanwhile',
      () =>
        rig.call('PATCH', POLICY, {
          '@odata.type': TYPE,
          passkeyProfiles: [
            {
              id: '00000000-0000-0000-0000-000000000001',
              name: 'x',
              passkeyTypes: 'deviceBound',
              attestationEnforcement: 'disabled',
              keyRestrictions: { isEnforced: true, enforcementType: 'block', aaGuids: [TEST_AAGUID] },
            },
          ],
        }),
      'passkeyBlocked',
      130501,
    ],
  ])('%s is refused, with a row', async (_what, prepare, failure, errorCode) => {
    const key = await withKey();
    await prepare();
    const who = entra.view(ada.id).userPrincipalName;
    expect(await entra.signInWithKey(who, key)).toMatchObject({ ok: false, failure, errorCode });
    expect((await log())[0]).toMatchObject({ status: { errorCode } });
  });

  test.each([
    ['without user verification', { flags: 0x01 }],
    ['for another relying party', { rpId: 'login.microsoftonline.com' }],
    ['with a counter that went back', { counter: 1 }],
  ])('an assertion %s is refused', async (_what, spoils) => {
    const key = await withKey();
    await entra.signInWithKey(ada.upn, key);
    const spoilt = softwareKey(maker, spoils);
    spoilt.credentials.push(...key.credentials);
    expect(await entra.signInWithKey(ada.upn, spoilt)).toMatchObject({ ok: false, failure: 'badAssertion' });
  });

  test('a key from earlier days', async () => {
    const key = softwareKey(maker);
    expect(await entra.enrol(ada.upn, key, 'Old')).toMatchObject({ ok: true });
    expect(await entra.signInWithKey(ada.upn, key)).toMatchObject({ ok: true });
    entra.setPolicy({ fido2: { state: 'disabled' } });
    expect(await entra.enrol(ada.upn, softwareKey(maker))).toMatchObject({ ok: false });
  });

  test('a key that was never registered, and somebody else’s key', async () => {
    expect(await entra.signInWithKey(ada.upn, softwareKey(maker))).toMatchObject({
      ok: false,
      failure: 'unknownPasskey',
    });
    const key = await withKey();
    expect(await entra.signInWithKey(people.sean.upn, key)).toMatchObject({ ok: false, failure: 'unknownPasskey' });
  });
});

describe('with a virtual key over CTAP', () => {
  let device: VirtualKey;
  let home: Rig;
  const pin = new Secret('4711');
  const at = (): string => `tcp:127.0.0.1:${device.port}`;
  beforeEach(async () => {
    device = await startVirtualKey({ touch: 'auto' });
    home = await startRig({ trustedRootsPem: [device.attestationRootPem] });
    const channel = await openChannel(deviceAt(at()).open);
    const ctap = createCtap(channel);
    await createClientPin(ctap, await getInfo(ctap)).setPin(pin);
    await channel.close();
  });
  afterEach(async () => {
    await home.close();
    await device.close();
  });

  test('pass, Security info, sign-in; after the removal the key is a stranger', async () => {
    const key = { device: at(), pin };
    const path = `/v1.0/users/${ada.id}/authentication`;
    const { body } = await home.post(`${path}/temporaryAccessPassMethods`, {});
    const entered = home.entra.signInWithPass(ada.upn, String(body.temporaryAccessPass));
    const session = entered.ok ? (entered.session ?? '') : '';
    expect(await home.entra.registerAtSecurityInfo(ada.upn, session, key, 'Virtual key')).toMatchObject({
      ok: true,
      passkey: { aaGuid: device.aaguid },
    });
    expect(home.entra.view(ada.id).passkeys[0]).toMatchObject({ attestationLevel: 'attested' });
    expect(await home.entra.signInWithKey(ada.upn, key)).toMatchObject({ ok: true });
    expect(await home.entra.signInWithKey(ada.upn, key)).toMatchObject({ ok: true });
    const { id } = home.entra.view(ada.id).passkeys[0]!;
    await home.call('DELETE', `${path}/fido2Methods/${encodeURIComponent(id)}`);
    expect(await home.entra.signInWithKey(ada.upn, key)).toMatchObject({ ok: false, failure: 'unknownPasskey' });
  });

  test('a wrong PIN is the key’s refusal, not a sign-in', async () => {
    const wrong = { device: at(), pin: new Secret('0000') };
    await expect(home.entra.signInWithKey(ada.upn, wrong)).rejects.toMatchObject({ code: 'key-pin-wrong' });
    expect(home.entra.view(ada.id).signIns).toEqual([]);
  });
});

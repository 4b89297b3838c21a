import { SettingsService } from '@simplewebauthn/server';
import { z } from 'zod';
import { people, groups } from '..';
import { at, EVERY_PERMISSION, startRig, type Answer, type Rig } from '../graph-client.fixture';
import { base64url, clientData } from '../signin/client-data';
import { makeMaker, softwareKey, TEST_AAGUID, type Maker, type Spoils } from '../software-authenticator.fixture';
import { encodeId } from './id-encoding';

const keysOf = (who: { id: string }): string => `/v1.0/users/${who.id}/authentication/fido2Methods`;
const POLICY = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2';
const TYPE = '#microsoft.graph.fido2AuthenticationMethodConfiguration';
const PROFILE = '00000000-0000-0000-0000-000000000001';

const optionsSchema = z.object({
  challenge: z.string(),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
});

let rig: Rig;
let maker: Maker;
let stranger: Maker;
let now = 0;
beforeAll(async () => {
  [maker, stranger] = await Promise.all([makeMaker(), makeMaker()]);
});
beforeEach(async () => {
  now = Date.now();
  rig = await startRig({
    clock: () => now,
    trustedRootsPem: [maker.rootPem],
    switches: { grantedPermissions: EVERY_PERMISSION },
  });
});
afterEach(() => rig.close());

const policy = (changes: object): Promise<Answer> => rig.call('PATCH', POLICY, { '@odata.type': TYPE, ...changes });
const profile = (changes: object): object => ({
  passkeyProfiles: [
    {
      id: PROFILE,
      name: 'Default',
      passkeyTypes: 'deviceBound',
      attestationEnforcement: 'registrationOnly',
      keyRestrictions: null,
      ...changes,
    },
  ],
});
const restricted = (enforcementType: string, aaGuids: string[]) => ({ isEnforced: true, enforcementType, aaGuids });

interface Sent {
  displayName: string;
  publicKeyCredential: { id: string; response: { clientDataJSON: string; attestationObject: string } };
}
interface Ceremony {
  who?: { id: string };
  by?: Maker;
  spoils?: Spoils;
  /** Changes the options' challenge, the client data or the body before they are used. */
  challenge?: (challenge: string) => string;
  client?: (data: Record<string, unknown>) => Record<string, unknown>;
  body?: (body: Sent) => unknown;
  wait?: number;
  optionsFor?: { id: string };
}

/** Options, a software key, and the POST; any step may be spoiled. */
const register = async ({ who = people.ada, ...how }: Ceremony = {}): Promise<Answer & { sent: unknown }> => {
  const options = await rig.get(`${keysOf(how.optionsFor ?? who)}/creationOptions`);
  if (options.status !== 200) return { ...options, sent: undefined };
  const { challenge, user } = optionsSchema.parse(options.body.publicKey);
  let data = clientData('webauthn.create', how.challenge?.(challenge) ?? challenge);
  if (how.client)
    data = Buffer.from(JSON.stringify(how.client(JSON.parse(data.toString()) as Record<string, unknown>)));
  const key = softwareKey(how.by ?? maker, how.spoils);
  const made = await key.register({
    clientDataJSON: data,
    user: { ...user, id: Buffer.from(user.id, 'base64url') },
    exclude: [],
  });
  now += how.wait ?? 0;
  const body = {
    displayName: 'Blue key',
    publicKeyCredential: {
      id: base64url(made.credentialId),
      response: { clientDataJSON: base64url(data), attestationObject: base64url(made.attestationObject) },
      clientExtensionResults: {},
    },
  };
  const sent = how.body ? how.body(body) : body;
  return { ...(await rig.post(keysOf(who), sent)), sent };
};

it('is not misled by the roots that another part of this process trusts', async () => {
  // The product beside it, in a proof that opens one house after the other, each with keys of another maker.
  SettingsService.setRootCertificates({ identifier: 'packed', certificates: [stranger.rootPem] });
  expect((await register()).status).toBe(201);
});

test('a registration: 201, listed, and what Graph knows of it', async () => {
  const { status, body } = await register();
  expect(status).toBe(201);
  expect(body).toMatchObject({
    displayName: 'Blue key',
    aaGuid: TEST_AAGUID,
    model: 'YubiKey 5 Series with NFC',
    attestationLevel: 'attested',
    attestationCertificates: [expect.stringMatching(/^[0-9a-f]{40}$/)],
    passkeyType: 'deviceBound',
  });
  const { body: listed } = await rig.get(keysOf(people.ada));
  expect(listed.value).toEqual([expect.objectContaining({ id: body.id, aaGuid: TEST_AAGUID })]);
  const audits = await rig.get('/v1.0/auditLogs/directoryAudits');
  expect(at(audits.body, 'value', 0)).toMatchObject({
    activityDisplayName: 'Add Passkey (device-bound) security key',
    additionalDetails: [{ key: 'AAGuid', value: TEST_AAGUID }],
  });
});

test('the same attestation sent again is refused as registered: nothing new appears', async () => {
  const { sent } = await register();
  const again = await rig.post(keysOf(people.ada), sent);
  expect(again).toMatchObject({
    status: 400,
    body: { error: { code: 'badRequest', message: expect.stringContaining('already registered') as unknown } },
  });
  expect(rig.entra.view(people.ada.id).passkeys).toHaveLength(1);
});

test('sent twice at once it is registered once', async () => {
  const { sent, body } = await register();
  await rig.call('DELETE', `${keysOf(people.ada)}/${encodeURIComponent(String(body.id))}`);
  const both = await Promise.all([rig.post(keysOf(people.ada), sent), rig.post(keysOf(people.ada), sent)]);
  expect(both.map((one) => one.status).sort()).toEqual([201, 400]);
});

/** Each rule with a ceremony that breaks this one only, and the words of the refusal. */
describe('refusals of a registration, 400 badRequest', () => {
  const credential = (changes: object) => (body: Sent) => ({
    ...body,
    publicKeyCredential: { ...body.publicKeyCredential, ...changes },
  });
  const padded = ({ publicKeyCredential: { response } }: Sent): object => ({
    response: { ...response, clientDataJSON: `${response.clientDataJSON}=` },
  });
  test.each<[string, object, Ceremony, string]>([
    ['the method is off', { state: 'disabled' }, {}, 'Converged UserCredentialPolicy'],
    ['out of scope', { includeTargets: [{ id: groups.helpdesk, targetType: 'group' }] }, {}, 'AuthMethodType [Fido2]'],
    ['excluded', { excludeTargets: [{ id: groups.newcomers, targetType: 'group' }] }, {}, 'AuthMethodType [Fido2]'],
    ['self-service is off', { isSelfServiceRegistrationAllowed: false }, {}, 'self-service'],
    ['a guest', {}, { who: people.gael }, 'guest'],
    ['an expired challenge', {}, { wait: 300_000 }, 'challenge has expired'],
    [
      'a challenge for somebody else',
      {},
      { optionsFor: people.sean },
      'challenge is not one that was issued for this user',
    ],
    ['a made-up challenge', {}, { challenge: () => 'AAAA' }, 'challenge is not one'],
    ['another type', {}, { client: (data) => ({ ...data, type: 'webauthn.get' }) }, 'webauthn.create'],
    [
      'the origin of the older host',
      {},
      { client: (data) => ({ ...data, origin: 'https://login.microsoftonline.com' }) },
      'origin',
    ],
    ['another relying party', {}, { spoils: { rpId: 'login.microsoftonline.com' } }, 'rpIdHash'],
    ['no user verification', {}, { spoils: { flags: 0x41 } }, 'user verification'],
    ['no user presence', {}, { spoils: { flags: 0x44 } }, 'User presence'],
    ['another id outside than inside', {}, { body: credential({ id: 'AAAA' }) }, 'credential id does not match'],
    ['a format that the API does not take', {}, { spoils: { attestation: 'fido-u2f' } }, "format 'fido-u2f'"],
    ['no attestation where it is enforced', {}, { spoils: { attestation: 'none' } }, 'attestation'],
    ['a root that nobody trusts', {}, { by: undefined as never }, 'not trusted'],
    [
      'a model that is not on the allow list',
      profile({ keyRestrictions: restricted('allow', ['fa2b99dc-9e39-4257-8f92-4a30d23c4118']) }),
      {},
      'AAGUID',
    ],
    [
      'a model on the block list',
      profile({ keyRestrictions: restricted('block', [TEST_AAGUID.toUpperCase()]) }),
      {},
      'AAGUID',
    ],
    [
      'a profile for synced passkeys only',
      profile({ passkeyTypes: 'synced', attestationEnforcement: 'disabled' }),
      {},
      'attestation',
    ],
    ['padding', {}, { body: (body) => credential(padded(body))(body) }, 'base64url'],
    ['a name of 31 characters', {}, { body: (body) => ({ ...body, displayName: 'x'.repeat(31) }) }, '30 characters'],
  ])('%s', async (what, changes, ceremony, message) => {
    expect((await policy(changes)).status).toBe(204);
    const answer = await register(what === 'a root that nobody trusts' ? { by: stranger } : ceremony);
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'badRequest']);
    expect(answer.body.error?.message).toContain(message);
    expect(rig.entra.view((ceremony.who ?? people.ada).id).passkeys).toEqual([]);
  });

  test.each<[string, (body: Sent) => unknown, string]>([
    ['a body that was serialised twice', (body) => JSON.stringify(body), 'missing a fido2AuthenticationMethod entity'],
    ['no credential', () => ({ displayName: 'x' }), 'missing a fido2AuthenticationMethod entity'],
    ['WebAuthn’s own rawId', credential({ rawId: 'AAAA' }), "'rawId' does not exist"],
    ['WebAuthn’s own type', credential({ type: 'public-key' }), "'type' does not exist"],
  ])('%s: 400 BadRequest', async (_what, body, message) => {
    const answer = await register({ body });
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'BadRequest']);
    expect(answer.body.error?.message).toContain(message);
  });
});

test('without enforcement an unattested key is taken and shown as such', async () => {
  await policy(profile({ attestationEnforcement: 'disabled' }));
  expect((await register({ by: stranger })).body.attestationLevel).toBe('notAttested');
  expect((await register({ spoils: { attestation: 'none' } })).body).toMatchObject({
    attestationLevel: 'notAttested',
    attestationCertificates: [],
  });
});

test('one satisfied profile of several is enough', async () => {
  const second = '00000000-0000-0000-0000-000000000002';
  await policy({
    includeTargets: [{ id: 'all_users', targetType: 'group', allowedPasskeyProfiles: [PROFILE, second] }],
    passkeyProfiles: [
      {
        id: PROFILE,
        name: 'a',
        passkeyTypes: 'deviceBound',
        attestationEnforcement: 'disabled',
        keyRestrictions: restricted('block', [TEST_AAGUID]),
      },
      {
        id: second,
        name: 'b',
        passkeyTypes: 'deviceBound',
        attestationEnforcement: 'registrationOnly',
        keyRestrictions: restricted('allow', [TEST_AAGUID]),
      },
    ],
  });
  expect((await register()).status).toBe(201);
  expect((await register({ by: stranger })).body.error?.message).toContain('AAGUID');
});

test('in a tenant without profiles the older fields count', async () => {
  rig.entra.switches.set({ policyMode: 'older' });
  await policy({ isAttestationEnforced: false, keyRestrictions: restricted('block', [TEST_AAGUID]) });
  const { body } = await rig.get(POLICY);
  expect(body).not.toHaveProperty('passkeyProfiles');
  expect(at(body, 'includeTargets', 0)).not.toHaveProperty('allowedPasskeyProfiles');
  expect((await register()).body.error?.message).toContain('AAGUID');
  await policy({ keyRestrictions: restricted('allow', [TEST_AAGUID]) });
  expect((await register({ by: stranger })).status).toBe(201);
});

test.each(['base64url', 'base64', 'token-digit'] as const)(
  'ids as %s, also in excludeCredentials',
  async (idEncoding) => {
    rig.entra.switches.set({ idEncoding });
    const { body } = await register();
    const { credentialId } = rig.entra.view(people.ada.id).passkeys[0]!;
    expect(body.id).toBe(encodeId(credentialId, idEncoding));
    const options = await rig.get(`${keysOf(people.ada)}/creationOptions`);
    expect(at(options.body, 'publicKey', 'excludeCredentials')).toEqual([
      { type: 'public-key', id: body.id, transports: ['usb', 'nfc'] },
    ]);
    const path = `${keysOf(people.ada)}/${encodeURIComponent(String(body.id))}`;
    expect((await rig.get(path)).status).toBe(200);
    // Another way to write the same id is not the method's id.
    if (idEncoding !== 'base64url')
      expect((await rig.call('DELETE', `${keysOf(people.ada)}/${credentialId}`)).status).toBe(404);
    expect((await rig.call('DELETE', path)).status).toBe(204);
    expect((await rig.call('DELETE', path)).status).toBe(404);
  },
);

test('lists lag behind a registration and a removal, a single read does not', async () => {
  rig.entra.switches.set({ listDelayMs: 60_000 });
  const { body } = await register();
  const count = async (): Promise<number> => ((await rig.get(keysOf(people.ada))).body.value as unknown[]).length;
  const path = `${keysOf(people.ada)}/${String(body.id)}`;
  expect([await count(), (await rig.get(path)).status]).toEqual([0, 200]);
  now += 60_000;
  expect(await count()).toBe(1);
  await rig.call('DELETE', path);
  expect([await count(), (await rig.get(path)).status]).toEqual([1, 404]);
  now += 60_000;
  expect(await count()).toBe(0);
});

import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { ClientSecretCredential } from '@azure/identity';
import { Encoder } from 'cbor-x';
import { Agent, fetch as fetchWith } from 'undici';
import { groups, people, roles, startEntra, type EntraStandIn } from '../../infra/local/entra/index';
import {
  createEntra,
  fido2AppliesTo,
  hasCredential,
  modelAllowed,
  passAppliesTo,
  passkeyWith,
  PERMISSIONS,
  type CreationOptions,
  type Entra,
  type PasskeyRegistration,
} from './index';

const AAGUID = '00112233-4455-6677-8899-aabbccddeeff';
jest.setTimeout(30_000);

let standIn: EntraStandIn;
let entra: Entra;
let agent: Agent;
const slept: number[] = [];
const logged: string[] = [];

beforeEach(async () => {
  standIn = await startEntra();
  standIn.switches.set({ grantedPermissions: PERMISSIONS.map(({ name }) => name) });
  agent = new Agent({ connect: { ca: standIn.caPem } });
  slept.length = logged.length = 0;
  entra = createEntra({
    graphUrl: standIn.url,
    credential: newCredential(),
    fetch: trusting,
    // A wait takes no time, and time has passed all the same.
    now: () => Date.now() + slept.reduce((sum, ms) => sum + ms, 0),
    sleep: (ms) => {
      slept.push(ms);
      return Promise.resolve();
    },
    log: (entry) => logged.push(JSON.stringify(entry)),
  });
});

afterEach(async () => {
  await agent.destroy();
  await standIn.close();
});

const { ada, mara, viktor, nils, irene } = people;

test('people: by id and name, manager, group, membership, search', async () => {
  expect(await entra.people.find(ada.upn)).toMatchObject({ id: ada.id, preferredLanguage: 'de-DE', external: false });
  expect(await entra.people.find('nobody@northwind-harbour.example')).toBeUndefined();
  expect(await entra.people.find(people.gael.upn)).toMatchObject({ id: people.gael.id, external: true });
  expect((await entra.people.get(people.oskar.id)).accountEnabled).toBe(false);
  expect((await entra.people.manager(ada.id))?.id).toBe(mara.id);
  expect(await entra.people.manager(nils.id)).toBeUndefined();
  expect((await entra.people.search("Sean O'Neil", 5)).map(({ id }) => id)).toEqual([people.sean.id]);
  expect((await entra.people.search('Mara', 5)).map(({ id }) => id)).toContain(mara.id);
  expect(await entra.people.isMember(viktor.id, [groups.helpdesk, groups.emergencyCustodians])).toEqual([
    groups.emergencyCustodians,
  ]);
  standIn.switches.set({ pageSize: 3 });
  expect((await entra.people.members(groups.everyone)).length).toBe(Object.keys(people).length);
});

test('a pass: made once, listed without its text, deleted, gone', async () => {
  const made = await entra.passes.create(ada.id, { lifetimeInMinutes: 30, isUsableOnce: true }, { timeoutMs: 6_000 });
  expect(made.validUntil.getTime() - made.startsAt.getTime()).toBe(30 * 60_000);
  expect(standIn.signInWithPass(ada.upn, made.pass.reveal()).ok).toBe(true);
  const [listed] = await entra.passes.list(ada.id);
  expect(listed).toMatchObject({ id: made.id, isUsableOnce: true });
  expect(JSON.stringify([listed, made, logged])).not.toContain(made.pass.reveal());
  expect(await entra.passes.delete(ada.id, made.id)).toBe('deleted');
  expect(await entra.passes.delete(ada.id, made.id)).toBe('gone');
});

test('a pass that the tenant refuses says why', async () => {
  await expect(entra.passes.create(ada.id, { lifetimeInMinutes: 10_000 })).rejects.toMatchObject({
    code: 'pass-lifetime',
    facts: { minimum: 10, maximum: 480 },
  });
  await expect(entra.passes.create(people.gael.id, {})).rejects.toMatchObject({ code: 'pass-guest' });
  await expect(entra.passes.create('a0000000-0000-4000-8000-999999999999', {})).rejects.toMatchObject({
    code: 'person-unknown',
  });
});

test.each(['reset', 503, 500] as const)('a pass whose reply is lost (%s) is not asked for twice', async (as) => {
  const path = 'temporaryAccessPassMethods';
  standIn.switches.fail({ method: 'POST', path, then: { act: 'loseReply', as } });
  const create = entra.passes.create(ada.id, {});
  await expect(create).rejects.toMatchObject({ code: 'graph-unreachable', facts: { ambiguous: true, attempts: 1 } });
  expect(await entra.passes.list(ada.id)).toHaveLength(1);
});

test('a hanging Graph: the limit holds', async () => {
  standIn.switches.fail({ method: 'POST', path: 'temporaryAccessPassMethods', then: { act: 'hang' } });
  const create = entra.passes.create(ada.id, {}, { timeoutMs: 300 });
  await expect(create).rejects.toMatchObject({ code: 'graph-timeout', facts: { ambiguous: true } });
});

test('reads and deletes ride out bad weather', async () => {
  const refuse = (status: number, retryAfterSeconds: number | null) =>
    standIn.switches.fail({ path: '/v1.0/', then: { act: 'refuse', status, retryAfterSeconds } });
  refuse(429, 2);
  refuse(503, null);
  standIn.switches.fail({ path: '/v1.0/', then: { act: 'reset' } });
  expect((await entra.people.get(ada.id)).id).toBe(ada.id);
  expect(slept).toHaveLength(3);
  expect(slept[0]).toBeGreaterThanOrEqual(2_000);

  const made = await entra.passes.create(ada.id, {});
  standIn.switches.fail({ method: 'DELETE', then: { act: 'loseReply' } });
  expect(await entra.passes.delete(ada.id, made.id)).toBe('gone');
});

test.each([429, 503])('a %d that names a date is waited for, as one that names seconds is', async (status) => {
  standIn.switches.fail({
    path: '/v1.0/',
    then: { act: 'refuse', status, retryAfterSeconds: 4, retryAfterAs: 'date' },
  });
  expect((await entra.people.get(ada.id)).id).toBe(ada.id);
  expect(slept).toHaveLength(1);
  expect(slept[0]).toBeGreaterThan(3_000);
  expect(slept[0]).toBeLessThan(6_000);
});

test('a date beyond the time that a pass may take is not waited for, and no pass is made', async () => {
  standIn.switches.fail({
    method: 'POST',
    path: 'temporaryAccessPassMethods',
    then: { act: 'refuse', status: 429, retryAfterSeconds: 120, retryAfterAs: 'date' },
  });
  const late = entra.passes.create(ada.id, {}, { timeoutMs: 6_000 });
  await expect(late).rejects.toMatchObject({ code: 'graph-throttled', retry: true });
  expect(slept).toEqual([]);
  expect(standIn.view(ada.id).passes).toHaveLength(0);
});

describe('passkeys', () => {
  test('what the policy says, and what Graph then says, is the same', async () => {
    const policy = await entra.policies.fido2();
    expect(fido2AppliesTo(policy, [])).toMatchObject({ applies: true });
    expect(modelAllowed(policy, [], AAGUID, false)).toEqual({ allowed: false, why: 'attestation-required' });
    const registration = registrationFor(await entra.passkeys.creationOptions(ada.id));
    await expect(entra.passkeys.create(ada.id, registration)).rejects.toMatchObject({
      code: 'passkey-attestation-required',
    });
    expect(passAppliesTo(await entra.policies.temporaryAccessPass(), [])).toMatchObject({ applies: true });
  });

  test.each(['token-digit', 'base64url', 'base64'] as const)(
    'registered, found, deleted; ids as %s',
    async (idEncoding) => {
      await patchFido2({ passkeyProfiles: [profile] });
      standIn.switches.set({ idEncoding });
      const registration = registrationFor(await entra.passkeys.creationOptions(ada.id));
      const made = await entra.passkeys.create(ada.id, registration);
      expect(made).toMatchObject({ displayName: 'Test key', aaguid: AAGUID });

      const list = await entra.passkeys.list(ada.id);
      expect(passkeyWith(list, registration.credentialId)?.id).toBe(made.id);
      const { publicKey } = await entra.passkeys.creationOptions(ada.id);
      const excluded = publicKey.excludeCredentials.map(({ id }) => id);
      expect(excluded).toContain(Buffer.from(registration.credentialId).toString('base64url'));

      expect((await entra.methods.list(ada.id)).filter(({ phishingResistant }) => phishingResistant)).toHaveLength(1);
      expect(await entra.passkeys.delete(ada.id, made.id)).toBe('deleted');
      expect(await entra.passkeys.delete(ada.id, made.id)).toBe('gone');
      expect(hasCredential(await entra.passkeys.list(ada.id), registration.credentialId)).toBe(false);
    },
  );

  test('a lost reply: the same attestation again says that it arrived', async () => {
    await patchFido2({ passkeyProfiles: [profile] });
    const registration = registrationFor(await entra.passkeys.creationOptions(ada.id));
    standIn.switches.fail({ method: 'POST', path: 'fido2Methods', then: { act: 'loseReply' } });
    await expect(entra.passkeys.create(ada.id, registration)).rejects.toMatchObject({ facts: { ambiguous: true } });
    await expect(entra.passkeys.create(ada.id, registration)).rejects.toMatchObject({
      code: 'passkey-already-registered',
    });
    expect(hasCredential(await entra.passkeys.list(ada.id), registration.credentialId)).toBe(true);
  });

  test('what Graph refuses has a name', async () => {
    await patchFido2({ passkeyProfiles: [profile] });
    const registration = registrationFor(await entra.passkeys.creationOptions(ada.id));
    standIn.switches.set({ clockOffsetMs: 6 * 60_000 });
    const late = entra.passkeys.create(ada.id, registration);
    await expect(late).rejects.toMatchObject({ code: 'passkey-challenge-expired' });
    const keyRestrictions = { isEnforced: true, enforcementType: 'block', aaGuids: [AAGUID] };
    await patchFido2({ passkeyProfiles: [{ ...profile, keyRestrictions }] });
    const blocked = entra.passkeys.create(ada.id, registrationFor(await entra.passkeys.creationOptions(ada.id)));
    await expect(blocked).rejects.toMatchObject({ code: 'passkey-model-not-allowed' });
    await patchFido2({ isSelfServiceRegistrationAllowed: false });
    await expect(entra.passkeys.creationOptions(ada.id)).rejects.toMatchObject({ code: 'self-service-off' });
    await patchFido2({ state: 'disabled' });
    await expect(entra.passkeys.creationOptions(ada.id)).rejects.toMatchObject({ code: 'passkey-policy-off' });
  });
});

test('privileged: who is and why', async () => {
  const why = async (id: string) => (await entra.privileged(id)).why.join();
  expect(await entra.privileged(ada.id)).toEqual({ privileged: false, why: [] });
  expect(await why(irene.id)).toContain('role');
  expect(await why(people.breakGlass.id)).toContain('role');
  expect(await why(people.pim.id)).toBe(`role-eligible:${roles.userAdministrator.id}`);
  expect(await why(people.rolf.id)).toContain('role-group-member:Support admins');
  expect(await why(people.otto.id)).toBe('role-group-owner:Support admins');
  expect(await why(people.greta.id)).toBe('role-group-eligible:Support admins');
});

test('privileged: a permission that is missing refuses', async () => {
  const needed = ['RoleManagement.Read.Directory', 'PrivilegedEligibilitySchedule.Read.AzureADGroup'];
  for (const missing of needed) {
    standIn.switches.set({
      grantedPermissions: PERMISSIONS.map(({ name }) => name).filter((name) => name !== missing),
    });
    const fresh = createEntra({
      graphUrl: standIn.url,
      credential: newCredential(),
      fetch: trusting,
    });
    await expect(fresh.privileged(ada.id)).rejects.toMatchObject({ code: 'graph-denied' });
  }
});

test('sessions and sign-ins', async () => {
  const since = new Date(Date.now() - 60_000);
  const { pass } = await entra.passes.create(ada.id, {});
  standIn.signInWithPass(ada.upn, pass.reveal());
  await entra.sessions.revoke(ada.id);
  expect((await entra.people.get(ada.id)).signInSessionsValidFromDateTime?.getTime()).toBeGreaterThan(since.getTime());
  const [signIn] = await entra.signIns.recent(ada.id, since);
  expect(signIn?.steps.map(({ kind }) => kind)).toContain('temporaryAccessPass');
});

const profile = {
  id: '00000000-0000-0000-0000-000000000001',
  name: 'Open',
  passkeyTypes: 'deviceBound',
  attestationEnforcement: 'disabled',
  keyRestrictions: { isEnforced: false, enforcementType: 'block', aaGuids: [] as string[] },
};

/** A fetch that trusts the stand-in's own authority. */
const trusting = ((url: string, init: object) =>
  fetchWith(url, { ...init, dispatcher: agent })) as unknown as typeof fetch;

function newCredential(): ClientSecretCredential {
  const own = { authorityHost: standIn.url, disableInstanceDiscovery: true, tlsOptions: { ca: standIn.caPem } };
  return new ClientSecretCredential(standIn.tenantId, standIn.clientId, standIn.clientSecret, own);
}

/** The administrator at work: Keyvouch itself has no right to change the policy. */
async function patchFido2(change: object): Promise<void> {
  const before = standIn.switches.get().grantedPermissions;
  standIn.switches.set({ grantedPermissions: ['Policy.ReadWrite.AuthenticationMethod'] });
  const { token } = await newCredential().getToken('https://graph.microsoft.com/.default');
  standIn.switches.set({ grantedPermissions: before });
  const path = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2';
  const reply = await fetchWith(standIn.url + path, {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ '@odata.type': '#microsoft.graph.fido2AuthenticationMethodConfiguration', ...change }),
    dispatcher: agent,
  });
  if (!reply.ok) throw new Error(`PATCH ${reply.status}: ${await reply.text()}`);
}

/** A software key with attestation `none` (WebAuthn §8.7), ES256. */
function registrationFor({ publicKey }: CreationOptions): PasskeyRegistration {
  const cbor = new Encoder({ mapsAsObjects: false, useRecords: false, variableMapSize: true, tagUint8Array: false });
  const { publicKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = key.export({ format: 'jwk' });
  const coordinate = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');
  const credentialId = new Uint8Array(randomBytes(16));
  const cose = new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, coordinate(x)],
    [-3, coordinate(y)],
  ]);
  const authData = Buffer.concat([
    createHash('sha256').update(publicKey.rp.id).digest(),
    Buffer.from([0x45, 0, 0, 0, 1]),
    Buffer.from(AAGUID.replaceAll('-', ''), 'hex'),
    Buffer.from([0, credentialId.length]),
    credentialId,
    cbor.encode(cose),
  ]);
  const clientData = { type: 'webauthn.create', challenge: publicKey.challenge, origin: `https://${publicKey.rp.id}` };
  const attestation = new Map<string, unknown>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', authData],
  ]);
  return {
    displayName: 'Test key',
    credentialId,
    clientDataJSON: new TextEncoder().encode(JSON.stringify(clientData)),
    attestationObject: new Uint8Array(cbor.encode(attestation)),
  };
}

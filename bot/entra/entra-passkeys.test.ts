import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { Encoder } from 'cbor-x';
import { people } from '../../infra/local/entra/index';
import { type AtStandIn, openAtStandIn } from '../../infra/local/entra/product-client.fixture';
import {
  type CreationOptions,
  fido2AppliesTo,
  hasCredential,
  modelAllowed,
  passAppliesTo,
  passkeyWith,
  type PasskeyRegistration,
} from './index';

/** The life of a passkey in Entra, by a software key. */

const AAGUID = '00112233-4455-6677-8899-aabbccddeeff';

jest.setTimeout(30_000);

let at: AtStandIn;
let standIn: AtStandIn['standIn'];
let entra: AtStandIn['entra'];

beforeEach(async () => {
  at = await openAtStandIn();
  ({ standIn, entra } = at);
});
afterEach(() => at.close());

const { ada } = people;
const profile = {
  id: '00000000-0000-0000-0000-000000000001',
  name: 'Open',
  passkeyTypes: 'deviceBound',
  attestationEnforcement: 'disabled',
  keyRestrictions: { isEnforced: false, enforcementType: 'block', aaGuids: [] as string[] },
};

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
    await at.patchFido2({ passkeyProfiles: [profile] });
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
  await at.patchFido2({ passkeyProfiles: [profile] });
  const registration = registrationFor(await entra.passkeys.creationOptions(ada.id));
  standIn.switches.fail({ method: 'POST', path: 'fido2Methods', then: { act: 'loseReply' } });
  await expect(entra.passkeys.create(ada.id, registration)).rejects.toMatchObject({ facts: { ambiguous: true } });
  await expect(entra.passkeys.create(ada.id, registration)).rejects.toMatchObject({
    code: 'passkey-already-registered',
  });
  expect(hasCredential(await entra.passkeys.list(ada.id), registration.credentialId)).toBe(true);
});

test('what Graph refuses has a name', async () => {
  await at.patchFido2({ passkeyProfiles: [profile] });
  const registration = registrationFor(await entra.passkeys.creationOptions(ada.id));
  standIn.switches.set({ clockOffsetMs: 6 * 60_000 });
  const late = entra.passkeys.create(ada.id, registration);
  await expect(late).rejects.toMatchObject({ code: 'passkey-challenge-expired' });
  const keyRestrictions = { isEnforced: true, enforcementType: 'block', aaGuids: [AAGUID] };
  await at.patchFido2({ passkeyProfiles: [{ ...profile, keyRestrictions }] });
  const blocked = entra.passkeys.create(ada.id, registrationFor(await entra.passkeys.creationOptions(ada.id)));
  await expect(blocked).rejects.toMatchObject({ code: 'passkey-model-not-allowed' });
  await at.patchFido2({ isSelfServiceRegistrationAllowed: false });
  await expect(entra.passkeys.creationOptions(ada.id)).rejects.toMatchObject({ code: 'self-service-off' });
  await at.patchFido2({ state: 'disabled' });
  await expect(entra.passkeys.creationOptions(ada.id)).rejects.toMatchObject({ code: 'passkey-policy-off' });
});

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

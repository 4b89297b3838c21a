import { encodeBase64Url } from '../../agent/protocol/credential-id';
import { hasCredential, passkeyWith } from './passkeys';
import { refusal, scripted } from './scripted-fetch.fixture';

const sixteen = Uint8Array.from({ length: 16 }, (_, i) => 240 - i * 7);
const plain = encodeBase64Url(sixteen);
const method = (id: string) => ({
  id,
  displayName: 'YubiKey',
  createdDateTime: '2026-11-21T12:00:00Z',
  aaGuid: '2FC0579F-8113-47EA-B116-BB5A8DB9202A',
  model: 'YubiKey 5 NFC',
  attestationLevel: 'attested',
  passkeyType: 'deviceBound',
});
const options = {
  '@odata.context': 'x',
  challengeTimeoutDateTime: '2026-11-21T12:05:00Z',
  publicKey: {
    rp: { id: 'login.microsoft.com', name: 'Microsoft' },
    user: { id: 'T0Y6', name: 'ana@contoso.com', displayName: 'Ana' },
    challenge: 'ZXlK',
    pubKeyCredParams: [
      { type: 'public-key', alg: -7 },
      { type: 'public-key', alg: -257 },
    ],
    timeout: 60000,
    excludeCredentials: [
      { '@odata.type': 'y', type: 'public-key', id: 'GshyINLMaOOwqt1LNUi0gQ==', transports: ['usb', 'nfc'] },
      { type: 'public-key', id: `${plain}2`, transports: [] },
    ],
    authenticatorSelection: {
      authenticatorAttachment: 'cross-platform',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'direct',
    extensions: { '@odata.type': 'z', hmacCreateSecret: true },
  },
};

test('creation options come clean: no odata, ids in plain base64url, an end', async () => {
  const script = scripted([{ status: 200, body: options }]);
  const { publicKey, expiresAt } = await script.entra.passkeys.creationOptions('u1');
  expect(expiresAt).toEqual(new Date('2026-11-21T12:05:00Z'));
  expect(publicKey.excludeCredentials.map(({ id }) => id)).toEqual(['GshyINLMaOOwqt1LNUi0gQ', plain]);
  expect(publicKey.challenge).toBe('ZXlK');
  expect(JSON.stringify(publicKey)).not.toContain('odata');
  expect(publicKey.extensions).toEqual({ hmacCreateSecret: true });
});

test('a registration is sent as Entra takes it: base64url, four members, a short name', async () => {
  const script = scripted([{ status: 201, body: method(`${plain}2`) }]);
  const passkey = await script.entra.passkeys.create('u1', {
    displayName: 'A name that is much too long 🔑🔑🔑',
    credentialId: sixteen,
    clientDataJSON: Uint8Array.of(0xfb, 0xff),
    attestationObject: Uint8Array.of(0xff, 0xee, 0xdd),
  });
  expect(script.asked[0]?.body).toEqual({
    displayName: 'A name that is much too long ',
    publicKeyCredential: {
      id: plain,
      response: { clientDataJSON: '-_8', attestationObject: '_-7d' },
      clientExtensionResults: {},
    },
  });
  expect(passkey.aaguid).toBe('2fc0579f-8113-47ea-b116-bb5a8db9202a');
  expect(passkey.credentialIds).toContainEqual(sixteen);
});

test.each([
  ['with a digit', `${plain}2`],
  ['plain', plain],
  ['with padding', `${plain}==`],
])('a credential is found in the list, its id written %s', async (_name, id) => {
  const { entra } = scripted([{ status: 200, body: { value: [method('AAAA'), method(id)] } }]);
  const list = await entra.passkeys.list('u1');
  expect(passkeyWith(list, sixteen)?.id).toBe(id);
  expect(hasCredential(list, sixteen.slice(1))).toBe(false);
});

test.each([
  ['Self-service registration is not allowed.', 'self-service-off'],
  ['Converged UserCredentialPolicy does not allow … AuthMethodType [Fido2].', 'passkey-policy-off'],
  ['The challenge has expired.', 'passkey-challenge-expired'],
  ['This credential is already registered.', 'passkey-already-registered'],
  ['The AAGUID is not allowed by key restrictions.', 'passkey-model-not-allowed'],
  ['The policy enforces attestation, and this one is not trusted.', 'passkey-attestation-required'],
  ['The challenge is not one that was issued for this user.', 'passkey-refused'],
  ['The request is missing a fido2AuthenticationMethod entity', 'passkey-refused'],
])('%s', async (message, code) => {
  const { entra, asked } = scripted([refusal(400, 'badRequest', message)]);
  const empty = new Uint8Array();
  const registration = { displayName: '', credentialId: empty, clientDataJSON: empty, attestationObject: empty };
  await expect(entra.passkeys.create('u1', registration)).rejects.toMatchObject({ code });
  expect(asked).toHaveLength(1);
});

test('the method id is opaque and encoded; a method that is gone is gone', async () => {
  const script = scripted([refusal(404, 'notFound', '')]);
  await expect(script.entra.passkeys.delete('u1', 'a/b+c==')).resolves.toBe('gone');
  expect(script.asked[0]?.url).toMatch(/fido2Methods\/a%2Fb%2Bc%3D%3D$/);
});

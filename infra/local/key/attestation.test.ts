import { X509Certificate } from 'node:crypto';
import { SettingsService, verifyRegistrationResponse } from '@simplewebauthn/server';

import { makeAttestationRoot } from './attestation';
import { encodeCbor } from './cbor/encode';
import { aaguidBytes } from './profile';
import { modern } from './profiles';
import { freshState } from './state';
import { memoryStore } from './store';
import { credentialId, makeCredentialRequest, RP_ID } from './testing/ceremonies';
import { named, openHost, testDevice, type Answer } from './testing/host';
import type { VirtualDevice } from './device';

const CHALLENGE = Buffer.alloc(32, 9).toString('base64url');
const CLIENT_DATA = Buffer.from(
  JSON.stringify({ type: 'webauthn.create', challenge: CHALLENGE, origin: `https://${RP_ID}`, crossOrigin: false }),
);

async function register(device: VirtualDevice): Promise<Answer> {
  const host = await openHost(device);
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', CLIENT_DATA));
  const answer = await host.cbor(0x01, makeCredentialRequest({ 1: hash }));
  host.detach();
  return answer;
}

function relyingParty(answer: Answer, trusted: string): ReturnType<typeof verifyRegistrationResponse> {
  SettingsService.setRootCertificates({ identifier: 'packed', certificates: [trusted] });
  const [fmt, authData, attStmt] = [1, 2, 3].map((at) => answer.body?.get(at) ?? null);
  const attestationObject = encodeCbor(
    named({ fmt: fmt ?? null, authData: authData ?? null, attStmt: attStmt ?? null }),
  );
  const id = credentialId(answer).toString('base64url');
  return verifyRegistrationResponse({
    response: {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: CLIENT_DATA.toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
      },
    },
    expectedChallenge: CHALLENGE,
    expectedOrigin: `https://${RP_ID}`,
    expectedRPID: RP_ID,
    requireUserVerification: false,
  });
}

describe('attestation', () => {
  test("a relying party that trusts the key's root accepts its registration", async () => {
    const device = await testDevice();
    const { verified, registrationInfo } = await relyingParty(await register(device), device.attestationRootPem);
    expect(verified).toBe(true);
    expect(registrationInfo?.aaguid).toBe(modern.aaguid);
    expect(registrationInfo?.fmt).toBe('packed');
  });

  test('one that trusts another root does not', async () => {
    const other = await makeAttestationRoot();
    await expect(relyingParty(await register(await testDevice()), other.rootCertPem)).rejects.toThrow();
  });

  test('a root of our own making vouches for several keys', async () => {
    const attestation = await makeAttestationRoot();
    for (const device of [await testDevice({ attestation }), await testDevice({ attestation })]) {
      expect(device.attestationRootPem).toBe(attestation.rootCertPem);
      expect((await relyingParty(await register(device), attestation.rootCertPem)).verified).toBe(true);
    }
  });

  test('is made once for a state, and again when the root changes', async () => {
    const store = memoryStore(freshState(modern));
    const leaf = (): string | undefined => store.read().attestation?.leafCertPem;
    await testDevice({ store });
    const first = leaf();
    await testDevice({ store });
    expect(leaf()).toBe(first);
    await testDevice({ store, attestation: await makeAttestationRoot() });
    expect(leaf()).not.toBe(first);
  });

  test('the certificate is as WebAuthn §8.2.1 wants it', async () => {
    const store = memoryStore(freshState(modern));
    const device = await testDevice({ store });
    const certificate = new X509Certificate(store.read().attestation?.leafCertPem ?? '');
    const root = new X509Certificate(device.attestationRootPem);
    expect(certificate.subject.split('\n')).toEqual([
      'C=SE',
      'O=Keyvouch',
      'OU=Authenticator Attestation',
      `CN=${modern.model}`,
    ]);
    expect([certificate.ca, root.ca]).toEqual([false, true]);
    expect(certificate.checkIssued(root) && certificate.verify(root.publicKey)).toBe(true);
    const oid = Buffer.from('060b2b0601040182e51c010104', 'hex');
    const extension = Buffer.concat([oid, Buffer.from('04120410', 'hex'), aaguidBytes(modern)]);
    expect(certificate.raw.includes(extension)).toBe(true);
  });
});

import { randomBytes } from 'node:crypto';
import { SettingsService, verifyRegistrationResponse } from '@simplewebauthn/server';
import { modern, startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { decodeCbor } from '../ctap/cbor';
import { deviceAt } from '../hid/devices';
import { encodeBase64Url } from '../protocol/credential-id';
import { Fault } from '../protocol/fault';
import { findOnKey } from './exclude-list';
import { hidRegistrar } from './hid-registrar';
import { type Key, openKey } from './key';
import { type Registration } from './registrar';
import { scriptedPrompts } from './scripted-prompts.fixture';

const RP = 'login.microsoft.com';
const PIN = 'grün-4711';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function plugged(options: Partial<Parameters<typeof startVirtualKey>[0]> = {}): Promise<VirtualKey> {
  const virtual = await startVirtualKey({ touch: 'auto', ...options });
  open.push(virtual);
  return virtual;
}

async function opened(virtual: VirtualKey): Promise<Key> {
  const key = await openKey(deviceAt(`tcp:127.0.0.1:${virtual.port}`));
  open.push(key);
  return key;
}

/** What Graph sends, in its real shape: a challenge of 8 kB, `@odata` members, ids in its own encodings. */
function graphOptions(more: Record<string, unknown> = {}) {
  return {
    '@odata.type': '#microsoft.graph.webauthnPublicKeyCredentialCreationOptions',
    rp: { id: RP, name: 'Microsoft' },
    user: {
      id: encodeBase64Url(Buffer.concat([Buffer.from('OF:'), randomBytes(48)])),
      name: 'ada@contoso.com',
      displayName: 'Ada Lovelace',
    },
    challenge: encodeBase64Url(randomBytes(6000)),
    pubKeyCredParams: [
      { type: 'public-key', alg: -7 },
      { type: 'public-key', alg: -257 },
    ],
    timeout: 60000,
    excludeCredentials: [] as { type: string; id: string }[],
    authenticatorSelection: {
      authenticatorAttachment: 'cross-platform',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'direct',
    extensions: {
      hmacCreateSecret: true,
      enforceCredentialProtectionPolicy: true,
      credentialProtectionPolicy: 'userVerificationOptional',
    },
    ...more,
  };
}

function verify(made: Registration, challenge: string, { attestationRootPem }: VirtualKey) {
  SettingsService.setRootCertificates({ identifier: 'packed', certificates: [attestationRootPem] });
  const id = encodeBase64Url(made.credentialId);
  return verifyRegistrationResponse({
    response: {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: encodeBase64Url(made.clientDataJSON),
        attestationObject: encodeBase64Url(made.attestationObject),
      },
    },
    expectedChallenge: challenge,
    expectedOrigin: `https://${RP}`,
    expectedRPID: RP,
    requireUserVerification: true,
  });
}

async function fault(promise: Promise<unknown>): Promise<Fault> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Fault)) throw new Error(`expected a Fault, got ${String(error)}`);
  return error;
}

describe('a first passkey', () => {
  it('sets a PIN on a new key and makes what a relying party accepts, up to its attestation root', async () => {
    const virtual = await plugged();
    const key = await opened(virtual);
    const prompts = scriptedPrompts({ pins: [PIN, PIN] });
    const options = graphOptions();
    const made = await hidRegistrar(key).register({ options, rpId: RP, prompts });

    const verified = await verify(made, options.challenge, virtual);
    expect(verified.verified).toBe(true);
    expect(verified.registrationInfo?.aaguid).toBe(virtual.aaguid);
    expect(verified.registrationInfo?.userVerified).toBe(true);
    expect(made).toMatchObject({
      aaguid: virtual.aaguid,
      pinWasSet: true,
      transports: ['usb'],
      extensions: { credProtect: 1, 'hmac-secret': true },
      enterpriseAttestation: false,
    });
    expect(JSON.parse(Buffer.from(made.clientDataJSON).toString())).toEqual({
      type: 'webauthn.create',
      challenge: options.challenge,
      origin: `https://${RP}`,
      crossOrigin: false,
    });
    expect(prompts.log.filter((line) => line.startsWith('pin'))).toEqual(['pin new', 'pin repeat']);
    expect(prompts.log.join()).not.toContain(PIN);
    expect(JSON.stringify(made)).not.toContain(PIN);
  });

  it('fetches the options only when the key is ready, and asks for a PIN that is set already', async () => {
    const virtual = await plugged();
    await hidRegistrar(await opened(virtual)).register({
      options: graphOptions(),
      rpId: RP,
      prompts: scriptedPrompts({ pins: [PIN, PIN] }),
    });
    const prompts = scriptedPrompts({ pins: [PIN] });
    const options = jest.fn(() => Promise.resolve(graphOptions()));
    const made = await hidRegistrar(await opened(virtual)).register({ options, rpId: RP, prompts });
    expect(options).toHaveBeenCalledTimes(1);
    expect(made.pinWasSet).toBe(false);
    expect(prompts.pinQuestions).toEqual([{ purpose: 'enter', minimum: 4, retriesLeft: 8 }]);
  });

  it.each([
    ['from before CTAP 2.1', { versions: ['FIDO_2_0'], pinUvAuthProtocols: [1] as const, pinUvAuthToken: false }],
    ['that takes one id at a time', { maxCredentialCountInList: 1 }],
    ['that takes short messages', { maxMsgSize: 1024 }],
    ['without extensions', { extensions: [] }],
  ])('is made on a key %s', async (_, differs) => {
    const virtual = await plugged({ profile: { ...modern, ...differs } });
    const key = await opened(virtual);
    const excludeCredentials = Array.from({ length: 3 }, () => ({ id: encodeBase64Url(randomBytes(64)) }));
    const options = graphOptions({ excludeCredentials });
    const made = await hidRegistrar(key).register({
      options,
      rpId: RP,
      prompts: scriptedPrompts({ pins: [PIN, PIN] }),
    });
    expect((await verify(made, options.challenge, virtual)).verified).toBe(true);
  });

  it('re-encodes the attestation object in canonical order', async () => {
    const key = await opened(await plugged());
    const made = await hidRegistrar(key).register({
      options: graphOptions(),
      rpId: RP,
      prompts: scriptedPrompts({ pins: [PIN, PIN] }),
    });
    const map = decodeCbor(made.attestationObject) as Map<string, unknown>;
    expect([...map.keys()]).toEqual(['fmt', 'attStmt', 'authData']);
  });
});

describe('a passkey that is there already', () => {
  it.each([
    ['base64url', (id: Uint8Array) => encodeBase64Url(id)],
    ['standard base64', (id: Uint8Array) => Buffer.from(id).toString('base64')],
    ['base64url and a digit', (id: Uint8Array) => `${encodeBase64Url(id)}${(3 - (id.length % 3)) % 3}`],
  ])('is found silently in a long list of %s ids', async (_, write) => {
    const key = await opened(await plugged());
    const registrar = hidRegistrar(key);
    const first = await registrar.register({
      options: graphOptions(),
      rpId: RP,
      prompts: scriptedPrompts({ pins: [PIN, PIN] }),
    });
    const ids = [...Array.from({ length: 30 }, () => randomBytes(48)), first.credentialId];
    const prompts = scriptedPrompts({ pins: [PIN] });
    const again = registrar.register({
      options: graphOptions({ excludeCredentials: ids.map((id) => ({ type: 'public-key', id: write(id) })) }),
      rpId: RP,
      prompts,
    });
    expect((await fault(again)).code).toBe('key-already-registered');
    expect(prompts.log.some((line) => line.startsWith('touch'))).toBe(false);
  });

  it('does not stop another user or another key', async () => {
    const key = await opened(await plugged());
    const excludeCredentials = Array.from({ length: 20 }, () => ({
      type: 'public-key',
      id: encodeBase64Url(randomBytes(48)),
    }));
    const made = await hidRegistrar(key).register({
      options: graphOptions({ excludeCredentials }),
      rpId: RP,
      prompts: scriptedPrompts({ pins: [PIN, PIN] }),
    });
    expect(made.credentialId.length).toBeGreaterThan(15);
  });
});

describe('a passkey that the service could not keep', () => {
  it('is removed again without asking, and with asking after forget', async () => {
    const key = await opened(await plugged());
    const prompts = scriptedPrompts({ pins: [PIN, PIN, PIN] });
    const made = await hidRegistrar(key).register({ options: graphOptions(), rpId: RP, prompts });
    const question = { rpId: RP, credentialIds: [made.credentialId] };
    expect(await findOnKey(key, question)).toEqual(made.credentialId);
    await made.remove();
    expect(await findOnKey(key, question)).toBeUndefined();
    expect(prompts.pinQuestions).toHaveLength(2);

    made.forget();
    expect((await fault(made.remove())).code).toBe('key-no-passkey');
    expect(prompts.pinQuestions).toHaveLength(3);
  });
});

describe('what a job must not get out of a key', () => {
  const refusals: [string, string, (options: ReturnType<typeof graphOptions>) => unknown][] = [
    ['options-wrong-rp', 'another site', (options) => ({ ...options, rp: { id: 'evil.example' } })],
    ['options-not-registration', 'an assertion', (options) => ({ ...options, allowCredentials: [] })],
    ['options-not-registration', 'an assertion by rpId', ({ challenge }) => ({ challenge, rpId: RP })],
    ['options-malformed', 'no user', ({ user: _, ...options }) => options],
    ['options-malformed', 'a challenge that is no base64url', (options) => ({ ...options, challenge: '<script>' })],
    ['options-malformed', 'a challenge that is too short', (options) => ({ ...options, challenge: 'AAAA' })],
    ['options-malformed', 'nothing', () => null],
  ];
  it.each(refusals)('%s: %s', async (code, _, change) => {
    const key = await opened(await plugged());
    const prompts = scriptedPrompts();
    const promise = hidRegistrar(key).register({ options: change(graphOptions()), rpId: RP, prompts });
    expect((await fault(promise)).code).toBe(code);
    expect(prompts.log).toEqual([]);
  });

  it('an origin other than the site itself', async () => {
    const key = await opened(await plugged());
    const promise = hidRegistrar(key).register({
      options: graphOptions(),
      rpId: RP,
      origin: 'https://evil.example',
      prompts: scriptedPrompts(),
    });
    expect((await fault(promise)).code).toBe('options-wrong-rp');
  });
});

describe('before anything is written', () => {
  it('a model that may not be used is refused', async () => {
    const virtual = await plugged();
    const key = await opened(virtual);
    const prompts = scriptedPrompts();
    const allows = (aaguid: string) =>
      new Fault({ code: 'model-not-allowed', say: aaguid, todo: 'Use another model.' });
    const promise = hidRegistrar(key).register({ options: graphOptions(), rpId: RP, prompts, allows });
    expect(await fault(promise)).toMatchObject({ code: 'model-not-allowed', say: virtual.aaguid });
    expect((await key.refresh()).options['clientPin']).toBe(false);
  });
});

describe('a touch that does not come', () => {
  it('ends in time, and cancelling ends at once', async () => {
    const key = await opened(await plugged({ touch: 'manual' }));
    const registrar = hidRegistrar(key);
    const prompts = scriptedPrompts({ pins: [PIN, PIN, PIN] });
    const tooLate = registrar.register({ options: graphOptions(), rpId: RP, prompts, touchMs: 300 });
    expect((await fault(tooLate)).code).toBe('key-no-touch');
    expect(prompts.log).toContain('touch Touch the key to make the passkey.');

    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    const cancelled = registrar.register({ options: graphOptions(), rpId: RP, prompts, signal: stop.signal });
    expect((await fault(cancelled)).code).toBe('key-cancelled');
  });

  it('an unplug while waiting is told', async () => {
    const virtual = await plugged({ touch: 'manual' });
    const key = await opened(virtual);
    const promise = hidRegistrar(key).register({
      options: graphOptions(),
      rpId: RP,
      prompts: scriptedPrompts({ pins: [PIN, PIN] }),
    });
    const stop = virtual.onLight((light) => {
      if (light !== 'off') void virtual.power(false);
    });
    expect((await fault(promise)).code).toBe('key-gone');
    stop();
  });
});

import { registrationClientData } from '../operations/client-data';
import { type RegisterRequest } from '../operations/registrar';
import { scriptedPrompts } from '../operations/scripted-prompts.fixture';
import { encodeBase64Url } from '../protocol/credential-id';
import { Fault } from '../protocol/fault';
import { needing } from '../needs.fixture';
import { HRESULT } from './hresult';
import { platformRegistrar } from './platform-registrar';
import { fabricated, graphOptions, RP } from './testing/fabricated.fixture';
import { compileStandIn, hasCompiler, type StandIn } from './testing/stand-in.fixture';
import { loadWebAuthn } from './webauthn-library';

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );

/** Without a C compiler none of this can be tried; CI has gcc. */
needing(
  describe,
  'gcc',
  hasCompiler(),
)('registration through webauthn.dll, by a stand-in in C (needs gcc)', () => {
  let standIn: StandIn;
  beforeAll(() => void (standIn = compileStandIn()));
  beforeEach(() => {
    standIn.setApiVersion(9);
    standIn.answer({});
    standIn.setObject(fabricated());
    standIn.setClientData(new Uint8Array());
  });
  afterEach(() => expect(standIn.outstanding()).toBe(0));
  afterAll(() => standIn.remove());

  function register(request: Partial<RegisterRequest> = {}) {
    const registrar = platformRegistrar({
      webauthn: () => loadWebAuthn(standIn.path),
      window: async () => null,
    });
    return registrar.register({ options: graphOptions(), rpId: RP, prompts: scriptedPrompts(), ...request });
  }

  it('gives what Windows made, with client data of our own', async () => {
    const credentialId = Buffer.from('c0ffee'.repeat(8), 'hex');
    const object = fabricated({ credentialId });
    standIn.setObject(object);
    const options = graphOptions();
    const made = await register({ options: async () => options, origin: `https://${RP}` });
    expect(made).toMatchObject({
      credentialId: Uint8Array.from(credentialId),
      attestationObject: object,
      clientDataJSON: registrationClientData(options.challenge, RP).json,
      aaguid: '01020304-0506-0708-090a-0b0c0d0e0f10',
      transports: ['usb', 'nfc'],
      enterpriseAttestation: true,
      pinWasSet: false,
    });
    made.forget();
    expect(await code(made.remove())).toBe('key-cannot-delete');
  });

  it('passes everything as the header lays it out', async () => {
    const exclude = [Buffer.alloc(16, 1), Buffer.alloc(48, 2)];
    const options = graphOptions({
      attestation: 'enterprise',
      excludeCredentials: exclude.map((id) => ({ type: 'public-key', id: encodeBase64Url(id) })),
    });
    await register({ options, touchMs: 45_000 });
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    expect(standIn.seen()).toEqual({
      window: 0,
      rp: { dwVersion: 1, id: RP, name: 'Microsoft', icon: null },
      user: {
        dwVersion: 1,
        id: hex(Buffer.from('OF:the-user-handle')),
        name: 'zoë@contoso.com',
        icon: null,
        displayName: 'Zoë 🔑 Lovelace',
      },
      algorithms: [
        { dwVersion: 1, type: 'public-key', alg: -7 },
        { dwVersion: 1, type: 'public-key', alg: -257 },
      ],
      clientData: {
        dwVersion: 1,
        json: hex(registrationClientData(options.challenge, RP).json),
        hash: 'SHA-256',
      },
      options: {
        dwVersion: 9,
        dwTimeoutMilliseconds: 45_000,
        cCredentials: 0,
        extensions: { 'hmac-secret': 1, credProtect: [1, 1] },
        dwAuthenticatorAttachment: 2,
        bRequireResidentKey: 1,
        dwUserVerificationRequirement: 1,
        dwAttestationConveyancePreference: 3,
        dwFlags: 0,
        cancellationId: expect.stringMatching(/^[0-9a-f]{8}66558877a0a1a2a3a4a5a6a7$/) as string,
        exclude: exclude.map((id) => ({ dwVersion: 1, id: hex(id), type: 'public-key', dwTransports: 0 })),
        dwEnterpriseAttestation: 1,
        dwLargeBlobSupport: 0,
        bPreferResidentKey: 0,
        bBrowserInPrivateMode: 0,
        bEnablePrf: 0,
        pLinkedDevice: 0,
        cbJsonExt: 0,
        pbJsonExt: 0,
        pPRFGlobalEval: 0,
        hints: ['security-key'],
        bThirdPartyPayment: 0,
        pwszRemoteWebOrigin: null,
        cbPublicKeyCredentialCreationOptionsJSON: 0,
        pbPublicKeyCredentialCreationOptionsJSON: 0,
        cbAuthenticatorId: 0,
        pbAuthenticatorId: 0,
      },
    });
  });

  it.each([
    [1, 3, { 'hmac-secret': 1 }],
    [2, 3, { 'hmac-secret': 1, credProtect: [1, 1] }],
    [3, 4, { 'hmac-secret': 1, credProtect: [1, 1] }],
    [5, 5, { 'hmac-secret': 1, credProtect: [1, 1] }],
    [7, 7, { 'hmac-secret': 1, credProtect: [1, 1] }],
    [10, 9, { 'hmac-secret': 1, credProtect: [1, 1] }],
  ])('asks API version %s with options of version %s', async (api, dwVersion, extensions) => {
    standIn.setApiVersion(api);
    await register();
    expect(standIn.seen()).toMatchObject({ options: { dwVersion, extensions } });
  });

  it('does without extensions and an exclude list', async () => {
    await register({ options: graphOptions({ extensions: null, excludeCredentials: null }) });
    expect(standIn.seen()).toMatchObject({ options: { extensions: {}, exclude: [] } });
  });

  it.each([
    [1, ['usb'], false],
    [2, ['usb'], false],
    [3, ['nfc'], false],
    [4, ['nfc'], true],
    [7, ['nfc'], true],
    [8, ['nfc'], true],
    [12, ['nfc'], true],
  ])('reads an attestation of version %s as far as it reaches', async (version, transports, enterprise) => {
    standIn.answer({ version, transport: 2 });
    expect(await register()).toMatchObject({ transports, enterpriseAttestation: enterprise });
  });

  it('tells the person where to look for as long as it takes', async () => {
    const prompts = scriptedPrompts();
    await register({ prompts });
    expect(prompts.log).toEqual([expect.stringMatching(/^touch Windows now opens a window/), 'touched']);
  });

  it.each<[string, number, string]>([
    ['the person closes the window', HRESULT.NTE_USER_CANCELLED, 'key-cancelled'],
    ['nobody comes', HRESULT.ERROR_TIMEOUT, 'key-no-touch'],
    ['the key is registered already', HRESULT.NTE_EXISTS, 'key-already-registered'],
    ['the key is full', HRESULT.NTE_TOKEN_KEYSET_STORAGE_FULL, 'key-full'],
    ['something unknown happens', 0x80004005, 'key-platform-failed'],
  ])('says so when %s', async (_, hresult, expected) => {
    standIn.answer({ hresult });
    expect(await code(register())).toBe(expected);
  });

  it('closes the window of Windows when it is called off', async () => {
    standIn.answer({ delayMs: 20_000 });
    const begun = Date.now();
    expect(await code(register({ signal: AbortSignal.timeout(100) }))).toBe('key-cancelled');
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(await code(register({ signal: AbortSignal.abort() }))).toBe('key-cancelled');
  });

  it.each<[string, () => void]>([
    ['none', () => standIn.answer({ version: 0 })],
    ['an empty one', () => standIn.setObject(new Uint8Array())],
    ['no CBOR', () => standIn.setObject(Uint8Array.of(0xff, 0x00))],
    ['CBOR of something else', () => standIn.setObject(Uint8Array.of(0x80))],
    ['one for another site', () => standIn.setObject(fabricated({ rpId: 'evil.example' }))],
    ['one without the person verified', () => standIn.setObject(fabricated({ flags: 0x41 }))],
    ['one without a person', () => standIn.setObject(fabricated({ flags: 0x44 }))],
    ['one without a credential', () => standIn.setObject(fabricated({ flags: 0x05 }))],
    ['one over other client data', () => standIn.setClientData(Buffer.from('{"type":"webauthn.get"}'))],
  ])('takes no attestation that is %s', async (_, prepare) => {
    prepare();
    expect(await code(register())).toBe('key-malformed');
  });

  it('refuses a model that policy forbids, and says that the passkey stays', async () => {
    const forbidden = new Fault({ code: 'key-model-not-allowed', say: 'Not this model.', todo: 'Use another.' });
    const allows = jest.fn((_aaguid: string) => forbidden);
    const fault = await register({ allows }).catch((reason: unknown) => reason);
    expect(allows).toHaveBeenCalledWith('01020304-0506-0708-090a-0b0c0d0e0f10');
    expect(fault).toMatchObject({ code: 'key-model-not-allowed', todo: 'Use another.' });
    expect((fault as Fault).say).toContain('stays on the key');
  });

  it.each<[string, Partial<RegisterRequest>, string]>([
    ['another site', { options: graphOptions({ rp: { id: 'evil.example' } }) }, 'options-wrong-rp'],
    ['another origin', { origin: 'https://evil.example' }, 'options-wrong-rp'],
    ['a signature', { options: { ...graphOptions(), allowCredentials: [] } }, 'options-not-registration'],
    ['nonsense', { options: async () => ({}) }, 'options-malformed'],
  ])('does not ask Windows for %s', async (_, request, expected) => {
    standIn.answer({ hresult: HRESULT.E_INVALIDARG });
    expect(await code(register(request))).toBe(expected);
  });

  it('does not leave out a protection that must be kept', async () => {
    standIn.setApiVersion(1);
    const extensions = {
      enforceCredentialProtectionPolicy: true,
      credentialProtectionPolicy: 'userVerificationRequired',
    };
    expect(await code(register({ options: graphOptions({ extensions }) }))).toBe('key-option-missing');
  });

  it('makes many, and every byte of each arrives', async () => {
    for (let round = 0; round < 50; round++) {
      standIn.answer({ delayMs: 1 });
      const options = graphOptions();
      const made = await register({ options });
      const { clientData } = standIn.seen() as { clientData: { json: string } };
      expect(clientData.json).toBe(Buffer.from(made.clientDataJSON).toString('hex'));
    }
  });
});

it('says so where Windows has no such library', async () => {
  expect(await code(loadWebAuthn('/nowhere/webauthn.dll'))).toBe('key-platform-missing');
});

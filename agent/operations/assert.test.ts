import { randomBytes } from 'node:crypto';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { type KeyProfile, profiles, type ProfileName, startVirtualKey } from '../../infra/local/key';
import { cborMap, type CborValue } from '../ctap/cbor';
import { ctapFault } from '../ctap/ctap-fault';
import { parseInfo } from '../ctap/get-info';
import { makeCredential } from '../ctap/make-credential';
import { PERMISSION } from '../ctap/pin-token';
import { scriptedCtap } from '../ctap/scripted-ctap.fixture';
import { STATUS } from '../ctap/status';
import { deviceAt } from '../hid/devices';
import { encodeBase64Url } from '../protocol/credential-id';
import { Fault } from '../protocol/fault';
import { assertion, passkeyOnKey } from './assert';
import { setAlwaysUv } from './configure';
import { type Key, openKey } from './key';
import { register } from './register';
import { scriptedPrompts } from './scripted-prompts.fixture';
import { setPin } from './set-pin';
import { withToken } from './user-verification';

const PIN = '4711';
const RP = 'login.microsoft.com';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function plugged(profile: ProfileName | KeyProfile = 'modern'): Promise<Key> {
  const virtual = await startVirtualKey({ touch: 'auto', profile });
  open.push(virtual);
  const key = await openKey(deviceAt(`tcp:127.0.0.1:${virtual.port}`));
  open.push(key);
  await setPin(key, { prompts: scriptedPrompts({ pins: [PIN, PIN] }) });
  return key;
}

const withPin = () => ({ prompts: scriptedPrompts({ pins: [PIN] }) });
const other = () => Uint8Array.from(randomBytes(32));

async function add(key: Key, name: string, more: Record<string, unknown> = {}) {
  const challenge = encodeBase64Url(randomBytes(32));
  const made = await register(key, {
    rpId: RP,
    ...withPin(),
    options: {
      rp: { id: RP },
      user: { id: encodeBase64Url(randomBytes(16)), name, displayName: name },
      challenge,
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { requireResidentKey: true },
      ...more,
    },
  });
  return { ...made, challenge };
}

async function code(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );
}

describe('an assertion', () => {
  it('is over a challenge of its own, and holds before an outside judge', async () => {
    const key = await plugged();
    const made = await add(key, 'ada');
    const id = encodeBase64Url(made.credentialId);
    const expected = { expectedOrigin: `https://${RP}`, expectedRPID: RP };
    const { registrationInfo } = await verifyRegistrationResponse({
      ...expected,
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          attestationObject: encodeBase64Url(made.attestationObject),
          clientDataJSON: encodeBase64Url(made.clientDataJSON),
        },
      },
      expectedChallenge: made.challenge,
    });
    const [signed] = await assertion(key, { rpId: RP, allow: [made.credentialId], ...withPin() });
    const verdict = await verifyAuthenticationResponse({
      ...expected,
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          authenticatorData: encodeBase64Url(signed!.authData),
          clientDataJSON: encodeBase64Url(signed!.clientDataJSON),
          signature: encodeBase64Url(signed!.signature),
        },
      },
      expectedChallenge: signed!.challenge,
      credential: registrationInfo!.credential,
      requireUserVerification: true,
    });
    expect(verdict.verified).toBe(true);
    const [again] = await assertion(key, { rpId: RP, allow: [made.credentialId], ...withPin() });
    expect(again!.challenge).not.toBe(signed!.challenge);
  });

  it('comes for every passkey of the site by one touch and one PIN', async () => {
    const key = await plugged();
    const made = [await add(key, 'ada'), await add(key, 'bob'), await add(key, 'eve')];
    const prompts = scriptedPrompts({ pins: [PIN] });
    const all = await assertion(key, { rpId: RP, prompts });
    expect(all.map(({ credentialId }) => credentialId)).toEqual(made.map(({ credentialId }) => credentialId).reverse());
    expect(new Set(all.map(({ userId }) => encodeBase64Url(userId!))).size).toBe(3);
    expect(prompts.log.filter((line) => !line.startsWith('touched'))).toEqual([
      'pin enter',
      'touch Touch the key to use the passkey.',
    ]);
  });

  it('asks for the PIN only where it is to, or where the key always does', async () => {
    const key = await plugged();
    await add(key, 'ada');
    const [touched] = await assertion(key, { rpId: RP, verify: false, prompts: scriptedPrompts() });
    expect(touched!.userVerified).toBe(false);
    await setAlwaysUv(key, true, withPin());
    const [verified] = await assertion(key, { rpId: RP, verify: false, ...withPin() });
    expect(verified!.userVerified).toBe(true);
  });

  it('brings back what was stored with the passkey', async () => {
    const key = await plugged();
    const credBlob = Uint8Array.of(1, 2, 3);
    const permission = { permissions: PERMISSION.makeCredential, rpId: RP };
    await withToken(key, permission, withPin(), ({ token }) =>
      makeCredential(key.ctap, {
        clientDataHash: other(),
        rp: { id: RP },
        user: { id: other(), name: 'ada' },
        algorithms: [-7],
        discoverable: true,
        token,
        extensions: cborMap([['credBlob', credBlob]]),
      }),
    );
    await add(key, 'bob');
    const all = await assertion(key, { rpId: RP, credBlob: true, ...withPin() });
    expect(all.map((each) => each.credBlob)).toEqual([undefined, credBlob]);
  });

  it('of a passkey that is not there says so', async () => {
    const key = await plugged();
    expect(await code(assertion(key, { rpId: RP, allow: [other()], ...withPin() }))).toBe('key-no-passkey');
  });
});

describe('which passkeys are on the key', () => {
  it.each(['modern', 'small', 'older'] as const)('is told without PIN and touch by the key "%s"', async (profile) => {
    const key = await plugged(profile);
    const first = (await add(key, 'ada')).credentialId;
    const second = (await add(key, 'bob')).credentialId;
    const credentialIds = [other(), second, ...Array.from({ length: 20 }, other), first, other()];
    expect(await passkeyOnKey(key, { rpId: RP, credentialIds })).toEqual([second, first]);
    expect(await passkeyOnKey(key, { rpId: RP, credentialIds: [other()] })).toEqual([]);
    expect(await passkeyOnKey(key, { rpId: RP, credentialIds: [] })).toEqual([]);
    expect(await passkeyOnKey(key, { rpId: 'other.example', credentialIds: [first] })).toEqual([]);
  });

  it('is told by a key that always wants its PIN, too', async () => {
    const key = await plugged(profiles.modern);
    const { credentialId } = await add(key, 'ada');
    await setAlwaysUv(key, true, withPin());
    expect(await passkeyOnKey(key, { rpId: RP, credentialIds: [credentialId] })).toEqual([credentialId]);
  });

  const answer = (id: Uint8Array | undefined): CborValue =>
    cborMap([
      [1, id && cborMap([['id', id]])],
      [2, new Uint8Array(37)],
      [3, Uint8Array.of(0x30)],
    ]);
  const info = parseInfo(
    cborMap([
      [1, ['FIDO_2_0']],
      [3, new Uint8Array(16)],
      [7, 8],
    ]),
  );
  const scripted = (...replies: Parameters<typeof scriptedCtap>) =>
    ({ ctap: scriptedCtap(...replies).ctap, info }) as unknown as Key;
  const [a, b] = [new Uint8Array(8).fill(1), new Uint8Array(8).fill(2)];

  it.each<[string, (CborValue | Error)[], Uint8Array[] | 'unknown']>([
    ['does not answer such questions', [ctapFault(STATUS.UNSUPPORTED_OPTION)], 'unknown'],
    ['leaves the id out of the last answer', [answer(a), answer(undefined)], [a, b]],
    ['knows one of two', [answer(b), ctapFault(STATUS.NO_CREDENTIALS)], [b]],
  ])('by a key that %s', async (_, replies, expected) => {
    expect(await passkeyOnKey(scripted(...replies), { rpId: RP, credentialIds: [a, b] })).toEqual(expected);
  });

  it('is not believed of a key that names what it was not asked for', async () => {
    const promise = passkeyOnKey(scripted(answer(new Uint8Array(8))), { rpId: RP, credentialIds: [a, b] });
    expect(await code(promise)).toBe('key-malformed');
  });
});

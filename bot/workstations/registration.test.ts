import { createHash, randomBytes, randomInt } from 'node:crypto';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { cborMap, decodeCbor, encodeCbor, type CborValue } from '../../agent/ctap/cbor';
import { makeCredential } from '../../agent/ctap/make-credential';
import { createClientPin } from '../../agent/ctap/client-pin';
import { PERMISSION } from '../../agent/ctap/pin-token';
import { deviceAt } from '../../agent/hid/devices';
import { openKey } from '../../agent/operations/key';
import { Fault } from '../../agent/protocol/fault';
import { Secret } from '../../agent/protocol/secret';
import { makeAttestationRoot, startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { hashOfChallenge, type Made, verifyRegistration } from './registration';

const RP = 'login.microsoft.com';
const PIN = new Secret('314159');
const seed = Number(process.env['KEYVOUCH_SEED'] ?? randomInt(2 ** 31));

const base64Url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');

let virtual: VirtualKey;
let challenge: string;
let good: Made;
beforeAll(async () => {
  virtual = await startVirtualKey({ touch: 'auto' });
  challenge = base64Url(randomBytes(64));
  good = await make({});
});
afterAll(() => virtual.close());

interface Wish {
  rpId?: string;
  client?: Record<string, unknown>;
}

/** What a key that does as it is told makes of any wish, also of one that our agent would refuse. */
async function make({ rpId = RP, client }: Wish): Promise<Made> {
  const data = { type: 'webauthn.create', challenge, origin: `https://${RP}`, crossOrigin: false, ...client };
  const clientDataJSON = Buffer.from(JSON.stringify(data));
  const key = await openKey(deviceAt(`tcp:127.0.0.1:${virtual.port}`));
  try {
    const pins = createClientPin(key.ctap, key.info);
    if (key.info.options['clientPin'] === false) await pins.setPin(PIN);
    const token = await pins.tokenUsingPin(PIN, { permissions: PERMISSION.makeCredential, rpId });
    const made = await makeCredential(
      key.ctap,
      {
        clientDataHash: new Uint8Array(createHash('sha256').update(clientDataJSON).digest()),
        rp: { id: rpId, name: rpId },
        user: { id: Uint8Array.from(randomBytes(32)), name: 'ada', displayName: 'Ada' },
        algorithms: [-7],
        excludeList: [],
        extensions: cborMap([]),
        discoverable: true,
        token,
      },
      { limitMs: 5000 },
    );
    const length = Buffer.from(made.authData).readUInt16BE(53);
    return {
      credentialId: base64Url(made.authData.slice(55, 55 + length)),
      clientDataJSON: base64Url(clientDataJSON),
      attestationObject: attestationOf(made.fmt, made.attStmt, made.authData),
    };
  } finally {
    await key.close();
  }
}

function attestationOf(fmt: CborValue, attStmt: CborValue, authData: Uint8Array): string {
  const parts: [string, CborValue][] = [
    ['fmt', fmt],
    ['attStmt', attStmt],
    ['authData', authData],
  ];
  return base64Url(encodeCbor(cborMap(parts)));
}

function partsOf({ attestationObject }: Made) {
  const map = decodeCbor(new Uint8Array(Buffer.from(attestationObject, 'base64url'))) as Map<string, CborValue>;
  return { fmt: map.get('fmt')!, attStmt: map.get('attStmt')!, authData: map.get('authData') as Uint8Array };
}

interface Expected {
  roots?: readonly string[];
  unattested?: 'refuse' | 'allow';
  challengeHash?: string;
}

async function verdict(made: Made, expected: Expected = {}): Promise<string> {
  const wanted = {
    challengeHash: hashOfChallenge(challenge),
    roots: [virtual.attestationRootPem],
    unattested: 'refuse' as const,
    ...expected,
  };
  try {
    const { attested } = await verifyRegistration(made, wanted);
    return attested ? 'attested' : 'unattested';
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

function withoutAttestation(made: Made): Made {
  return { ...made, attestationObject: attestationOf('none', new Map(), partsOf(made).authData) };
}

/** Changes one byte of authData, which the key has signed. */
function withByte(made: Made, at: number, change: (byte: number) => number): Made {
  const { fmt, attStmt, authData } = partsOf(made);
  const copy = Uint8Array.from(authData);
  copy[at] = change(copy[at] ?? 0);
  return { ...made, attestationObject: attestationOf(fmt, attStmt, copy) };
}

describe('what a key made', () => {
  it('is good when it was made for this job by a genuine model', async () => {
    const expected = { challengeHash: hashOfChallenge(challenge), roots: [virtual.attestationRootPem] };
    const verified = await verifyRegistration(good, { ...expected, unattested: 'refuse' });
    expect(verified).toEqual({ aaguid: virtual.aaguid, attested: true });
  });

  it.each<[string, () => Made | Promise<Made>, Expected, string]>([
    ['for another registration', () => good, { challengeHash: hashOfChallenge('other') }, 'registration-bad'],
    ['for another origin', () => make({ client: { origin: 'https://evil.example' } }), {}, 'registration-bad'],
    ['as a sign-in', () => make({ client: { type: 'webauthn.get' } }), {}, 'registration-bad'],
    ['for another site', () => make({ rpId: 'evil.example' }), {}, 'registration-bad'],
    ['without a challenge', () => make({ client: { challenge: undefined } }), {}, 'registration-bad'],
    ['and another id is given', () => ({ ...good, credentialId: base64Url(randomBytes(32)) }), {}, 'registration-bad'],
    ['and its person was not verified', () => withByte(good, 32, (flags) => flags & ~4), {}, 'registration-bad'],
    ['and nobody was present', () => withByte(good, 32, (flags) => flags & ~1), {}, 'registration-bad'],
    ['and another model is named', () => withByte(good, 37, (byte) => byte ^ 1), {}, 'key-not-attested'],
    ['and nothing readable came', () => ({ ...good, clientDataJSON: 'AAAA' }), {}, 'registration-bad'],
    ['and no attestation came', () => withoutAttestation(good), {}, 'key-not-attested'],
    ['and no maker is trusted', () => good, { roots: [] }, 'key-not-attested'],
  ])('%s is refused', async (_, made, expected, code) => {
    expect(await verdict(await made(), expected)).toBe(code);
  });

  it('by a maker that is not trusted here is refused, also where unattested keys are allowed', async () => {
    const { pem } = await otherRoot();
    expect(await verdict(good, { roots: [pem] })).toBe('key-not-attested');
    expect(await verdict(good, { roots: [pem], unattested: 'allow' })).toBe('key-not-attested');
  });

  it('without attestation is unattested, where the tenant allows that', async () => {
    expect(await verdict(withoutAttestation(good), { unattested: 'allow' })).toBe('unattested');
    expect(await verdict(good, { roots: [], unattested: 'allow' })).toBe('unattested');
  });

  it(`with any one bit flipped never attests anything else (KEYVOUCH_SEED=${seed})`, async () => {
    const bytes = Buffer.from(good.attestationObject, 'base64url');
    const signed = Buffer.from(partsOf(good).authData);
    for (let bit = seed % 11; bit < bytes.length * 8; bit += 11) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const changed = { ...good, attestationObject: base64Url(flipped) };
      if ((await verdict(changed)) !== 'attested') continue;
      // One signature can be written in more than one way (the DER around it): what it is over must be untouched.
      const read = decodeAttestationObject(new Uint8Array(flipped)).get('authData');
      expect([bit, signed.equals(read)]).toEqual([bit, true]);
    }
  }, 60_000);
});

async function otherRoot(): Promise<{ pem: string }> {
  const key = await startVirtualKey({ touch: 'auto', attestation: await makeAttestationRoot() });
  await key.close();
  return { pem: key.attestationRootPem };
}

import { randomInt } from 'node:crypto';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { startService, type TestService } from '../../bot/workstations/service.fixture';
import { Fault } from '../protocol/fault';
import { checkJob, type JobExpectation } from './check-job';
import { firstPins, type PinnedKey, withEndorsed } from './pinned-keys';

const WORKSTATION = 'ws-1';
const seed = Number(process.env['KEYVOUCH_SEED'] ?? randomInt(2 ** 31));

/** mulberry32 */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

let service: TestService;
let pinned: PinnedKey[];
beforeAll(async () => {
  service = await startService();
  pinned = await firstPins(await service.serviceKeys());
});
afterAll(() => service.close());

function expected(change: Partial<JobExpectation> = {}): JobExpectation {
  const never = () => false;
  return { pinned, service: service.url, workstation: WORKSTATION, now: new Date(), floor: 0, seen: never, ...change };
}

async function jobOf(change: Record<string, unknown> = {}): Promise<string> {
  return service.sign('keyvouch-job+jwt', await service.jobClaims(WORKSTATION, change));
}

async function codeOf(jws: string, change: Partial<JobExpectation> = {}): Promise<string> {
  try {
    await checkJob(jws, expected(change));
    return 'accepted';
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);

describe('a job', () => {
  it('that the service signed for this workstation is accepted', async () => {
    const { claims, digest } = await checkJob(await jobOf(), expected());
    expect(claims.subject.name).toBe('Ada Lovelace');
    expect(digest).toHaveLength(43);
  });

  it(`with any one bit flipped is refused (KEYVOUCH_SEED=${seed})`, async () => {
    const jws = await jobOf();
    const bytes = Buffer.from(jws);
    const random = randomFrom(seed);
    // Every bit of the header and the signature, and of every other part a sample.
    const signatureFrom = jws.lastIndexOf('.');
    let accepted = 0;
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const at = bit >> 3;
      if (at > 120 && at < signatureFrom && random() > 0.3) continue;
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7));
      const text = flipped.toString('latin1');
      // The last character of base64url has bits that stand for nothing; a decoder may read the same bytes.
      if (sameBytes(text, jws)) continue;
      if ((await codeOf(text)) === 'accepted') accepted += 1;
    }
    expect(accepted).toBe(0);
  }, 60_000);

  const iat = Math.floor(Date.now() / 1000);
  it.each<[string, Record<string, unknown>, string]>([
    ['for another workstation', { aud: 'ws-2' }, 'job-not-trusted'],
    ['from another service', { iss: 'https://evil.example' }, 'job-not-trusted'],
    ['for another site', { rpId: 'evil.example' }, 'job-not-trusted'],
    ['to do something else', { act: 'assert' }, 'job-not-trusted'],
    ['with a challenge in it', { challenge: 'AAAA' }, 'job-not-trusted'],
    ['with an id of another kind', { jti: 'x' }, 'job-not-trusted'],
    ['without a subject', { subject: undefined }, 'job-not-trusted'],
    [
      'for somebody else than was approved',
      { subject: { id: 'eve', name: '', userPrincipalName: '' } },
      'job-not-trusted',
    ],
    ['without an approval', { decision: '' }, 'job-not-trusted'],
    ['that is over', { iat: iat - 1200, exp: iat - 600 }, 'job-expired'],
    ['that was over before it was made', { iat, exp: iat - 1 }, 'job-expired'],
    ['that lives too long', { exp: iat + 86_400 }, 'job-expired'],
    ['from the future', { iat: iat + 600, exp: iat + 1200 }, 'clock-off'],
  ])('%s is refused', async (_, change, code) => {
    expect(await codeOf(await jobOf(change))).toBe(code);
  });

  const aaguid = 'cb69481e-8ff7-4039-93ec-0a2729a154a8';
  const ids = (count: number, length = 64) => Array<string>(count).fill('A'.repeat(length));
  it.each<[string, Record<string, unknown>]>([
    ['inspect', { act: 'inspect', credentialIds: ids(64) }],
    ["inspect of nobody's", { act: 'inspect', credentialIds: [] }],
    ['set-pin', { act: 'set-pin' }],
    ['reset', { act: 'reset', credentialIds: ['AAAA-_', 'AA+/=='], expected: { aaguid, answered: ['AA+/=='] } }],
    ['remove-passkey', { act: 'remove-passkey', credentialId: 'AAAA' }],
    ['fingerprints', { act: 'fingerprints', most: 10 }],
    ['config', { act: 'config', settings: { minimumPin: 6 } }],
  ])('to %s is accepted, and not with anything more in it', async (_, change) => {
    expect(await codeOf(await jobOf(change))).toBe('accepted');
    for (const more of [{ challenge: 'AAAA' }, { clientDataHash: 'AAAA' }, { options: {} }, { pin: '4711' }]) {
      expect(await codeOf(await jobOf({ ...change, ...more }))).toBe('job-not-trusted');
    }
    const stranger = { subject: { id: 'eve', name: '', userPrincipalName: '' } };
    expect(await codeOf(await jobOf({ ...change, ...stranger }))).toBe('job-not-trusted');
    expect(await codeOf(await jobOf({ ...change, rpId: 'evil.example' }))).toBe('job-not-trusted');
  });

  it.each<[string, Record<string, unknown>]>([
    ['register with passkeys in it', { act: 'register', credentialIds: [] }],
    ['inspect without passkeys', { act: 'inspect' }],
    ['inspect too many passkeys', { act: 'inspect', credentialIds: ids(65) }],
    ['inspect passkeys that are too long', { act: 'inspect', credentialIds: ids(1, 1401) }],
    ['inspect passkeys that are too long together', { act: 'inspect', credentialIds: ids(60, 1400) }],
    ['inspect what is no passkey', { act: 'inspect', credentialIds: ['<script>'] }],
    ['reset without passkeys', { act: 'reset', expected: { aaguid, answered: [] } }],
    ['reset any key', { act: 'reset', credentialIds: [] }],
    ['reset a key of any model', { act: 'reset', credentialIds: [], expected: { answered: [] } }],
    ['remove no passkey', { act: 'remove-passkey' }],
    ['remove two passkeys', { act: 'remove-passkey', credentialId: 'A', credentialIds: ['B'] }],
    ['enrol no finger', { act: 'fingerprints', most: 0 }],
    ['enrol eleven fingers', { act: 'fingerprints', most: 11 }],
    ['set nothing', { act: 'config', settings: {} }],
    ['let the key ask for nobody', { act: 'config', settings: { alwaysUv: false } }],
    ['let the PIN stay', { act: 'config', settings: { forcePinChange: false } }],
    ['shorten the PIN', { act: 'config', settings: { minimumPin: 3 } }],
    ['set what is no setting', { act: 'config', settings: { alwaysUv: true, enterpriseAttestation: true } }],
  ])('to %s is refused', async (_, change) => {
    expect(await codeOf(await jobOf(change))).toBe('job-not-trusted');
  });

  it.each<[string, Partial<JobExpectation>, string]>([
    ['that ran before', { seen: () => true }, 'job-seen'],
    ['at another workstation', { workstation: 'ws-2' }, 'job-not-trusted'],
    ['when it is over', { now: later(11) }, 'job-expired'],
    ['while the clock is behind the job', { now: later(-20) }, 'clock-off'],
    ['while the clock is behind an earlier job', { floor: Date.now() / 1000 + 600 }, 'clock-off'],
    ['with nothing pinned', { pinned: [] }, 'job-not-trusted'],
  ])('%s is refused', async (_, change, code) => {
    expect(await codeOf(await jobOf(), change)).toBe(code);
  });

  it('whose approval names another workstation is refused', async () => {
    const useUntil = later(60).toISOString();
    const claims = { subject: 'ada', workstations: ['ws-2'], useUntil };
    const decision = await service.sign('keyvouch-decision+jwt', claims);
    expect(await codeOf(await jobOf({ decision }))).toBe('job-not-trusted');
  });

  it('signed for another purpose is refused', async () => {
    const claims = await service.jobClaims(WORKSTATION);
    for (const purpose of ['keyvouch-decision+jwt', 'keyvouch-key+jwt', 'keyvouch-anchor+jwt'] as const) {
      expect(await codeOf(await service.sign(purpose, claims))).toBe('job-not-trusted');
    }
  });

  it('signed by a stranger under a pinned name is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const claims = new TextEncoder().encode(JSON.stringify(await service.jobClaims(WORKSTATION)));
    const header = { alg: 'ES256', typ: 'keyvouch-job+jwt', kid: pinned[0]!.kid };
    expect(await codeOf(await new CompactSign(claims).setProtectedHeader(header).sign(privateKey))).toBe(
      'job-not-trusted',
    );
  });

  it('whose parts are swapped with those of another is refused', async () => {
    const [first, second] = [(await jobOf()).split('.'), (await jobOf()).split('.')];
    const mixed = [0, 1, 2].map((at) => first.map((part, index) => (index === at ? second[at] : part)).join('.'));
    const [header, payload, signature] = mixed;
    // Both have the same header, so swapping that changes nothing.
    expect(await codeOf(header!)).toBe('accepted');
    expect(await codeOf(payload!)).toBe('job-not-trusted');
    expect(await codeOf(signature!)).toBe('job-not-trusted');
  });

  it.each(['', '.', '..', 'a.b.c', 'x'.repeat(100_000), JSON.stringify({})])('that is none is refused', async (jws) => {
    expect(await codeOf(jws)).toBe('job-not-trusted');
  });

  it('that says it needs no signature is refused', async () => {
    const [header, payload] = (await jobOf()).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'keyvouch-job+jwt' })).toString('base64url');
    expect(await codeOf(`${none}.${payload!}.`)).toBe('job-not-trusted');
    expect(await codeOf(`${header!}.${payload!}.`)).toBe('job-not-trusted');
  });
});

describe('a new key of the service', () => {
  it('is taken only when a pinned key names it, through any number of turns', async () => {
    const chat = await startService();
    try {
      const pins = await firstPins(await chat.serviceKeys());
      expect(await withEndorsed(pins, await chat.serviceKeys())).toBe(pins);
      for (let turn = 0; turn < 3; turn++) await chat.rotate();
      const now = await chat.serviceKeys();
      const grown = await withEndorsed(pins, { ...now, endorsements: now.endorsements.toReversed() });
      expect(new Set(grown.map(({ kid }) => kid))).toEqual(new Set(now.keys.map(({ kid }) => kid)));
      // A link that is missing breaks the chain behind it.
      expect(await withEndorsed(pins, { ...now, endorsements: now.endorsements.slice(1) })).toBe(pins);
      expect(await withEndorsed(pinned, now)).toBe(pinned);
    } finally {
      await chat.close();
    }
  });

  it('under the name of another key is not taken', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'some-name' };
    const endorsements = [await service.sign('keyvouch-key+jwt', { jwk })];
    const { keys } = await service.serviceKeys();
    expect(await withEndorsed(pinned, { keys, endorsements })).toBe(pinned);
    const named = [{ ...keys[0]!, kid: 'some-name' }];
    await expect(firstPins({ keys: named, endorsements: [] })).rejects.toMatchObject({ code: 'service-keys-odd' });
  });

  it('that is endorsed by a forger under a pinned name, or with a bit turned, is not taken', async () => {
    const chat = await startService();
    try {
      const pins = await firstPins(await chat.serviceKeys());
      await chat.rotate();
      const { keys, endorsements } = await chat.serviceKeys();
      const [good] = endorsements;
      expect(await withEndorsed(pins, { keys, endorsements })).toHaveLength(2);
      const { privateKey } = await generateKeyPair('ES256');
      const payload = Buffer.from(good!.split('.')[1]!, 'base64url');
      const header = { alg: 'ES256', typ: 'keyvouch-key+jwt', kid: pins[0]!.kid };
      const forged = await new CompactSign(payload).setProtectedHeader(header).sign(privateKey);
      const stranger = await new CompactSign(payload).setProtectedHeader({ ...header, kid: 'nobody' }).sign(privateKey);
      const turned = good!.replace(/\.(.)/, (_, first: string) => `.${first === 'A' ? 'B' : 'A'}`);
      for (const bad of [forged, stranger, turned, good!.slice(0, -4), '', 'a.b.c']) {
        expect(await withEndorsed(pins, { keys, endorsements: [bad] })).toBe(pins);
      }
      // A job by the new key is nobody's before the endorsement is taken, and a job after.
      const jws = await chat.sign('keyvouch-job+jwt', await chat.jobClaims(WORKSTATION));
      const grown = await withEndorsed(pins, { keys, endorsements });
      expect(await codeOf(jws, { pinned: pins, service: chat.url })).toBe('job-not-trusted');
      expect(await codeOf(jws, { pinned: [...grown], service: chat.url })).toBe('accepted');
    } finally {
      await chat.close();
    }
  });

  it('endorsed for another purpose is not taken', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    const { kty, crv, x, y } = await exportJWK(publicKey);
    const { calculateJwkThumbprint } = await import('jose');
    const jwk = { kty, crv, x, y, kid: await calculateJwkThumbprint({ kty: kty!, crv: crv!, x: x!, y: y! }) };
    const { keys } = await service.serviceKeys();
    const wrong = [await service.sign('keyvouch-job+jwt', { jwk })];
    expect(await withEndorsed(pinned, { keys, endorsements: wrong })).toBe(pinned);
    const right = [await service.sign('keyvouch-key+jwt', { jwk })];
    expect(await withEndorsed(pinned, { keys, endorsements: right })).toHaveLength(2);
  });
});

function sameBytes(one: string, other: string): boolean {
  const bytes = (jws: string) => jws.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
  return /^[\w.-]+$/.test(one) && bytes(one).join('.') === bytes(other).join('.');
}

import { randomInt, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair } from 'jose';
import { Fault } from '../../agent/protocol/fault';
import { WorkstationJwk } from '../../agent/protocol/messages';
import { PAIR_PROOF_TYPE, PROOF_TYPE } from '../../agent/protocol/request-proof';
import { type WorkstationStore } from '../service/ports';
import { authenticate, type SignedRequest } from './authenticate';
import { digestOf } from './digest';
import { memoryWorkstations } from './memory-store.fixture';

const PUBLIC_URL = 'https://keyvouch.example';
const NOW = new Date('2026-03-01T12:00:00Z');
const IAT = Math.floor(NOW.getTime() / 1000);
const seed = Number(process.env['KEYVOUCH_SEED'] ?? randomInt(2 ** 31));

async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y } = await exportJWK(publicKey);
  const jwk = WorkstationJwk.parse({ kty, crv, x, y });
  return { privateKey, jwk, thumbprint: await calculateJwkThumbprint(jwk) };
}
type Key = Awaited<ReturnType<typeof newKey>>;

let store: WorkstationStore;
let key: Key;
let other: Key;
beforeAll(async () => {
  [key, other] = [await newKey(), await newKey()];
});
beforeEach(async () => {
  store = memoryWorkstations();
  for (const [id, { jwk, thumbprint }, state] of [
    ['ws-1', key, 'active'],
    ['ws-2', other, 'active'],
    ['ws-gone', key, 'removed'],
  ] as const) {
    const publicJwk = JSON.stringify(jwk);
    const row = { id, person: 'ada', kind: 'own', name: id, state, publicJwk, thumbprint } as const;
    await store.put({ ...row, pairedAt: NOW.toISOString() });
  }
});

interface Change {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  by?: Key;
  request?: Partial<SignedRequest>;
}

const BODY = Buffer.from('{"number":"42"}');
const PATH = '/api/workstations/ws-1/jobs/job-1/start';

async function signed({ claims, header, by = key, request }: Change = {}): Promise<SignedRequest> {
  const all = {
    aud: PUBLIC_URL,
    htm: 'POST',
    htu: PUBLIC_URL + PATH,
    iat: IAT,
    exp: IAT + 60,
    jti: randomUUID(),
    bh: digestOf(BODY),
    ...claims,
  };
  const proof = await new CompactSign(new TextEncoder().encode(JSON.stringify(all)))
    .setProtectedHeader({ alg: 'ES256', typ: PROOF_TYPE, kid: by.thumbprint, ...header })
    .sign(by.privateKey);
  return { method: 'POST', path: PATH, proof, body: BODY, workstation: 'ws-1', ...request };
}

async function answerTo(request: SignedRequest): Promise<string> {
  try {
    const { value } = await authenticate({ store, publicUrl: PUBLIC_URL, now: () => NOW }, request);
    return value.id;
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

describe('a signed request', () => {
  it('of a paired workstation is its own', async () => {
    expect(await answerTo(await signed())).toBe('ws-1');
  });

  it.each<[string, Change, string]>([
    ['not signed', { request: { proof: null } }, 'proof-missing'],
    ['with a proof that is too long', { request: { proof: 'x'.repeat(5000) } }, 'proof-missing'],
    ['of an unknown workstation', { request: { workstation: 'ws-3' } }, 'workstation-not-paired'],
    ['of a removed workstation', { request: { workstation: 'ws-gone' } }, 'workstation-not-paired'],
    ['in the name of another workstation', { request: { workstation: 'ws-2' } }, 'proof-bad'],
    ['by the key of another workstation', { header: {} }, 'proof-bad'],
    ['of another type', { header: { typ: PAIR_PROOF_TYPE } }, 'proof-bad'],
    ['under another name', { header: { kid: 'x' } }, 'proof-bad'],
    ['for another service', { claims: { aud: 'https://evil.example' } }, 'proof-bad'],
    ['for another address', { claims: { htu: `${PUBLIC_URL}/api/workstations/ws-1/jobs` } }, 'proof-bad'],
    ['for another method', { request: { method: 'GET' } }, 'proof-bad'],
    ['with another body', { request: { body: Buffer.from('{"number":"43"}') } }, 'proof-bad'],
    ['with another path', { request: { path: '/api/workstations/ws-1/jobs/job-2/start' } }, 'proof-bad'],
    ['without an id', { claims: { jti: '' } }, 'proof-bad'],
    ['that lives too long', { claims: { exp: IAT + 61 } }, 'clock-off'],
    ['from an hour ago', { claims: { iat: IAT - 3600, exp: IAT - 3540 } }, 'clock-off'],
    ['from the future', { claims: { iat: IAT + 120, exp: IAT + 180 } }, 'clock-off'],
  ])('%s is refused', async (what, change, code) => {
    expect(await answerTo(await signed(what.startsWith('by the key') ? { by: other } : change))).toBe(code);
  });

  it('whose clock is off by less than a minute is taken', async () => {
    for (const skew of [-59, 59]) {
      expect(await answerTo(await signed({ claims: { iat: IAT + skew, exp: IAT + skew + 60 } }))).toBe('ws-1');
    }
  });

  it('counts once, however often and however close together it comes', async () => {
    const request = await signed();
    const answers = await Promise.all(Array.from({ length: 32 }, () => answerTo(request)));
    expect(answers.filter((answer) => answer === 'ws-1')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'proof-replayed')).toHaveLength(31);
  });

  it('is not spent by one that only looks like it', async () => {
    const request = await signed();
    expect(await answerTo({ ...request, body: Buffer.from('{}') })).toBe('proof-bad');
    expect(await answerTo(request)).toBe('ws-1');
  });

  it(`with any one bit of its proof flipped is refused (KEYVOUCH_SEED=${seed})`, async () => {
    const { proof, ...request } = await signed();
    const bytes = Buffer.from(proof ?? '');
    const from = seed % 3;
    let tried = 0;
    for (let bit = from; bit < bytes.length * 8; bit += 3) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const text = flipped.toString('latin1');
      if (sameBytes(text, proof ?? '')) continue;
      tried += 1;
      expect(await answerTo({ ...request, proof: text })).not.toBe('ws-1');
    }
    expect(tried).toBeGreaterThan(1000);
  }, 60_000);
});

/** The last character of base64url has bits that stand for nothing. */
function sameBytes(one: string, other: string): boolean {
  const bytes = (jws: string) => jws.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
  return /^[\w.-]+$/.test(one) && bytes(one).join('.') === bytes(other).join('.');
}

import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair } from 'jose';
import { Fault } from '../../agent/protocol/fault';
import { type KeyRequest, WorkstationJwk } from '../../agent/protocol/messages';
import { PAIR_PROOF_TYPE, PROOF_TYPE, ROTATE_PROOF_TYPE } from '../../agent/protocol/request-proof';
import { rotationText } from '../../agent/protocol/rotation-text';
import { type WorkstationRecord, type WorkstationStore } from '../service/ports';
import { authenticate } from './authenticate';
import { digestOf } from './digest';
import { memoryWorkstations } from './memory-store.fixture';
import { noteNextKey } from './rotate';
import { workstationIdOf } from './workstation-id';

const PUBLIC_URL = 'https://keyvouch.example';
const NOW = new Date('2026-03-01T12:00:00Z');
const IAT = Math.floor(NOW.getTime() / 1000);
const PATH = '/api/workstations/ws-1/key';

async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y } = await exportJWK(publicKey);
  const jwk = WorkstationJwk.parse({ kty, crv, x, y });
  return { privateKey, jwk, thumbprint: await calculateJwkThumbprint(jwk) };
}
type Key = Awaited<ReturnType<typeof newKey>>;

let old: Key;
let next: Key;
let store: WorkstationStore;
beforeAll(async () => {
  [old, next] = [await newKey(), await newKey()];
});
beforeEach(async () => {
  store = memoryWorkstations();
  await put({});
});

async function put(change: Partial<WorkstationRecord>) {
  const before = await store.get('ws-1');
  const { jwk, thumbprint } = old;
  const row = { id: 'ws-1', person: 'ada', kind: 'own', name: 'laptop', state: 'active', thumbprint } as const;
  const record = { ...row, publicJwk: JSON.stringify(jwk), pairedAt: NOW.toISOString(), ...change };
  await store.put(record, before?.etag);
}

function sign(by: Key, typ: string, change: Record<string, unknown> = {}): Promise<string> {
  const claims = { aud: PUBLIC_URL, htm: 'POST', htu: PUBLIC_URL + PATH, iat: IAT, exp: IAT + 60, jti: randomUUID() };
  const bytes = new TextEncoder().encode(JSON.stringify({ ...claims, bh: digestOf(''), ...change }));
  return new CompactSign(bytes).setProtectedHeader({ alg: 'ES256', typ, kid: by.thumbprint }).sign(by.privateKey);
}

interface Change {
  by?: Key;
  typ?: string;
  workstation?: string;
  present?: string;
  jwk?: WorkstationJwk;
  claims?: Record<string, unknown>;
}

async function requestOf({ by = next, typ = ROTATE_PROOF_TYPE, ...change }: Change = {}): Promise<KeyRequest> {
  const text = rotationText(change.workstation ?? 'ws-1', change.present ?? old.thumbprint, change.jwk ?? by.jwk);
  return { jwk: by.jwk, proof: await sign(by, typ, { bh: digestOf(text), ...change.claims }) };
}

const deps = () => ({ store, publicUrl: PUBLIC_URL, now: () => NOW });
const record = async () => (await store.get('ws-1'))!.value;
const name = async (request: KeyRequest) => noteNextKey(deps(), await record(), request, PATH);

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'taken';
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

async function hear(by: Key): Promise<string> {
  const path = '/api/workstations/ws-1/jobs';
  const proof = await sign(by, PROOF_TYPE, { htm: 'GET', htu: PUBLIC_URL + path, bh: digestOf('') });
  const request = { method: 'GET', path, proof, body: Buffer.alloc(0), workstation: 'ws-1' };
  return codeOf(authenticate(deps(), request));
}

describe('a next key', () => {
  it('is the key from its first request on, and not before', async () => {
    expect(await name(await requestOf())).toEqual({ thumbprint: next.thumbprint });
    expect(await hear(old)).toBe('taken');
    expect((await record()).thumbprint).toBe(old.thumbprint);
    expect(await hear(next)).toBe('taken');
    expect(await record()).toMatchObject({ thumbprint: next.thumbprint, publicJwk: JSON.stringify(next.jwk) });
    expect((await record()).next).toBeUndefined();
    expect(await hear(old)).toBe('proof-bad');
  });

  it('that is named twice, because the reply was lost, is one', async () => {
    await name(await requestOf());
    const before = await store.get('ws-1');
    await name(await requestOf());
    expect(await store.get('ws-1')).toEqual(before);
  });

  it('gives way to one that is named later', async () => {
    const third = await newKey();
    await name(await requestOf());
    await name(await requestOf({ by: third }));
    expect(await hear(next)).toBe('proof-bad');
    expect(await hear(third)).toBe('taken');
  });

  it('that signs many requests at once is the key, once', async () => {
    await name(await requestOf());
    const heard = await Promise.all(Array.from({ length: 12 }, () => hear(next)));
    expect(new Set(heard)).toEqual(new Set(['taken']));
    expect(await hear(old)).toBe('proof-bad');
  });

  it('named by a key whose time ended while that was on its way is refused', async () => {
    await name(await requestOf());
    const late = await record();
    expect(await hear(next)).toBe('taken');
    const third = await requestOf({ by: await newKey() });
    expect(await codeOf(noteNextKey(deps(), late, third, PATH))).toBe('workstation-not-paired');
    expect(await record()).not.toHaveProperty('next');
  });

  it('whose first request is not good is not taken', async () => {
    await name(await requestOf());
    const proof = await sign(next, PROOF_TYPE, { htm: 'GET', htu: PUBLIC_URL });
    const request = { method: 'GET', path: '/api/workstations/ws-1/jobs', proof, body: Buffer.alloc(0) };
    expect(await codeOf(authenticate(deps(), { ...request, workstation: 'ws-1' }))).toBe('proof-bad');
    expect((await record()).thumbprint).toBe(old.thumbprint);
  });

  it.each<[string, () => Change, string]>([
    ['proven by another key', () => ({ jwk: next.jwk, by: old }), 'proof-bad'],
    ['proven for another workstation', () => ({ workstation: 'ws-2' }), 'proof-bad'],
    ['proven for an earlier turn', () => ({ present: next.thumbprint }), 'proof-bad'],
    ['proven as a request', () => ({ typ: PROOF_TYPE }), 'proof-bad'],
    ['proven as a pairing', () => ({ typ: PAIR_PROOF_TYPE }), 'proof-bad'],
    ['proven for another service', () => ({ claims: { aud: 'https://evil.example' } }), 'proof-bad'],
    ['proven for another address', () => ({ claims: { htu: `${PUBLIC_URL}/api/workstations/ws-2/key` } }), 'proof-bad'],
    ['proven an hour ago', () => ({ claims: { iat: IAT - 3600, exp: IAT - 3540 } }), 'clock-off'],
    ['proven for too long', () => ({ claims: { exp: IAT + 600 } }), 'clock-off'],
    ['that is the present one', () => ({ by: old }), 'workstation-key-used'],
  ])('%s is refused', async (_, change, code) => {
    expect(await codeOf(requestOf(change()).then(name))).toBe(code);
    expect((await record()).next).toBeUndefined();
  });

  it('with the public half of a key that its proof is not by is refused', async () => {
    const third = await newKey();
    expect(await codeOf(requestOf().then((request) => name({ ...request, jwk: third.jwk })))).toBe('proof-bad');
  });

  it('that another workstation was paired with is refused', async () => {
    const id = workstationIdOf(next.thumbprint);
    await store.put({ ...(await record()), id, thumbprint: next.thumbprint });
    expect(await codeOf(requestOf().then(name))).toBe('workstation-key-used');
  });

  it.each(['pairing', 'removed'] as const)('of a workstation that is %s is refused', async (state) => {
    await put({ state });
    expect(await codeOf(requestOf().then(name))).toBe('workstation-not-paired');
  });

  it('of a workstation that was removed meanwhile opens nothing', async () => {
    await name(await requestOf());
    await put({ ...(await record()), state: 'removed' });
    expect(await hear(next)).toBe('workstation-not-paired');
  });
});

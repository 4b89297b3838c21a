import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair } from 'jose';
import { Fault } from '../../agent/protocol/fault';
import { type PairRequest, WorkstationJwk } from '../../agent/protocol/messages';
import { parsePairingCode } from '../../agent/protocol/pairing-code';
import { pairingText } from '../../agent/protocol/pairing-text';
import { PAIR_PROOF_TYPE } from '../../agent/protocol/request-proof';
import { fileKeys } from '../keys/file-keys';
import { type Keys } from '../keys/keys';
import { newCode } from './codes';
import { digestOf } from './digest';
import { memoryWorkstations } from './memory-store.fixture';
import { pair, type PairDeps } from './pair';

const PUBLIC_URL = 'https://keyvouch.example';
const PATH = '/api/workstations/pair';

let home: string;
let keys: Keys;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'keyvouch-'));
  keys = await fileKeys(join(home, 'keys.json'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

function service() {
  let moment = Date.parse('2026-03-01T12:00:00Z');
  const now = () => new Date(moment);
  const deps: PairDeps = { store: memoryWorkstations(), keys, now, publicUrl: PUBLIC_URL, newId: () => 'id' };
  return { ...deps, pass: (minutes: number) => void (moment += minutes * 60_000) };
}

async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y } = await exportJWK(publicKey);
  return { privateKey, jwk: WorkstationJwk.parse({ kty, crv, x, y }) };
}
type Key = Awaited<ReturnType<typeof newKey>>;

/** What an agent sends; `change` is put in after it was signed. */
async function requestOf(key: Key, code: string, now: Date, change: Partial<PairRequest> = {}): Promise<PairRequest> {
  const about = { ...parsePairingCode(code)!, jwk: key.jwk, name: 'laptop', platform: 'linux', agentVersion: '1' };
  const iat = Math.floor(now.getTime() / 1000);
  const claims = {
    aud: PUBLIC_URL,
    htm: 'POST',
    htu: PUBLIC_URL + PATH,
    iat,
    exp: iat + 60,
    jti: randomBytes(16).toString('hex'),
    bh: digestOf(pairingText(about)),
  };
  const proof = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', typ: PAIR_PROOF_TYPE, kid: await calculateJwkThumbprint(key.jwk) })
    .sign(key.privateKey);
  return { ...about, proof, ...change };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'taken';
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

describe('a pairing code', () => {
  it('takes one workstation in, as one that waits to be confirmed', async () => {
    const deps = service();
    const { code } = await newCode(deps, 'ada', 'own');
    const record = await pair(deps, await requestOf(await newKey(), code.reveal(), deps.now()), PATH);
    expect(record).toMatchObject({ person: 'ada', kind: 'own', name: 'laptop', state: 'pairing' });
    expect(await codeOf(pair(deps, await requestOf(await newKey(), code.reveal(), deps.now()), PATH))).toBe(
      'pairing-code-wrong',
    );
  });

  it('is stored as nothing that gives it away', async () => {
    const deps = service();
    const code = (await newCode(deps, 'ada', 'own')).code.reveal();
    const { publicPart, secretPart } = parsePairingCode(code)!;
    expect(JSON.stringify(await deps.store.code(publicPart))).not.toContain(secretPart);
  });

  it('is over after ten minutes', async () => {
    const deps = service();
    const { code } = await newCode(deps, 'ada', 'own');
    deps.pass(10);
    const late = pair(deps, await requestOf(await newKey(), code.reveal(), deps.now()), PATH);
    expect(await codeOf(late)).toBe('pairing-code-wrong');
  });

  it('is dead after five wrong tries, also when they come at once', async () => {
    const deps = service();
    const code = (await newCode(deps, 'ada', 'own')).code.reveal();
    const wrong = `${code.slice(0, 4)}-0000-0000`;
    const key = await newKey();
    const tries = Array.from({ length: 5 }, async () => pair(deps, await requestOf(key, wrong, deps.now()), PATH));
    expect(await Promise.all(tries.map(codeOf))).toEqual(Array(5).fill('pairing-code-wrong'));
    expect((await deps.store.code(code.slice(0, 4)))?.value.triesLeft).toBe(0);
    expect(await codeOf(pair(deps, await requestOf(key, code, deps.now()), PATH))).toBe('pairing-code-wrong');
  });

  it('used twice at once pairs one workstation', async () => {
    const deps = service();
    const code = (await newCode(deps, 'ada', 'own')).code.reveal();
    const tries = Array.from({ length: 8 }, async () => {
      const request = await requestOf(await newKey(), code, deps.now());
      return codeOf(pair(deps, request, PATH));
    });
    expect((await Promise.all(tries)).filter((answer) => answer === 'taken')).toHaveLength(1);
    expect(await deps.store.ofPerson('ada')).toHaveLength(1);
  });
});

describe('a workstation that pairs', () => {
  it('and asks again, because the reply was lost, is the same one', async () => {
    const deps = service();
    const [code, key] = [(await newCode(deps, 'ada', 'own')).code.reveal(), await newKey()];
    const first = await pair(deps, await requestOf(key, code, deps.now()), PATH);
    expect(await pair(deps, await requestOf(key, code, deps.now()), PATH)).toEqual(first);
    expect(await deps.store.ofPerson('ada')).toHaveLength(1);
  });

  it('before it was confirmed, with another code, is paired for the person of that code', async () => {
    const deps = service();
    const key = await newKey();
    for (const person of ['ada', 'grace']) {
      const { code } = await newCode(deps, person, 'own');
      const record = await pair(deps, await requestOf(key, code.reveal(), deps.now()), PATH);
      expect(record).toMatchObject({ person, state: 'pairing' });
    }
  });

  it.each(['active', 'removed'] as const)(
    'with a key that was %s before is refused, and its code is left',
    async (state) => {
      const deps = service();
      const key = await newKey();
      const first = await newCode(deps, 'ada', 'own');
      const record = await pair(deps, await requestOf(key, first.code.reveal(), deps.now()), PATH);
      const found = (await deps.store.get(record.id))!;
      await deps.store.put({ ...found.value, state }, found.etag);
      const second = (await newCode(deps, 'ada', 'own')).code.reveal();
      expect(await codeOf(pair(deps, await requestOf(key, second, deps.now()), PATH))).toBe('workstation-key-used');
      expect((await deps.store.code(second.slice(0, 4)))?.value.usedBy).toBeUndefined();
    },
  );

  it.each<[string, Partial<PairRequest>]>([
    ['another name', { name: 'other' }],
    ['another code', { secretPart: '00000000' }],
    ['another platform', { platform: 'win32' }],
    ['another version', { agentVersion: '2' }],
    ['no proof', { proof: '' }],
  ])('with %s than it signed is refused, and costs the code no try', async (_, change) => {
    const deps = service();
    const code = (await newCode(deps, 'ada', 'own')).code.reveal();
    expect(await codeOf(pair(deps, await requestOf(await newKey(), code, deps.now(), change), PATH))).toBe('proof-bad');
    expect((await deps.store.code(code.slice(0, 4)))?.value.triesLeft).toBe(5);
  });

  it("with another's public key is refused", async () => {
    const deps = service();
    const code = (await newCode(deps, 'ada', 'own')).code.reveal();
    const { jwk } = await newKey();
    expect(await codeOf(pair(deps, await requestOf(await newKey(), code, deps.now(), { jwk }), PATH))).toBe(
      'proof-bad',
    );
  });
});

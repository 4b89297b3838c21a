import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign, exportJWK, generateKeyPair, importJWK } from 'jose';
import { fileKeys, rotateFileKeys } from './file-keys';
import { digitsOf, type Keys, type Purpose } from './keys';
import { publicJwk, verifyWith } from './verify';

const PURPOSES: Purpose[] = [
  'keyvouch-decision+jwt',
  'keyvouch-containment+jwt',
  'keyvouch-freeze+jwt',
  'keyvouch-thaw+jwt',
  'keyvouch-job+jwt',
  'keyvouch-key+jwt',
  'keyvouch-anchor+jwt',
];
const CLAIMS = { ticket: 'T', when: 'now', list: [1, 'zwei'] };
const BAD = { code: 'signature-bad', retry: false };

let folder: string;
let path: string;
let keys: Keys;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyvouch-'));
  path = join(folder, 'deeper', 'keys.json');
  keys = await fileKeys(path);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('the file is made at the first start, for its owner alone, and read at the next', async () => {
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const jws = await keys.sign('keyvouch-decision+jwt', CLAIMS);
  const again = await fileKeys(path);
  expect(await again.verify('keyvouch-decision+jwt', jws)).toEqual(CLAIMS);
  expect(await again.publicKeys()).toEqual(await keys.publicKeys());
  expect(again.derive('seal', 'x')).toEqual(keys.derive('seal', 'x'));
});

test('of many who start at once all have the same keys, and no other file is left', async () => {
  const fresh = join(folder, 'fresh', 'keys.json');
  const all = await Promise.all(Array.from({ length: 8 }, () => fileKeys(fresh)));
  const roots = all.map((one) => one.derive('seal', 'x').toString('hex'));
  expect(new Set(roots).size).toBe(1);
  expect(readdirSync(join(folder, 'fresh'))).toEqual(['keys.json']);
  expect(statSync(fresh).mode & 0o777).toBe(0o600);
});

test('public keys hold no private part', async () => {
  for (const jwk of await keys.publicKeys()) expect(Object.keys(jwk)).not.toContain('d');
});

test.each(PURPOSES)('what is signed as %s is good for that, and for nothing else', async (purpose) => {
  const jws = await keys.sign(purpose, CLAIMS);
  for (const other of PURPOSES) {
    const verified = keys.verify(other, jws);
    await (other === purpose ? expect(verified).resolves.toEqual(CLAIMS) : expect(verified).rejects.toMatchObject(BAD));
  }
});

describe('refused is', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

  test('a signature with any letter changed', async () => {
    const jws = await keys.sign('keyvouch-decision+jwt', CLAIMS);
    // The very last letter of a part may hold bits that no byte needs.
    const places = Array.from(jws, (letter, at) => ({ letter, at, next: jws[at + 1] ?? '.' }))
      .filter(({ letter, next }) => letter !== '.' && next !== '.')
      .map(({ at }) => at);
    const some = places.filter((_, index) => index % 5 === 0);
    expect(some.length).toBeGreaterThan(40);
    for (const at of some) {
      await expect(keys.verify('keyvouch-decision+jwt', flip(jws, at))).rejects.toMatchObject(BAD);
    }
  });

  test.each<[string, (jws: string) => string | Promise<string>]>([
    ['nothing', () => ''],
    ['no JWS', () => 'abc'],
    ['other claims under the same signature', (jws) => jws.replace(/\.[^.]+\./, `.${part({ ticket: 'U' })}.`)],
    ['no signature', (jws) => jws.replace(/[^.]+$/, '')],
    ['alg none', () => `${part({ alg: 'none', typ: 'keyvouch-decision+jwt' })}.${part(CLAIMS)}.`],
    [
      'an HMAC under the public key',
      () => `${part({ alg: 'HS256', typ: 'keyvouch-decision+jwt' })}.${part(CLAIMS)}.AAAA`,
    ],
    [
      'a stranger’s key under our kid',
      async () => {
        const { privateKey } = await generateKeyPair('ES256');
        const kid = (await keys.publicKeys())[0]!.kid!;
        return new CompactSign(Buffer.from(JSON.stringify(CLAIMS)))
          .setProtectedHeader({ alg: 'ES256', kid, typ: 'keyvouch-decision+jwt' })
          .sign(privateKey);
      },
    ],
    [
      'a stranger’s key that comes along in the header',
      async () => {
        const { privateKey, publicKey } = await generateKeyPair('ES256');
        const jwk = await exportJWK(publicKey);
        return new CompactSign(Buffer.from(JSON.stringify(CLAIMS)))
          .setProtectedHeader({ alg: 'ES256', jwk, kid: 'x', typ: 'keyvouch-decision+jwt' })
          .sign(privateKey);
      },
    ],
    [
      'our own key without a purpose',
      async () => {
        const [jwk] = (JSON.parse(readFileSync(path, 'utf8')) as { signing: object[] }).signing;
        const kid = (await keys.publicKeys())[0]!.kid!;
        return new CompactSign(Buffer.from(JSON.stringify(CLAIMS)))
          .setProtectedHeader({ alg: 'ES256', kid })
          .sign(await importJWK(jwk as never, 'ES256'));
      },
    ],
  ])('%s', async (_, forge) => {
    const jws = await keys.sign('keyvouch-decision+jwt', CLAIMS);
    await expect(keys.verify('keyvouch-decision+jwt', await forge(jws))).rejects.toMatchObject(BAD);
  });
});

describe('a new key', () => {
  test('signs from the next start on; what the old one signed still holds', async () => {
    const old = await keys.sign('keyvouch-decision+jwt', CLAIMS);
    await rotateFileKeys(path);
    const rotated = await fileKeys(path);
    expect(await rotated.verify('keyvouch-decision+jwt', old)).toEqual(CLAIMS);
    const fresh = await rotated.sign('keyvouch-decision+jwt', CLAIMS);
    await expect(keys.verify('keyvouch-decision+jwt', fresh)).rejects.toMatchObject(BAD);
    expect(rotated.derive('vouch-code', 'x')).toEqual(keys.derive('vouch-code', 'x'));
  });

  test('is endorsed by the one before it, link by link: who pinned the first one learns the last', async () => {
    expect(await keys.endorsements()).toEqual([]);
    const [pinned] = await keys.publicKeys();
    await rotateFileKeys(path);
    await rotateFileKeys(path);
    const now = await fileKeys(path);
    const endorsements = await now.endorsements();
    expect(endorsements).toHaveLength(2);
    let trusted = [pinned!];
    for (const jws of endorsements) {
      const { jwk } = await verifyWith(trusted, 'keyvouch-key+jwt', jws);
      trusted = [await publicJwk(jwk as never)];
    }
    expect(trusted[0]?.kid).toBe((await now.publicKeys())[0]?.kid);
    // And not by skipping a link.
    await expect(verifyWith([pinned!], 'keyvouch-key+jwt', endorsements[1]!)).rejects.toMatchObject(BAD);
  });
});

test('a key file that somebody bent stops the start', async () => {
  writeFileSync(path, JSON.stringify({ signing: [], root: 'x' }));
  await expect(fileKeys(path)).rejects.toThrow();
});

describe('derived keys', () => {
  const PURPOSE = ['seal', 'vouch-code', 'job-number', 'pairing-code'] as const;

  test('are another one for each purpose and each label', () => {
    const all = PURPOSE.flatMap((purpose) =>
      ['a', 'b', ''].map((label) => keys.derive(purpose, label).toString('hex')),
    );
    expect(new Set(all).size).toBe(all.length);
    for (const one of all) expect(one).toHaveLength(64);
  });

  test('give numbers of the wanted length, with leading zeros, evenly spread', () => {
    const codes = Array.from({ length: 2000 }, (_, n) => digitsOf(keys, 'vouch-code', `T${n}`, 6));
    for (const code of codes) expect(code).toMatch(/^\d{6}$/);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(1980);
    const tens = new Set(Array.from({ length: 2000 }, (_, n) => digitsOf(keys, 'job-number', `J${n}`, 2)));
    expect(tens.size).toBe(100);
  });
});

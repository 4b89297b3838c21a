import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { deriver } from './derive';
import { type Keys, type Purpose } from './keys';
import { publicJwk, verifyWith } from './verify';

const KeyFile = z.object({
  /** Private signing keys, the oldest first. */
  signing: z.array(z.object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), d: z.string() })).min(1),
  /** Root of all derived keys, base64url, 32 bytes. */
  root: z.string(),
});
type KeyFile = z.infer<typeof KeyFile>;

async function newSigningKey(): Promise<KeyFile['signing'][number]> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return KeyFile.shape.signing.element.parse(await exportJWK(privateKey));
}

function write(path: string, file: KeyFile): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(file), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  chmodSync(path, 0o600);
}

/** Two processes may start at once: the file of the first is the one, whole. */
async function readOrMake(path: string): Promise<KeyFile> {
  if (!existsSync(path)) {
    const made = { signing: [await newSigningKey()], root: randomBytes(32).toString('base64url') };
    const own = `${path}.${randomBytes(8).toString('hex')}`;
    write(own, made);
    try {
      linkSync(own, path);
    } catch (error) {
      if (!existsSync(path)) throw error;
    } finally {
      unlinkSync(own);
    }
  }
  return KeyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Adds a signing key to the file: from the next start it signs, endorsed by the one before it. */
export async function rotateFileKeys(path: string): Promise<void> {
  const file = await readOrMake(path);
  write(path, { ...file, signing: [...file.signing, await newSigningKey()] });
}

/** Keys in a file that its owner alone may read: for the sandbox. Made at the first start. */
export async function fileKeys(path: string): Promise<Keys> {
  const file = await readOrMake(path);
  const publics: JWK[] = await Promise.all(file.signing.map((jwk) => publicJwk(jwk)));
  const newestFirst = [...publics].reverse();

  async function signWith(at: number, purpose: Purpose, claims: Record<string, unknown>): Promise<string> {
    const jwk = file.signing[at];
    const kid = publics[at]?.kid;
    if (!jwk || !kid) throw new Error(`no signing key number ${at} in ${path}`);
    const bytes = new TextEncoder().encode(JSON.stringify(claims));
    const key = await importJWK(jwk, 'ES256');
    return new CompactSign(bytes).setProtectedHeader({ alg: 'ES256', kid, typ: purpose }).sign(key);
  }

  return {
    sign: (purpose, claims) => signWith(file.signing.length - 1, purpose, claims),
    verify: (purpose, jws) => verifyWith(newestFirst, purpose, jws),
    publicKeys: () => Promise.resolve(newestFirst),
    endorsements: () =>
      Promise.all(publics.slice(1).map((jwk, at) => signWith(at, 'keyvouch-key+jwt', { jwk: { ...jwk } }))),
    derive: deriver(Buffer.from(file.root, 'base64url')),
  };
}

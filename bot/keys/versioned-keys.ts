import { decodeProtectedHeader, type JWK } from 'jose';
import { Fault } from '../../agent/protocol/fault';
import { deriver } from './derive';
import { type Keys, type Purpose } from './keys';
import { verifyWith } from './verify';

/** One version of the signing key, whose private part stays where it is. */
export interface KeyVersion {
  jwk: JWK;
  /** The ES256 signature of these bytes: 64 bytes. */
  sign(bytes: Buffer): Promise<Uint8Array>;
}

export interface VersionedKeysParts {
  /** The versions that are switched on, the oldest first; at least one. */
  read: () => Promise<readonly KeyVersion[]>;
  /** Root of all derived keys, at least 32 bytes. */
  root: Buffer;
  /** Milliseconds. */
  now?: () => number;
}

/** So old may be what is known of the versions: one that is switched off is trusted no longer than that. */
const FRESH_MS = 5 * 60_000;
/** So old before a key of nobody we know is looked for: anybody can name one. */
const UNKNOWN_MS = 60_000;
/** So old before a failed signature is a reason to look: the version may have been switched off just now. */
const FAILED_MS = 5_000;

export function unreachable(cause: unknown): Fault {
  return new Fault({
    code: 'keys-unreachable',
    say: 'Keyvouch could not reach its signing keys, so nothing was done.',
    todo: 'Please try again in a minute.',
    retry: true,
    cause,
  });
}

function kidOf(jws: string): string | undefined {
  try {
    return decodeProtectedHeader(jws).kid;
  } catch {
    return undefined;
  }
}

async function signWith({ jwk, sign }: KeyVersion, purpose: Purpose, claims: Record<string, unknown>): Promise<string> {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg: 'ES256', kid: jwk.kid, typ: purpose })}.${part(claims)}`;
  try {
    const signature = await sign(Buffer.from(input));
    return `${input}.${Buffer.from(signature).toString('base64url')}`;
  } catch (error) {
    throw unreachable(error);
  }
}

/**
 * Keys whose versions are the rotation: the newest signs, and each is endorsed by the one before it. A version that is made
 * or switched off elsewhere is noticed within minutes; what is known stays while the versions cannot be read.
 */
export async function versionedKeys({ read, root, now = Date.now }: VersionedKeysParts): Promise<Keys> {
  let versions = await read();
  let readAt = now();
  /** By the key that endorses and the one that is endorsed: each is signed once. */
  const endorsed = new Map<string, string>();

  async function refresh(olderThanMs: number): Promise<void> {
    if (now() - readAt < olderThanMs) return;
    readAt = now();
    versions = await read().catch(() => versions);
  }

  function newest(): KeyVersion {
    const version = versions.at(-1);
    if (!version) throw unreachable(new Error('no version of the signing key is switched on'));
    return version;
  }

  async function endorsement(by: KeyVersion, { jwk }: KeyVersion): Promise<string | undefined> {
    const name = `${by.jwk.kid ?? ''} ${jwk.kid ?? ''}`;
    const known = endorsed.get(name);
    if (known !== undefined) return known;
    const made = await signWith(by, 'keyvouch-key+jwt', { jwk: { ...jwk } }).catch(() => undefined);
    if (made !== undefined) endorsed.set(name, made);
    return made;
  }

  return {
    async sign(purpose, claims) {
      await refresh(FRESH_MS);
      const tried = newest();
      try {
        return await signWith(tried, purpose, claims);
      } catch (error) {
        await refresh(FAILED_MS);
        if (newest().jwk.kid === tried.jwk.kid) throw error;
        return signWith(newest(), purpose, claims);
      }
    },
    async verify(purpose, jws) {
      await refresh(versions.some(({ jwk }) => jwk.kid === kidOf(jws)) ? FRESH_MS : UNKNOWN_MS);
      const known = versions.map(({ jwk }) => jwk);
      return verifyWith(known, purpose, jws);
    },
    async publicKeys() {
      await refresh(FRESH_MS);
      return versions.map(({ jwk }) => jwk).reverse();
    },
    async endorsements() {
      await refresh(FRESH_MS);
      const before = new Map(versions.slice(1).map((version, at) => [version, versions[at]]));
      const made = await Promise.all([...before].map(async ([version, by]) => by && endorsement(by, version)));
      return made.filter((one) => one !== undefined);
    },
    derive: deriver(root),
  };
}

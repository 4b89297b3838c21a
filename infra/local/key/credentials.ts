import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import type { CredentialKey } from './credential-key';
import type { DiscoverableCredential } from './state';
import type { Store } from './store';

/** WebAuthn credProtect levels: 1 UV optional, 2 UV optional with a credential id list, 3 UV required. */
export type CredProtect = 1 | 2 | 3;

export interface UserEntity {
  readonly id: Buffer;
  readonly name?: string | undefined;
  readonly displayName?: string | undefined;
}

/** A credential ready to be used. `user` is there for discoverable ones only. */
export interface Credential {
  readonly id: Buffer;
  readonly key: CredentialKey;
  readonly credProtect: CredProtect;
  readonly hmacSecret: boolean;
  readonly rpIdHash: Buffer;
  readonly rp?: { readonly id: string; readonly name?: string | undefined };
  readonly user?: UserEntity;
}

export type NewCredential = Pick<Credential, 'key' | 'credProtect' | 'hmacSecret'>;

/** The credentials of one key, by the hash of their RP id. */
export interface Credentials {
  /** Newest first. */
  discoverable(rpIdHash?: Buffer): Credential[];
  /** By credential id: a discoverable one, or one whose key is sealed in the id itself. */
  find(rpIdHash: Buffer, id: Buffer): Credential | undefined;
  /** A credential for the same RP and user is replaced. Undefined if the key is full. */
  keep(made: NewCredential, rp: { id: string; name?: string | undefined }, user: UserEntity): Credential | undefined;
  /** A non-discoverable credential: nothing is kept, the private key rides sealed in the id. */
  seal(made: NewCredential, rpIdHash: Buffer): Credential;
  remove(id: Buffer): void;
  updateUser(id: Buffer, user: UserEntity): void;
  remaining(): number;
}

export function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

export function openCredentials(store: Store, maxDiscoverable: number): Credentials {
  const wrappingKey = (): Buffer => Buffer.from(store.read().wrappingKey, 'base64url');
  const all = (): Credential[] =>
    [...store.read().credentials].sort((a, b) => b.order - a.order).map((kept) => revive(kept));

  return {
    discoverable: (rpIdHash) => all().filter((one) => rpIdHash === undefined || one.rpIdHash.equals(rpIdHash)),
    find: (rpIdHash, id) =>
      all().find((one) => one.rpIdHash.equals(rpIdHash) && one.id.equals(id)) ?? unseal(wrappingKey(), rpIdHash, id),
    keep: (made, rp, user) => {
      const state = store.read();
      const userId = user.id.toString('base64url');
      const others = state.credentials.filter((one) => !(one.rpId === rp.id && one.user.id === userId));
      if (others.length >= maxDiscoverable) return undefined;
      const kept: DiscoverableCredential = {
        id: randomBytes(32).toString('base64url'),
        alg: made.key.alg,
        secret: made.key.secret.toString('base64url'),
        credProtect: made.credProtect,
        hmacSecret: made.hmacSecret,
        rpId: rp.id,
        ...(rp.name === undefined ? {} : { rpName: rp.name }),
        user: storedUser(user),
        order: state.nextOrder,
      };
      store.change((now) => ({ ...now, nextOrder: now.nextOrder + 1, credentials: [...others, kept] }));
      return revive(kept);
    },
    seal: (made, rpIdHash) => ({ ...made, id: seal(wrappingKey(), rpIdHash, made), rpIdHash }),
    remove: (id) => {
      const gone = id.toString('base64url');
      store.change((now) => ({ ...now, credentials: now.credentials.filter((one) => one.id !== gone) }));
    },
    updateUser: (id, user) => {
      const changed = id.toString('base64url');
      store.change((now) => ({
        ...now,
        credentials: now.credentials.map((one) => (one.id === changed ? { ...one, user: storedUser(user) } : one)),
      }));
    },
    remaining: () => maxDiscoverable - store.read().credentials.length,
  };
}

function storedUser(user: UserEntity): DiscoverableCredential['user'] {
  return {
    id: user.id.toString('base64url'),
    ...(user.name === undefined ? {} : { name: user.name }),
    ...(user.displayName === undefined ? {} : { displayName: user.displayName }),
  };
}

function revive(kept: DiscoverableCredential): Credential {
  return {
    id: Buffer.from(kept.id, 'base64url'),
    key: { alg: kept.alg, secret: Buffer.from(kept.secret, 'base64url') },
    credProtect: kept.credProtect,
    hmacSecret: kept.hmacSecret,
    rpIdHash: sha256(kept.rpId),
    rp: { id: kept.rpId, name: kept.rpName },
    user: { ...kept.user, id: Buffer.from(kept.user.id, 'base64url') },
  };
}

const SEALED = { iv: 12, tag: 16, meta: 3, secret: 32 } as const;
const SEALED_LENGTH = SEALED.iv + SEALED.tag + SEALED.meta + SEALED.secret;

/** AES-256-GCM over algorithm, credProtect, hmac-secret and private key, bound to the RP: iv || tag || ciphertext. */
function seal(wrappingKey: Buffer, rpIdHash: Buffer, { key, credProtect, hmacSecret }: NewCredential): Buffer {
  const iv = randomBytes(SEALED.iv);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, iv).setAAD(rpIdHash);
  const plain = Buffer.concat([Buffer.of(-key.alg, credProtect, hmacSecret ? 1 : 0), key.secret]);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

function unseal(wrappingKey: Buffer, rpIdHash: Buffer, id: Buffer): Credential | undefined {
  if (id.length !== SEALED_LENGTH) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, id.subarray(0, SEALED.iv))
    .setAAD(rpIdHash)
    .setAuthTag(id.subarray(SEALED.iv, SEALED.iv + SEALED.tag));
  try {
    const plain = Buffer.concat([decipher.update(id.subarray(SEALED.iv + SEALED.tag)), decipher.final()]);
    return {
      id,
      key: { alg: plain[0] === 7 ? -7 : -8, secret: plain.subarray(SEALED.meta) },
      credProtect: plain[1] === 3 ? 3 : plain[1] === 2 ? 2 : 1,
      hmacSecret: plain[2] === 1,
      rpIdHash,
    };
  } catch {
    // Another key's credential, another RP's, or noise: to this key they are all simply unknown.
    return undefined;
  }
}

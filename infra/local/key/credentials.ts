import { createHash, randomBytes } from 'node:crypto';

import type { CredentialKey } from './credential-key';
import { seal, unseal } from './sealed-credential';
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
  readonly credBlob?: Buffer;
  readonly largeBlobKey?: Buffer;
}

/** A blob and a large-blob key are kept for discoverable credentials only. */
export type NewCredential = Pick<Credential, 'key' | 'credProtect' | 'hmacSecret' | 'credBlob' | 'largeBlobKey'>;

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
  let revived: { readonly from: readonly DiscoverableCredential[]; readonly all: readonly Credential[] } | undefined;
  /** Newest first. Read again only when the state has others than last time. */
  const all = (): readonly Credential[] => {
    const from = store.read().credentials;
    if (revived?.from !== from) {
      revived = { from, all: [...from].sort((a, b) => b.order - a.order).map((kept) => revive(kept)) };
    }
    return revived.all;
  };

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
        ...(made.credBlob === undefined ? {} : { credBlob: made.credBlob.toString('base64url') }),
        ...(made.largeBlobKey === undefined ? {} : { largeBlobKey: made.largeBlobKey.toString('base64url') }),
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
    ...(kept.credBlob === undefined ? {} : { credBlob: Buffer.from(kept.credBlob, 'base64url') }),
    ...(kept.largeBlobKey === undefined ? {} : { largeBlobKey: Buffer.from(kept.largeBlobKey, 'base64url') }),
  };
}

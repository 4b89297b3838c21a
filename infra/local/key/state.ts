import { randomBytes } from 'node:crypto';
import { z } from 'zod';

import type { KeyProfile } from './profile';

const base64url = z.string().regex(/^[\w-]*$/);

const discoverable = z.object({
  id: base64url,
  alg: z.union([z.literal(-7), z.literal(-8)]),
  secret: base64url,
  credProtect: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  hmacSecret: z.boolean(),
  rpId: z.string(),
  rpName: z.string().optional(),
  user: z.object({ id: base64url, name: z.string().optional(), displayName: z.string().optional() }),
  credBlob: base64url.optional(),
  largeBlobKey: base64url.optional(),
  /** Rises with every registration: the newest credential answers first. */
  order: z.number().int(),
});

/** A discoverable credential as the key keeps it. Binary members are base64url. */
export type DiscoverableCredential = z.infer<typeof discoverable>;

/** A fingerprint that is enrolled. The virtual finger has no lines: what is kept is that there is one. */
const template = z.object({ id: base64url, name: z.string() });

/** What the key remembers without power. The virtual key's flash: test private keys, never anybody's real ones. */
export const keyState = z.object({
  version: z.literal(1),
  signCount: z.number().int().nonnegative(),
  nextOrder: z.number().int().nonnegative(),
  /** Seals the private keys of non-discoverable credentials into their ids; replaced by a reset. */
  wrappingKey: base64url,
  pin: z.object({ hash: base64url, codePoints: z.number().int() }).nullable(),
  pinRetries: z.number().int().min(0),
  minPinLength: z.number().int(),
  minPinLengthRpIds: z.array(z.string()),
  forcePinChange: z.boolean(),
  alwaysUv: z.boolean(),
  credentials: z.array(discoverable),
  attestation: z
    .object({
      rootCertPem: z.string(),
      leafCertPem: z.string(),
      leafKeyPem: z.string(),
      /** For the same key, with the serial number in it: enterprise attestation. */
      enterpriseCertPem: z.string().optional(),
    })
    .nullable(),
  // Members from here on came later; state files of before have none of them.
  fingerprints: z.array(template).default([]),
  /** Undefined: none was used up. */
  uvRetries: z.number().int().min(0).optional(),
  uvCountSinceLastPinEntry: z.number().int().min(0).default(0),
  enterpriseAttestation: z.boolean().default(false),
  /** The serialised large-blob array; undefined: the one that all keys begin with. */
  largeBlobs: base64url.optional(),
});

export type KeyState = z.infer<typeof keyState>;

/** A key fresh from the factory, or after a reset; the attestation and the counter outlive a reset. */
export function freshState(
  profile: Pick<KeyProfile, 'pinRetries' | 'minPinLength' | 'alwaysUv'>,
  kept?: KeyState,
): KeyState {
  return {
    version: 1,
    signCount: kept?.signCount ?? 0,
    nextOrder: 0,
    wrappingKey: randomBytes(32).toString('base64url'),
    pin: null,
    pinRetries: profile.pinRetries,
    minPinLength: profile.minPinLength,
    minPinLengthRpIds: [],
    forcePinChange: false,
    alwaysUv: (profile.alwaysUv ?? 'off') !== 'off',
    credentials: [],
    attestation: kept?.attestation ?? null,
    fingerprints: [],
    uvCountSinceLastPinEntry: 0,
    enterpriseAttestation: false,
  };
}

import { randomBytes } from 'node:crypto';
import { z } from 'zod';

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
  /** Rises with every registration: the newest credential answers first. */
  order: z.number().int(),
});

/** A discoverable credential as the key keeps it. Binary members are base64url. */
export type DiscoverableCredential = z.infer<typeof discoverable>;

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
  attestation: z.object({ rootCertPem: z.string(), leafCertPem: z.string(), leafKeyPem: z.string() }).nullable(),
});

export type KeyState = z.infer<typeof keyState>;

/** A key fresh from the factory, or after a reset; the attestation and the counter outlive a reset. */
export function freshState(profile: { pinRetries: number; minPinLength: number }, kept?: KeyState): KeyState {
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
    alwaysUv: false,
    credentials: [],
    attestation: kept?.attestation ?? null,
  };
}

import { z } from 'zod';
import { WorkstationJwk } from '../protocol/messages';
import { Secret } from '../protocol/secret';
import { type WorkstationKey } from './key-store';

/** A private key as the stores keep it: a JWK (RFC 7518 §6.2), P-256. */
export const PrivateJwk = WorkstationJwk.extend({ d: z.string().min(43) }).strict();
export type PrivateJwk = z.infer<typeof PrivateJwk>;

/** A new key, not kept anywhere yet. */
export async function newPrivateJwk(): Promise<Secret<PrivateJwk>> {
  const { exportJWK, generateKeyPair } = await import('jose');
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y, d } = await exportJWK(privateKey);
  return new Secret(PrivateJwk.parse({ kty, crv, x, y, d }));
}

/** The key that signs with a private JWK, wherever that one was kept. */
export async function keyOf(kept: Secret<PrivateJwk>): Promise<WorkstationKey> {
  const { calculateJwkThumbprint, CompactSign, importJWK } = await import('jose');
  const { d: _, ...jwk } = kept.reveal();
  const privateKey = await importJWK(kept.reveal(), 'ES256');
  const thumbprint = await calculateJwkThumbprint(jwk);
  return {
    jwk,
    thumbprint,
    sign: (typ, claims) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'ES256', typ, kid: thumbprint })
        .sign(privateKey),
  };
}

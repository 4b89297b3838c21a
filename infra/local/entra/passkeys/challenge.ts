import { randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import type { Tenant } from '../tenant';

const contentSchema = z.object({ userId: z.string(), expiresAt: z.number(), pad: z.string() });

/**
 * A registration challenge that the server need not remember: a JWE for the tenant's own key, with the user and the
 * expiry inside. The WebAuthn challenge is its ASCII text; base64url of that goes over the wire.
 */
export const makeChallenge = async (tenant: Tenant, userId: string, expiresAt: number): Promise<string> => {
  const { kty, n, e } = tenant.state.identity.challengeKey as JWK;
  const key = await importJWK({ kty: String(kty), n: String(n), e: String(e) }, 'RSA-OAEP-256');
  // Real ones are about 8 kB in base64url: too long for a card, a QR code or a table's string column.
  const content = { userId, expiresAt, pad: randomBytes(2950).toString('base64url') };
  const jwe = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
    .encrypt(key);
  return Buffer.from(jwe, 'latin1').toString('base64url');
};

export type ChallengeVerdict = 'good' | 'unknown' | 'expired' | 'other-user';

/** @param challenge as it stands in clientDataJSON */
export const judgeChallenge = async (tenant: Tenant, challenge: string, userId: string): Promise<ChallengeVerdict> => {
  try {
    const key = await importJWK(tenant.state.identity.challengeKey as JWK, 'RSA-OAEP-256');
    const { plaintext } = await compactDecrypt(Buffer.from(challenge, 'base64url').toString('latin1'), key);
    const content = contentSchema.parse(JSON.parse(new TextDecoder().decode(plaintext)));
    if (content.userId !== userId) return 'other-user';
    return tenant.clock.now() >= content.expiresAt ? 'expired' : 'good';
  } catch {
    return 'unknown';
  }
};

import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { makeTls, type TlsMaterial } from './certificates';
import { CLIENT_ID, TENANT_ID } from './seed';
import type { Identity } from './state';

/**
 * A new tenant's ids and keys: the one that signs access tokens, the one that registration challenges are encrypted for,
 * and the one that user handles are derived with.
 */
export const makeIdentity = async (tls?: TlsMaterial): Promise<Identity> => {
  const [token, challenge, material] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('RSA-OAEP-256', { extractable: true }),
    tls ?? makeTls(),
  ]);
  return {
    tenantId: TENANT_ID,
    clientId: CLIENT_ID,
    clientSecret: randomBytes(24).toString('base64url'),
    tokenKey: { ...(await exportJWK(token.privateKey)), kid: randomBytes(8).toString('hex') },
    challengeKey: { ...(await exportJWK(challenge.privateKey)) },
    userHandleKey: randomBytes(32).toString('base64url'),
    tls: material,
  };
};

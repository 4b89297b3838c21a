import { createHmac } from 'node:crypto';
import type { Tenant } from '../tenant';

export const RP_ID = 'login.microsoft.com';
export const ORIGIN = `https://${RP_ID}`;
/** ES256 and RS256, the only ones that Entra asks for. */
export const ALGORITHMS = [-7, -257] as const;

/** A user's handle on keys: `OF:` and 48 bytes that say nothing, in base64url. It is not the object id. */
export const userHandleOf = (tenant: Tenant, userId: string): string => {
  const opaque = createHmac('sha384', tenant.state.identity.userHandleKey).update(userId).digest();
  return Buffer.concat([Buffer.from('OF:', 'latin1'), opaque]).toString('base64url');
};

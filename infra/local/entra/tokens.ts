import { createPublicKey, randomUUID, timingSafeEqual } from 'node:crypto';
import { importJWK, jwtVerify, SignJWT, errors, type JWK } from 'jose';
import { badToken } from './graph-error';
import type { Tenant } from './tenant';

const AUDIENCE = 'https://graph.microsoft.com';
const SCOPES = new Set([`${AUDIENCE}/.default`, '00000003-0000-0000-c000-000000000000/.default']);

/** An answer of the token service. */
export interface TokenReply {
  status: number;
  body: Record<string, unknown>;
}

const refusal = (tenant: Tenant, status: number, error: string, number: number, text: string): TokenReply => ({
  status,
  body: {
    error,
    error_description: `AADSTS${number}: ${text} Timestamp: ${new Date(tenant.clock.now()).toISOString()}`,
    error_codes: [number],
    timestamp: new Date(tenant.clock.now()).toISOString(),
    trace_id: randomUUID(),
    correlation_id: randomUUID(),
  },
});

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Issues and checks the app's access tokens (OAuth 2.0 client credentials, RFC 6749 §4.4, with Entra's error codes). */
export const createTokens = (tenant: Tenant) => {
  const { identity } = tenant.state;
  const privateJwk = identity.tokenKey as JWK;
  const kid = String(privateJwk.kid);
  const publicKey = createPublicKey({ key: privateJwk as never, format: 'jwk' });
  const issuer = `https://sts.windows.net/${identity.tenantId}/`;

  const issue = async (): Promise<TokenReply> => {
    const seconds = Math.floor(tenant.clock.now() / 1000);
    const { tokenLifetimeSeconds, grantedPermissions } = tenant.switches.get();
    const token = await new SignJWT({
      appid: identity.clientId,
      idtyp: 'app',
      oid: identity.clientId,
      roles: grantedPermissions,
      tid: identity.tenantId,
      ver: '1.0',
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
      .setIssuer(issuer)
      .setAudience(AUDIENCE)
      .setSubject(identity.clientId)
      .setIssuedAt(seconds)
      .setNotBefore(seconds)
      .setExpirationTime(seconds + tokenLifetimeSeconds)
      .sign(await importJWK(privateJwk, 'RS256'));
    return {
      status: 200,
      body: {
        token_type: 'Bearer',
        expires_in: tokenLifetimeSeconds,
        ext_expires_in: tokenLifetimeSeconds,
        access_token: token,
      },
    };
  };

  return {
    /** POST /{tenant}/oauth2/v2.0/token, a form. */
    async grant(tenantName: string, form: URLSearchParams): Promise<TokenReply> {
      if (tenantName.toLowerCase() !== identity.tenantId) {
        return refusal(tenant, 400, 'invalid_request', 90002, `Tenant '${tenantName}' not found.`);
      }
      if (form.get('grant_type') !== 'client_credentials') {
        return refusal(tenant, 400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.');
      }
      if (form.get('client_id')?.toLowerCase() !== identity.clientId) {
        return refusal(tenant, 400, 'unauthorized_client', 700016, 'Application was not found in the directory.');
      }
      if (!same(form.get('client_secret') ?? '', identity.clientSecret)) {
        return refusal(tenant, 401, 'invalid_client', 7000215, 'Invalid client secret provided.');
      }
      // MSAL adds the OpenID scopes by itself; the resource must be Graph, as a whole.
      const wanted = (form.get('scope') ?? '').split(' ').filter((scope) => scope.includes('/'));
      if (wanted.length !== 1 || !SCOPES.has(wanted[0] ?? '')) {
        return refusal(tenant, 400, 'invalid_scope', 70011, "The provided value for 'scope' is not valid.");
      }
      return issue();
    },

    /** The OpenID discovery document, as far as a client library reads it. */
    discovery: (base: string): Record<string, unknown> => ({
      issuer: `${base}/${identity.tenantId}/v2.0`,
      authorization_endpoint: `${base}/${identity.tenantId}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/${identity.tenantId}/oauth2/v2.0/token`,
      jwks_uri: `${base}/${identity.tenantId}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      response_types_supported: ['code', 'id_token'],
      response_modes_supported: ['query', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
      tenant_region_scope: 'EU',
      cloud_instance_name: 'microsoftonline.com',
    }),

    keys: (): Record<string, unknown> => ({
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', issuer }],
    }),

    /** The permissions of a Graph call's token. Throws Graph's 401. */
    async verify(authorization: string | undefined): Promise<ReadonlySet<string>> {
      const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
      if (!token) throw badToken('Access token is empty.');
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          issuer,
          audience: AUDIENCE,
          algorithms: ['RS256'],
          currentDate: new Date(tenant.clock.now()),
        });
        return new Set(Array.isArray(payload.roles) ? payload.roles.map(String) : []);
      } catch (error) {
        if (error instanceof errors.JWTExpired) {
          throw badToken('Lifetime validation failed, the token is expired.');
        }
        throw badToken('Access token validation failure.');
      }
    },
  };
};
export type Tokens = ReturnType<typeof createTokens>;

import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWTPayload } from 'jose';

/** Who signs what Teams sends to a bot (Bot Framework "Authenticate requests from the Connector service"). */
export const CHANNEL_ISSUER = 'https://api.botframework.com';
/** What a bot's own token must be made for, and the scope it asks for. */
export const CHANNEL_AUDIENCE = 'https://api.botframework.com';

/** A channel token that differs from a good one, for tests that forge. */
export interface TokenWishes {
  issuer?: string;
  audience?: string;
  serviceUrl?: string;
  /** Seconds from now until it expires; negative: it is over. Default 300. */
  expiresIn?: number;
  /** Sign with a key that nobody published, under the kid of the published one. */
  wrongKey?: boolean;
}

export interface Tokens {
  readonly kid: string;
  jwks(): { keys: readonly Record<string, unknown>[] };
  /** A token as the Bot Connector puts on an activity. */
  channelToken(serviceUrl: string, wishes?: TokenWishes): Promise<string>;
  /** A token for the bot's own calls; undefined where id or password are wrong. */
  botToken(clientId: string, clientSecret: string): Promise<string | undefined>;
  /** Whether an `authorization` header holds a token that `botToken` gave. */
  isBot(authorization: string | undefined): Promise<boolean>;
}

const BOT_TOKEN_ISSUER = 'keyvouch-sandbox-login';

/** @param appPassword The secret behind the bot's own token; tokens stay good over a restart with the same one. */
export async function createTokens(appId: string, appPassword: string): Promise<Tokens> {
  const published = await generateKeyPair('RS256');
  const kid = randomUUID();
  const jwk = { ...(await exportJWK(published.publicKey)), kid, x5t: kid, use: 'sig', endorsements: ['msteams'] };
  const botKey = createHash('sha256').update(`${appId}|${appPassword}`).digest();

  return {
    kid,
    jwks: () => ({ keys: [jwk] }),
    channelToken: async (serviceUrl, wishes = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const claims: JWTPayload = { serviceurl: wishes.serviceUrl ?? serviceUrl };
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, x5t: kid })
        .setIssuer(wishes.issuer ?? CHANNEL_ISSUER)
        .setAudience(wishes.audience ?? appId)
        .setNotBefore(now - 600)
        .setExpirationTime(now + (wishes.expiresIn ?? 300))
        .sign(wishes.wrongKey ? (await generateKeyPair('RS256')).privateKey : published.privateKey);
    },
    botToken: async (clientId, clientSecret) => {
      if (clientId !== appId || clientSecret !== appPassword) return undefined;
      return new SignJWT({ appid: appId })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(BOT_TOKEN_ISSUER)
        .setAudience(CHANNEL_AUDIENCE)
        .setExpirationTime('1h')
        .sign(botKey);
    },
    isBot: async (authorization) => {
      const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
      if (token === undefined) return false;
      const checks = { issuer: BOT_TOKEN_ISSUER, audience: CHANNEL_AUDIENCE, algorithms: ['HS256'] };
      return jwtVerify(token, botKey, checks).then(
        ({ payload }) => payload['appid'] === appId,
        () => false,
      );
    },
  };
}

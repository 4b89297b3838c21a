import { type AccessToken, type TokenCredential } from '@azure/identity';
import { Agent, fetch as send, type RequestInit } from 'undici';
import { z } from 'zod';
import { createEntra, type Entra } from '../../../../bot/entra';
import { type EntraStandIn } from '../../../local/entra';

const TokenReply = z.object({ access_token: z.string(), expires_in: z.number() });

/** The product's own Graph client over the stand-in, in this process: no environment, no second process. */
export function graphOver(standIn: EntraStandIn, now: () => number): { entra: Entra; close(): Promise<void> } {
  const dispatcher = new Agent({ connect: { ca: standIn.caPem } });
  const trusting = (url: string | URL | Request, init?: object) =>
    send(url instanceof Request ? url.url : url, {
      ...(init as RequestInit),
      dispatcher,
    }) as unknown as Promise<Response>;

  let kept: AccessToken | undefined;
  const credential: TokenCredential = {
    async getToken(): Promise<AccessToken> {
      if (kept && kept.expiresOnTimestamp > now() + 60_000) return kept;
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: standIn.clientId,
        client_secret: standIn.clientSecret,
        scope: 'https://graph.microsoft.com/.default',
      });
      const reply = await trusting(`${standIn.url}/${standIn.tenantId}/oauth2/v2.0/token`, {
        method: 'POST',
        body: form,
      });
      const { access_token: token, expires_in: seconds } = TokenReply.parse(await reply.json());
      kept = { token, expiresOnTimestamp: now() + seconds * 1000 };
      return kept;
    },
  };
  const entra = createEntra({ credential, graphUrl: standIn.url, fetch: trusting, now });
  return { entra, close: () => dispatcher.destroy() };
}

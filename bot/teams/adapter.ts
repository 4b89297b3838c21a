import { TeamsAdapter } from '@microsoft/teams-ai';
import { type TurnContext } from 'botbuilder';
import { ServiceClientCredentialsFactory } from 'botframework-connector';
import { z } from 'zod';
import { type Settings } from '../settings';
import { connectorHttp } from './connector-http';

type Credentials = Awaited<ReturnType<ServiceClientCredentialsFactory['createCredentials']>>;

const TokenReply = z.object({ access_token: z.string() });

/** Gets the bot's token from the sandbox's login, which speaks plain http on loopback; Microsoft's library refuses that. */
class SandboxCredentials extends ServiceClientCredentialsFactory {
  constructor(
    private readonly appId: string,
    private readonly password: string,
  ) {
    super();
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.appId;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(appId: string, audience: string | undefined, login: string): Promise<Credentials> {
    return {
      signRequest: async (request) => {
        const form = {
          grant_type: 'client_credentials',
          client_id: appId,
          client_secret: this.password,
          scope: `${audience ?? ''}/.default`,
        };
        const reply = await fetch(`${login}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) });
        const { access_token: token } = TokenReply.parse(await reply.json());
        request.headers.set('authorization', `Bearer ${token}`);
        return request;
      },
    };
  }
}

/**
 * The adapter to the Bot Connector: tokens of both directions are checked and made by botbuilder itself.
 * @returns undefined where no bot is registered: nothing is then answered
 */
export function createAdapter(settings: Settings): TeamsAdapter | undefined {
  const { appId, appType, tenantId, sandbox } = settings;
  const options = { httpClient: connectorHttp() };
  // An empty app id turns botbuilder's checks off: only ever for the Agents Playground, on loopback, in the sandbox.
  if (sandbox?.unsigned) return new TeamsAdapter({}, undefined, undefined, options);
  if (!appId) return undefined;
  const app = { MicrosoftAppId: appId, MicrosoftAppType: appType, MicrosoftAppTenantId: tenantId };
  if (!sandbox) return new TeamsAdapter(app, undefined, undefined, options);
  const urls = {
    ToChannelFromBotLoginUrl: sandbox.botLoginUrl,
    ToChannelFromBotOAuthScope: sandbox.botOAuthScope,
    ToBotFromChannelTokenIssuer: sandbox.tokenIssuer,
    ToBotFromChannelOpenIdMetadataUrl: sandbox.openIdMetadata,
    ToBotFromEmulatorOpenIdMetadataUrl: sandbox.openIdMetadata,
    OAuthUrl: sandbox.botLoginUrl,
    ValidateAuthority: 'false',
  };
  return new TeamsAdapter({ ...app, ...urls }, new SandboxCredentials(appId, sandbox.botPassword), undefined, options);
}

export type Turn = (context: TurnContext) => Promise<void>;

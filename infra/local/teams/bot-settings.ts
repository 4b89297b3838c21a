import { CHANNEL_AUDIENCE, CHANNEL_ISSUER } from './tokens';

/** The settings under which a real botbuilder talks to this stand-in instead of to Microsoft: names as botbuilder reads them. */
export interface BotSettings {
  MicrosoftAppType: 'SingleTenant';
  MicrosoftAppId: string;
  MicrosoftAppPassword: string;
  MicrosoftAppTenantId: string;
  /** Where the bot's own token comes from: POST `<this>/oauth2/v2.0/token` with client credentials. */
  ToChannelFromBotLoginUrl: string;
  ToChannelFromBotOAuthScope: string;
  ToBotFromChannelTokenIssuer: string;
  ToBotFromChannelOpenIdMetadataUrl: string;
  ToBotFromEmulatorOpenIdMetadataUrl: string;
  OAuthUrl: string;
  ValidateAuthority: 'false';
}

export const botSettings = (
  url: string,
  kid: string,
  app: { id: string; password: string; tenantId: string },
): BotSettings => ({
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: app.id,
  MicrosoftAppPassword: app.password,
  MicrosoftAppTenantId: app.tenantId,
  ToChannelFromBotLoginUrl: `${url}/${app.tenantId}`,
  ToChannelFromBotOAuthScope: CHANNEL_AUDIENCE,
  ToBotFromChannelTokenIssuer: CHANNEL_ISSUER,
  // botbuilder keeps keys for a day by this address: the key's id in it makes a new key a new address.
  ToBotFromChannelOpenIdMetadataUrl: `${url}/openid/${kid}`,
  ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid/${kid}`,
  OAuthUrl: `${url}/oauth`,
  ValidateAuthority: 'false',
});

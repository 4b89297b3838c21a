import { join } from 'node:path';
import { type EntraStandIn, groups, mailbox, people } from '../entra';
import { type TeamsStandIn } from '../teams';

/** Id of the sandbox's bot, as Azure would have given it. */
export const APP_ID = '3f6d2a10-7b0e-4f5e-9a55-1c2d3e4f5a6b';

export interface Parts {
  entra: EntraStandIn;
  teams: TeamsStandIn;
  tablesConnection: string;
  publicUrl: string;
  rootCertPem: string;
  folder: string;
  caFile: string;
  /** Approval rules of flows, in place of the sandbox's own. */
  rules?: Readonly<Record<string, unknown>>;
  /** A receiver of webhooks, and the file with the secret that it has too. */
  outer?: { url: string; secretFile: string };
}

/** Approval in the sandbox: the manager; after a while the manager's manager or the backup approvers. */
const RULES = {
  onboarding: {
    circles: [[{ kind: 'manager' }], [{ kind: 'managers-manager' }, { kind: 'group', group: groups.backupApprovers }]],
  },
};

/** The product's settings, as an administrator would write them, for a tenant that is all stand-ins. */
export function productSettings(parts: Parts): Record<string, string> {
  const { entra, teams, folder } = parts;
  return {
    KEYVOUCH_TENANT_ID: entra.tenantId,
    KEYVOUCH_APP_ID: APP_ID,
    KEYVOUCH_APP_TYPE: 'SingleTenant',
    KEYVOUCH_PUBLIC_URL: parts.publicUrl,
    KEYVOUCH_HELPDESK_GROUP: groups.helpdesk,
    KEYVOUCH_RULES: JSON.stringify({ ...RULES, ...parts.rules }),
    // Whoever plays here asks as often as they like.
    KEYVOUCH_LIMITS: JSON.stringify({ requesterADay: 0, subjectADay: 0, tenantAnHour: 0 }),
    KEYVOUCH_MANAGER_CHANGED: JSON.stringify({ days: 7, group: groups.backupApprovers }),
    KEYVOUCH_MAILBOX: mailbox.upn,
    ...(parts.outer && { KEYVOUCH_OUTER: JSON.stringify({ webhook: { url: parts.outer.url, names: true } }) }),
    KEYVOUCH_EMERGENCY_ACCOUNTS: people.breakGlass.upn,
    KEYVOUCH_ADMIN_PATTERN: '^adm-(.+)$',
    KEYVOUCH_ATTESTATION_ROOTS: parts.rootCertPem,
    KEYVOUCH_SANDBOX: JSON.stringify({
      openIdMetadata: teams.bot.ToBotFromChannelOpenIdMetadataUrl,
      tokenIssuer: teams.bot.ToBotFromChannelTokenIssuer,
      botLoginUrl: teams.bot.ToChannelFromBotLoginUrl,
      botOAuthScope: teams.bot.ToChannelFromBotOAuthScope,
      botPassword: teams.bot.MicrosoftAppPassword,
      loginUrl: entra.url,
      graphUrl: entra.url,
      clientId: entra.clientId,
      clientSecret: entra.clientSecret,
      tablesConnection: parts.tablesConnection,
      keyFile: join(folder, 'service-keys.json'),
      ...(parts.outer && { secretFile: parts.outer.secretFile }),
    }),
    // The stand-in for Entra speaks https under an authority of its own.
    NODE_EXTRA_CA_CERTS: parts.caFile,
  };
}

import { type z } from 'zod';
import { Fault } from '../agent/protocol/fault';
import { isLoopback } from '../agent/protocol/service-address';
import { outerProblems, type OuterSettings } from './outer-settings';
import { type Limits, type ManagerChanged } from './settings-approvals';
import { Environment, type Sandbox } from './settings-environment';
import { type SamePersonSettings } from './tickets/people';
import { type ApprovalRule } from './tickets/rule';
import { type Flow } from './tickets/ticket';

export interface Settings {
  tenantId: string;
  /** Undefined: no bot is registered yet, and activities are answered in the sandbox alone. */
  appId: string | undefined;
  appType: 'UserAssignedMSI' | 'SingleTenant';
  /** What workstations call, without a slash at the end: the `htu` of their signed requests begins with it. */
  publicUrl: string;
  tablesUrl: string | undefined;
  vault: { url: string; signingKey: string; sealSecret: string } | undefined;
  helpdeskGroup: string;
  rules: Readonly<Record<Flow, ApprovalRule>>;
  limits: Limits;
  managerChanged: ManagerChanged;
  /** Object ids or user principal names, lower case. */
  emergencyAccounts: readonly string[];
  samePerson: SamePersonSettings;
  /** PEM certificates to which a key's attestation must lead. */
  attestationRoots: readonly string[];
  unattested: 'refuse' | 'allow';
  privilegedIdentityManagement: boolean;
  containment: boolean;
  passMinutes: number;
  /** Object id or user principal name; undefined: nobody is told by mail. */
  mailbox: string | undefined;
  freezeBlocksSignIn: boolean;
  /** Undefined: there is no other ticket system. */
  outer: OuterSettings | undefined;
  /** Conversation ids of group chats and channels where members of the tenant beside the helpdesk may see tickets. */
  helpdeskChannels: readonly string[];
  language: 'en' | 'de';
  sandbox: z.infer<typeof Sandbox> | undefined;
}

/** Every setting's name, for `npm run check` to compare with the deployment. */
export const SETTING_NAMES: readonly string[] = Object.keys(Environment.shape);

/** What Azure sets in every function app: where one of these is, the sandbox's doors stay shut. */
const AZURE_SIGNS = ['WEBSITE_SITE_NAME', 'WEBSITE_INSTANCE_ID', 'WEBSITE_HOSTNAME', 'IDENTITY_ENDPOINT'];

/** Whether any of the values is an address of another machine. */
function notOnLoopback(values: readonly unknown[]): boolean {
  const urls = values.flatMap((value) => (typeof value === 'string' ? (value.match(/https?:\/\/[^;\s]+/g) ?? []) : []));
  return urls.some((url) => URL.canParse(url) && !isLoopback(new URL(url)) && !isIssuer(url));
}

/** The name under which the Bot Connector signs: a name, not an address that is called. */
function isIssuer(url: string): boolean {
  return new URL(url).origin === 'https://api.botframework.com';
}

function wrong(say: string, cause?: unknown): Fault {
  return new Fault({ code: 'settings-wrong', say, todo: 'Mend the setting and start again.', cause });
}

/** What is wrong with a setting, without its value or a name within it: it may be a secret in the wrong place. */
function problemOf(issue: z.ZodIssue): string {
  const where = issue.path.join('.');
  if (issue.code === 'invalid_enum_value') return `${where} is none of ${issue.options.join(', ')}`;
  if (issue.code === 'unrecognized_keys') return `${where} has a name in it that is not known`;
  return `${where} ${issue.message.toLowerCase()}`;
}

/**
 * Reads and checks all settings, in this one place.
 * @throws Fault `settings-wrong` that names each wrong setting and why; values are never repeated.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    throw wrong(`These settings are wrong or missing: ${parsed.error.issues.map(problemOf).join('; ')}.`);
  }
  const value = parsed.data;
  const sandbox = value.KEYVOUCH_SANDBOX;
  const azure = AZURE_SIGNS.filter((name) => env[name] !== undefined);
  if (sandbox && azure.length > 0) {
    throw wrong(`KEYVOUCH_SANDBOX opens the sandbox's doors and is refused in Azure (${azure.join(', ')} is set).`);
  }
  const doors = sandbox && [...Object.values(sandbox), ...(sandbox.unsigned ? [value.KEYVOUCH_PUBLIC_URL] : [])];
  if (doors && notOnLoopback(doors)) {
    throw wrong('KEYVOUCH_SANDBOX is for this machine alone: every address in it must be on loopback.');
  }
  const addresses = value.KEYVOUCH_OUTER ? outerProblems(value.KEYVOUCH_OUTER, sandbox !== undefined) : [];
  if (addresses.length > 0) throw wrong(`These settings are wrong: ${addresses.join('; ')}.`);
  if (!sandbox && !(value.KEYVOUCH_TABLES_URL && value.KEYVOUCH_KEY_VAULT_URL)) {
    throw wrong('KEYVOUCH_TABLES_URL and KEYVOUCH_KEY_VAULT_URL are needed outside the sandbox.');
  }
  return {
    tenantId: value.KEYVOUCH_TENANT_ID,
    appId: value.KEYVOUCH_APP_ID,
    appType: value.KEYVOUCH_APP_TYPE,
    publicUrl: value.KEYVOUCH_PUBLIC_URL,
    tablesUrl: value.KEYVOUCH_TABLES_URL,
    vault: value.KEYVOUCH_KEY_VAULT_URL
      ? {
          url: value.KEYVOUCH_KEY_VAULT_URL,
          signingKey: value.KEYVOUCH_SIGNING_KEY,
          sealSecret: value.KEYVOUCH_SEAL_SECRET,
        }
      : undefined,
    helpdeskGroup: value.KEYVOUCH_HELPDESK_GROUP,
    rules: value.KEYVOUCH_RULES,
    limits: value.KEYVOUCH_LIMITS,
    managerChanged: value.KEYVOUCH_MANAGER_CHANGED,
    emergencyAccounts: value.KEYVOUCH_EMERGENCY_ACCOUNTS,
    samePerson: {
      linkedAccounts: value.KEYVOUCH_LINKED_ACCOUNTS,
      ...(value.KEYVOUCH_ADMIN_PATTERN && { adminAccountPattern: value.KEYVOUCH_ADMIN_PATTERN }),
    },
    attestationRoots: value.KEYVOUCH_ATTESTATION_ROOTS,
    unattested: value.KEYVOUCH_UNATTESTED,
    privilegedIdentityManagement: value.KEYVOUCH_PIM === 'on',
    containment: value.KEYVOUCH_CONTAINMENT === 'on',
    passMinutes: value.KEYVOUCH_PASS_MINUTES,
    mailbox: value.KEYVOUCH_MAILBOX === '' ? undefined : value.KEYVOUCH_MAILBOX,
    freezeBlocksSignIn: value.KEYVOUCH_FREEZE_BLOCKS_SIGN_IN === 'on',
    helpdeskChannels: value.KEYVOUCH_HELPDESK_CHANNELS,
    outer: value.KEYVOUCH_OUTER,
    language: value.KEYVOUCH_LANGUAGE,
    sandbox,
  };
}

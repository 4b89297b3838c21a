import { z } from 'zod';
import { Fault } from '../agent/protocol/fault';
import { outerProblems, OuterSettings } from './outer-settings';
import { Limits, ManagerChanged } from './settings-approvals';
import { type SamePersonSettings } from './tickets/people';
import { type ApprovalRule } from './tickets/rule';
import { type Flow, FLOWS } from './tickets/ticket';

/** Entra writes object ids in lower case, and they are compared as text. */
const ObjectId = z.string().uuid().toLowerCase();

/** An object id or a user principal name, as Entra writes them both when they are compared. */
const Account = ObjectId.or(z.string().email().toLowerCase());

const Who = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('manager') }),
  z.object({ kind: z.literal('managers-manager') }),
  z.object({ kind: z.literal('group'), group: ObjectId }),
  z.object({ kind: z.literal('person'), id: ObjectId }),
]);

const HOUR = 60;

const Rule = z
  .object({
    circles: z
      .array(z.array(Who).min(1))
      .min(1)
      .default([[{ kind: 'manager' }], [{ kind: 'managers-manager' }]]),
    needed: z.number().int().min(1).max(5).default(1),
    remindAfter: z
      .number()
      .positive()
      .default(4 * HOUR),
    widenAfter: z
      .number()
      .positive()
      .default(8 * HOUR),
    expireAfter: z
      .number()
      .positive()
      .default(72 * HOUR),
    useWithin: z
      .number()
      .positive()
      .default(72 * HOUR),
    vouch: z.boolean().default(true),
    /** Refuses an approver of whom nothing tells that they are not a party by another account. */
    strictSamePerson: z.boolean().default(false),
    /** For how many minutes a denial can bar repeats; 0: the button is not offered. */
    blockMinutes: z
      .number()
      .int()
      .min(0)
      .default(7 * 24 * HOUR),
    /** Approvers sign with their own security keys, at their own workstations. */
    stepUp: z.boolean().default(false),
  })
  .strict();

const Rules = z
  .object(Object.fromEntries(FLOWS.map((flow) => [flow, Rule.default({})])) as Record<Flow, z.ZodDefault<typeof Rule>>)
  .strict();

/** Where the parts of the sandbox are. Refused wherever Azure's own settings are present. */
const Sandbox = z
  .object({
    /** The Teams stand-in: where its keys are, what it calls itself, where the bot gets its own token. */
    openIdMetadata: z.string().url(),
    tokenIssuer: z.string(),
    botLoginUrl: z.string().url(),
    botOAuthScope: z.string(),
    botPassword: z.string(),
    loginUrl: z.string().url(),
    graphUrl: z.string().url(),
    clientId: z.string(),
    clientSecret: z.string(),
    tablesConnection: z.string(),
    keyFile: z.string(),
    /** Secrets that somebody outside has too: bot/keys/file-secrets.ts. */
    secretFile: z.string().optional(),
    /** Answers unsigned activities from loopback: for the Agents Playground alone. */
    unsigned: z.boolean().default(false),
  })
  .strict();

function json<T extends z.ZodTypeAny>(schema: T) {
  return z
    .string()
    .default('{}')
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

/** Like z.enum, but a wrong value is not repeated in the message: it may be a secret that was put into the wrong place. */
function oneOf<const T extends readonly [string, ...string[]]>(...values: T) {
  return z.enum(values, { errorMap: () => ({ message: `is none of ${values.join(', ')}` }) });
}

const Environment = z.object({
  KEYVOUCH_TENANT_ID: z.string().uuid(),
  KEYVOUCH_APP_ID: z.string().uuid().optional(),
  KEYVOUCH_APP_TYPE: oneOf('UserAssignedMSI', 'SingleTenant').default('UserAssignedMSI'),
  KEYVOUCH_PUBLIC_URL: z
    .string()
    .url()
    .transform((url) => url.replace(/\/+$/, '')),
  KEYVOUCH_TABLES_URL: z.string().url().optional(),
  KEYVOUCH_KEY_VAULT_URL: z.string().url().optional(),
  KEYVOUCH_SIGNING_KEY: z.string().default('keyvouch-signing'),
  KEYVOUCH_SEAL_SECRET: z.string().default('keyvouch-seal'),
  KEYVOUCH_HELPDESK_GROUP: ObjectId,
  KEYVOUCH_RULES: json(Rules),
  KEYVOUCH_LIMITS: json(Limits),
  KEYVOUCH_MANAGER_CHANGED: json(ManagerChanged),
  KEYVOUCH_EMERGENCY_ACCOUNTS: list,
  KEYVOUCH_LINKED_ACCOUNTS: json(
    z.array(z.tuple([Account, Account])).or(
      z
        .object({})
        .strict()
        .transform(() => []),
    ),
  ),
  KEYVOUCH_ADMIN_PATTERN: z.string().refine(isPattern, 'is not a regular expression').optional(),
  KEYVOUCH_ATTESTATION_ROOTS: z.string().default(''),
  KEYVOUCH_UNATTESTED: oneOf('refuse', 'allow').default('refuse'),
  /** `off` in a tenant without Entra ID P2, where nothing can be eligible through Privileged Identity Management. */
  KEYVOUCH_PIM: z.enum(['on', 'off']).default('on'),
  /** Whether a lost key goes at once when its owner reports it and has another strong way to sign in. */
  KEYVOUCH_CONTAINMENT: oneOf('on', 'off').default('on'),
  KEYVOUCH_PASS_MINUTES: z.coerce.number().int().min(10).max(43_200).default(60),
  /** The one mailbox that mails are sent from; empty: nobody is told by mail. */
  KEYVOUCH_MAILBOX: Account.or(z.literal('')).default(''),
  /** Whether "this was not me" also blocks signing in to the account, until two of the helpdesk thaw it. */
  KEYVOUCH_FREEZE_BLOCKS_SIGN_IN: oneOf('on', 'off').default('off'),
  /** Conversation ids of group chats and channels in which tickets may stand although not all there are of the helpdesk. */
  KEYVOUCH_HELPDESK_CHANNELS: list,
  /** Another ticket system that is told of tickets (bot/outer-settings.ts). */
  KEYVOUCH_OUTER: json(OuterSettings),
  KEYVOUCH_LANGUAGE: oneOf('en', 'de').default('en'),
  KEYVOUCH_SANDBOX: json(
    Sandbox.or(
      z
        .object({})
        .strict()
        .transform(() => undefined),
    ),
  ),
});

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}

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

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether any of the values is an address of another machine. */
function notOnLoopback(values: readonly unknown[]): boolean {
  const urls = values.flatMap((value) => (typeof value === 'string' ? (value.match(/https?:\/\/[^;\s]+/g) ?? []) : []));
  return urls.some((url) => URL.canParse(url) && !LOOPBACK.test(new URL(url).hostname) && !isIssuer(url));
}

/** The name under which the Bot Connector signs: a name, not an address that is called. */
function isIssuer(url: string): boolean {
  return url.startsWith('https://api.botframework.com');
}

function wrong(say: string, cause?: unknown): Fault {
  return new Fault({ code: 'settings-wrong', say, todo: 'Mend the setting and start again.', cause });
}

function certificatesIn(text: string): string[] {
  const pem = text.includes('BEGIN CERTIFICATE') ? text : Buffer.from(text, 'base64').toString('utf8');
  return pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
}

/**
 * Reads and checks all settings, in this one place.
 * @throws Fault `settings-wrong` that names each wrong setting and why; values are never repeated.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message.toLowerCase()}`);
    throw wrong(`These settings are wrong or missing: ${problems.join('; ')}.`);
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
    emergencyAccounts: value.KEYVOUCH_EMERGENCY_ACCOUNTS.map((account) => account.toLowerCase()),
    samePerson: {
      linkedAccounts: value.KEYVOUCH_LINKED_ACCOUNTS,
      ...(value.KEYVOUCH_ADMIN_PATTERN && { adminAccountPattern: value.KEYVOUCH_ADMIN_PATTERN }),
    },
    attestationRoots: certificatesIn(value.KEYVOUCH_ATTESTATION_ROOTS),
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

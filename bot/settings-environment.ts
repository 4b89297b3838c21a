import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { addressProblem, asSigned } from '../agent/protocol/service-address';
import { OuterSettings } from './outer-settings';
import { Limits, ManagerChanged } from './settings-approvals';
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
export const Sandbox = z
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

/** The service's own address, as workstations write it too. */
const PublicUrl = z
  .string()
  .url()
  .transform((text, context) => {
    const url = new URL(text);
    const message = addressProblem(url);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
    return asSigned(url);
  });

/** PEM certificates, or such a text in base64, which fits into one line. */
const Certificates = z
  .string()
  .default('')
  .transform((text, context) => {
    const pem = text.includes('BEGIN CERTIFICATE') ? text : Buffer.from(text, 'base64').toString('utf8');
    const all = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
    const right = all.every(isCertificate) && (all.length > 0 || text.trim() === '');
    if (!right) context.addIssue({ code: 'custom', message: 'has what is no certificate in it' });
    return all;
  });

/** The settings as they stand in the environment, each by its name. */
export const Environment = z.object({
  KEYVOUCH_TENANT_ID: z.string().uuid(),
  KEYVOUCH_APP_ID: z.string().uuid().optional(),
  KEYVOUCH_APP_TYPE: z.enum(['UserAssignedMSI', 'SingleTenant']).default('UserAssignedMSI'),
  KEYVOUCH_PUBLIC_URL: PublicUrl,
  KEYVOUCH_TABLES_URL: z.string().url().optional(),
  KEYVOUCH_KEY_VAULT_URL: z.string().url().optional(),
  KEYVOUCH_SIGNING_KEY: z.string().default('keyvouch-signing'),
  KEYVOUCH_SEAL_SECRET: z.string().default('keyvouch-seal'),
  KEYVOUCH_HELPDESK_GROUP: ObjectId,
  KEYVOUCH_RULES: json(Rules),
  KEYVOUCH_LIMITS: json(Limits),
  KEYVOUCH_MANAGER_CHANGED: json(ManagerChanged),
  KEYVOUCH_EMERGENCY_ACCOUNTS: list.pipe(z.array(Account)),
  KEYVOUCH_LINKED_ACCOUNTS: json(
    z.array(z.tuple([Account, Account])).or(
      z
        .object({})
        .strict()
        .transform(() => []),
    ),
  ),
  KEYVOUCH_ADMIN_PATTERN: z
    .string()
    .refine(hasOneGroup, 'is not a regular expression with exactly one group, for the name of the everyday account')
    .optional(),
  KEYVOUCH_ATTESTATION_ROOTS: Certificates,
  KEYVOUCH_UNATTESTED: z.enum(['refuse', 'allow']).default('refuse'),
  /** `off` in a tenant without Entra ID P2, where nothing can be eligible through Privileged Identity Management. */
  KEYVOUCH_PIM: z.enum(['on', 'off']).default('on'),
  /** Whether a lost key goes at once when its owner reports it and has another strong way to sign in. */
  KEYVOUCH_CONTAINMENT: z.enum(['on', 'off']).default('on'),
  KEYVOUCH_PASS_MINUTES: z.coerce.number().int().min(10).max(43_200).default(60),
  /** The one mailbox that mails are sent from; empty: nobody is told by mail. */
  KEYVOUCH_MAILBOX: Account.or(z.literal('')).default(''),
  /** Whether "this was not me" also blocks signing in to the account, until two of the helpdesk thaw it. */
  KEYVOUCH_FREEZE_BLOCKS_SIGN_IN: z.enum(['on', 'off']).default('off'),
  /** Conversation ids of group chats and channels in which tickets may stand although not all there are of the helpdesk. */
  KEYVOUCH_HELPDESK_CHANNELS: list,
  /** Another ticket system that is told of tickets (bot/outer-settings.ts). */
  KEYVOUCH_OUTER: json(OuterSettings),
  KEYVOUCH_LANGUAGE: z.enum(['en', 'de']).default('en'),
  KEYVOUCH_SANDBOX: json(
    Sandbox.or(
      z
        .object({})
        .strict()
        .transform(() => undefined),
    ),
  ),
});

/** Whether a pattern says which part of an admin account's name is its owner's; an empty one is none. */
function hasOneGroup(pattern: string): boolean {
  try {
    return pattern === '' || new RegExp(`${pattern}|`).exec('')?.length === 2;
  } catch {
    return false;
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

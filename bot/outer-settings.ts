import { z } from 'zod';
import { addressProblem } from './outer/address';

const FieldName = z.string().regex(/^[A-Za-z][\w.-]{0,60}$/);
/** What every record is to have besides, as the outer system's own field names and values. */
const Fields = z.record(FieldName, z.unknown()).default({});

const Webhook = z
  .object({
    url: z.string().max(500),
    /** Whether people's names go along with their object ids. */
    names: z.boolean().default(false),
    /** Whether what people wrote goes along: reasons, denials, comments. */
    texts: z.boolean().default(false),
  })
  .strict();

const ServiceNow = z
  .object({
    kind: z.literal('servicenow'),
    /** https://acme.service-now.com */
    url: z.string().max(500),
    /** `basic`: user and password. `oauth`: client credentials. The password or client secret is in the vault. */
    auth: z.enum(['basic', 'oauth']).default('basic'),
    /** The user's name, or the client id. */
    user: z.string().min(1),
    table: z
      .string()
      .regex(/^[a-z0-9_]{1,80}$/)
      .default('incident'),
    fields: Fields,
    /** What a record is given when its ticket is over. The default is an incident that is resolved. */
    close: Fields.default({ state: '6', close_code: 'Solution provided' }),
    names: z.boolean().default(true),
    texts: z.boolean().default(false),
  })
  .strict();

const Jira = z
  .object({
    kind: z.literal('jira'),
    /** https://acme.atlassian.net */
    url: z.string().max(500),
    /** Mail address of the account whose API token is in the vault. */
    user: z.string().email(),
    project: z.string().regex(/^[A-Z][A-Z0-9_]{1,20}$/),
    issueType: z.string().min(1).default('Task'),
    fields: Fields,
    /** Name of the transition that ends an issue; undefined: any that leads to a status of the category Done. */
    transition: z.string().optional(),
    names: z.boolean().default(true),
    texts: z.boolean().default(false),
  })
  .strict();

const Shape = z
  .object({
    /** Numbers are typed by the helpdesk, also where nobody outside is told. */
    hand: z.boolean().default(false),
    webhook: Webhook.optional(),
    system: z.discriminatedUnion('kind', [ServiceNow, Jira]).optional(),
    /** The language of what is written into the outer system. Default: the tenant's. */
    language: z.enum(['en', 'de']).optional(),
  })
  .strict();

/** `{}`: there is no outer ticket system. */
export const OuterSettings = Shape.transform((value) =>
  value.hand || value.webhook || value.system ? value : undefined,
);
export type OuterSettings = z.infer<typeof Shape>;
export type WebhookSettings = z.infer<typeof Webhook>;
export type ServiceNowSettings = z.infer<typeof ServiceNow>;
export type JiraSettings = z.infer<typeof Jira>;

/** What is wrong with the addresses, one half sentence each; the addresses themselves are not repeated. */
export function outerProblems({ webhook, system }: OuterSettings, sandbox: boolean): string[] {
  return [webhook?.url, system?.url].flatMap((url) => {
    const problem = url === undefined ? undefined : addressProblem(url, sandbox);
    return problem === undefined ? [] : [`an address in KEYVOUCH_OUTER ${problem}`];
  });
}

import { z } from 'zod';
import { directorySchema, guid } from './directory-schema';
import { logsSchema } from './log-schema';
import { methodsSchema } from './methods-schema';
import { policiesSchema } from './policy-schema';

/** A registered mail, as a tenant's outbox would show it. */
const mailSchema = z.object({
  at: z.number(),
  from: guid,
  to: z.array(z.string()),
  subject: z.string(),
  body: z.string(),
});
export type Mail = z.output<typeof mailSchema>;

/** Who the tenant and its one app are, and the keys that would be Microsoft's. */
const identitySchema = z.object({
  tenantId: guid,
  clientId: guid,
  clientSecret: z.string(),
  tokenKey: z.record(z.unknown()),
  challengeKey: z.record(z.unknown()),
  userHandleKey: z.string(),
  tls: z.object({ caPem: z.string(), certPem: z.string(), keyPem: z.string() }),
});
export type Identity = z.output<typeof identitySchema>;

/** All that outlives a restart of the stand-in. */
export const stateSchema = z.object({
  version: z.literal(1),
  identity: identitySchema,
  directory: directorySchema,
  methods: methodsSchema,
  policies: policiesSchema,
  logs: logsSchema,
  mails: z.array(mailSchema).default([]),
});
export type State = z.output<typeof stateSchema>;

import { z } from 'zod';
import { guid } from './directory-schema';

/** One sign-in as it happened. `errorCode` 0 is a success; other codes are AADSTS numbers. */
export const signInSchema = z
  .object({
    id: guid,
    at: z.number(),
    userId: guid,
    userPrincipalName: z.string(),
    userDisplayName: z.string(),
    appId: guid,
    appDisplayName: z.string(),
    errorCode: z.number(),
    failureReason: z.string(),
    method: z.string(),
    methodDetail: z.string().nullable(),
    resultDetail: z.string(),
  })
  .strict();
export type SignIn = z.output<typeof signInSchema>;

/** One row of the directory's audit log. */
export const auditSchema = z
  .object({
    id: guid,
    at: z.number(),
    activityDisplayName: z.string(),
    category: z.string(),
    operationType: z.string(),
    initiatedBy: z.enum(['app', 'user']),
    targetId: z.string(),
    targetName: z.string(),
    targetType: z.enum(['User', 'Policy']),
    additionalDetails: z.array(z.object({ key: z.string(), value: z.string() })),
    service: z.string().default('Authentication Methods'),
    modified: z
      .array(
        z
          .object({ displayName: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() })
          .strict(),
      )
      .default([]),
  })
  .strict();
export type Audit = z.output<typeof auditSchema>;

/** A browser session after a pass was accepted: what the person may do next in it. Times in milliseconds. */
export const sessionSchema = z
  .object({
    id: z.string(),
    userId: guid,
    passId: guid,
    startedAt: z.number(),
    endsAt: z.number(),
  })
  .strict();
export type Session = z.output<typeof sessionSchema>;

export const logsSchema = z.object({
  signIns: z.array(signInSchema).default([]),
  audits: z.array(auditSchema).default([]),
  sessions: z.array(sessionSchema).default([]),
  risks: z
    .array(
      z.object({
        userId: guid,
        riskLevel: z.enum(['none', 'low', 'medium', 'high']),
        riskState: z.enum(['none', 'atRisk', 'confirmedCompromised', 'dismissed']),
        at: z.number(),
      }),
    )
    .default([]),
});

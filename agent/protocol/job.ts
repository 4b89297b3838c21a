import { z } from 'zod';

/** The relying party of every Entra passkey. A job can name no other. */
export const ENTRA_RP_ID = 'login.microsoft.com';
export const JOB_TYPE = 'keyvouch-job+jwt';
/** A statement by which an older service key names a newer one. */
export const KEY_TYPE = 'keyvouch-key+jwt';

const Person = z.object({ id: z.string(), name: z.string(), userPrincipalName: z.string() });

/**
 * What the service signs for one workstation. The workstation composes its own words from it. There is no member that
 * could carry a challenge: a job to register fetches its creation options when it starts, and none can ask for a sign-in.
 */
export const Job = z
  .object({
    iss: z.string(),
    /** The workstation's id. */
    aud: z.string(),
    jti: z.string().startsWith('job-'),
    iat: z.number().int(),
    exp: z.number().int(),
    act: z.literal('register'),
    ticket: z.string(),
    subject: Person,
    requestedBy: z.string(),
    approvedBy: z.array(z.string()),
    rpId: z.literal(ENTRA_RP_ID),
    /** The service's signature over the approval itself. */
    decision: z.string(),
  })
  .strict();
export type Job = z.infer<typeof Job>;

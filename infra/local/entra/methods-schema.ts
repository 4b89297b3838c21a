import { z } from 'zod';
import { guid } from './directory-schema';

/** A Temporary Access Pass as the stand-in keeps it: never its value, only a salted hash. Times in milliseconds. */
export const passSchema = z
  .object({
    id: guid,
    userId: guid,
    salt: z.string(),
    hash: z.string(),
    createdAt: z.number(),
    startsAt: z.number(),
    lifetimeInMinutes: z.number(),
    isUsableOnce: z.boolean(),
    usedAt: z.number().nullable(),
    endedAt: z.number().nullable(),
    endedBy: z.enum(['deleted', 'replaced']).nullable(),
  })
  .strict();
export type Pass = z.output<typeof passSchema>;

/** A registered passkey. `credentialId`, `publicKey` and `userHandle` in base64url; the key of the row is the credential id. */
export const passkeySchema = z
  .object({
    credentialId: z.string(),
    userId: guid,
    userHandle: z.string(),
    userPrincipalName: z.string(),
    publicKey: z.string(),
    counter: z.number(),
    displayName: z.string().nullable(),
    aaGuid: guid,
    model: z.string().nullable(),
    attestationCertificates: z.array(z.string()),
    attestationLevel: z.enum(['attested', 'notAttested']),
    passkeyType: z.enum(['deviceBound', 'synced']),
    createdAt: z.number(),
    endedAt: z.number().nullable(),
    lastUsedAt: z.number().nullable(),
  })
  .strict();
export type Passkey = z.output<typeof passkeySchema>;

/** A method that the stand-in lists but cannot be used for signing in to it. */
export const otherMethodSchema = z
  .object({
    id: z.string(),
    userId: guid,
    kind: z.enum(['microsoftAuthenticator', 'windowsHelloForBusiness', 'phone', 'email', 'softwareOath']),
    createdAt: z.number(),
    detail: z.string().nullable().default(null),
  })
  .strict();
export type OtherMethod = z.output<typeof otherMethodSchema>;

export const methodsSchema = z.object({
  passes: z.array(passSchema).default([]),
  passkeys: z.array(passkeySchema).default([]),
  otherMethods: z.array(otherMethodSchema).default([]),
});
